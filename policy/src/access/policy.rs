//! A policy made ready for judging requests.

use std::collections::BTreeSet;

use super::condition::Condition;
use super::glob::{Glob, Syntax, Variables, glob};
use super::principal::Principals;
use crate::iam::{self, Effect, Entries};
use crate::known::Known;

/// The version of the policy language that has variables (IAM user guide, "Version").
const WITH_VARIABLES: &str = "2012-10-17";

/// A policy. Statements and what they list are sorted: their order means nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    pub(super) allow: Vec<Statement>,
    pub(super) deny: Vec<Statement>,
    /// What of it nobody can judge.
    pub(super) unread: Vec<String>,
}

/// A statement. Its effect is known from the list it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Statement {
    pub(super) principals: Principals,
    pub(super) action: Selection,
    pub(super) resource: Selection,
    /// Sorted, without repetitions.
    pub(super) conditions: Vec<Condition>,
    /// Why nobody can tell whether its condition holds.
    pub(super) unread: Vec<String>,
}

/// What `Action` and `NotAction`, or `Resource` and `NotResource`, select.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Selection {
    Everything,
    Only(Vec<Glob>),
    AllBut(Vec<Glob>),
    /// Nobody can tell, for this reason.
    Unread(String),
}

/// What a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attached {
    Identity,
    Resource,
}

impl Policy {
    /// The policy that a document says.
    #[must_use]
    pub fn of(policy: &iam::Policy) -> Policy {
        let mut made = Policy::default();
        let variables = match &policy.version {
            Known::Absent => Variables::Literal,
            Known::Is(text) => match text.literal() {
                Some(WITH_VARIABLES) => Variables::Replaced,
                Some(_) => Variables::Literal,
                None => {
                    made.unread.push("the version of the policy is known only later".to_owned());
                    Variables::Replaced
                }
            },
            Known::Later(later) => {
                made.unread.push(later.why.clone());
                Variables::Replaced
            }
        };
        let attached = match policy.kind {
            iam::PolicyKind::Identity | iam::PolicyKind::Boundary | iam::PolicyKind::Organization => {
                Attached::Identity
            }
            iam::PolicyKind::Trust | iam::PolicyKind::Resource | iam::PolicyKind::Endpoint => {
                Attached::Resource
            }
        };
        for statement in &policy.statements {
            let judged = Statement::of(statement, variables, attached);
            match &statement.effect {
                Known::Is(Effect::Allow) => made.allow.push(judged),
                Known::Is(Effect::Deny) => made.deny.push(judged),
                Known::Absent => {
                    made.unread.push("a statement has no `Effect` that is known here".to_owned())
                }
                Known::Later(later) => made.unread.push(later.why.clone()),
            }
        }
        made.sorted()
    }

    fn sorted(mut self) -> Policy {
        self.allow.sort();
        self.deny.sort();
        self
    }

    /// All that several policies of one principal, or of one resource, say.
    #[must_use]
    pub fn merged<'p>(policies: impl IntoIterator<Item = &'p Policy>) -> Policy {
        let mut all = Policy::default();
        policies.into_iter().for_each(|policy| all.extend(policy.clone()));
        all.sorted()
    }

    /// The same with all that another one says.
    pub(super) fn with(mut self, other: Policy) -> Policy {
        self.extend(other);
        self.sorted()
    }

    fn extend(&mut self, other: Policy) {
        self.allow.extend(other.allow);
        self.deny.extend(other.deny);
        self.unread.extend(other.unread);
    }

    /// The same, of which something could not be read.
    #[must_use]
    pub fn with_unread(mut self, why: impl Into<String>) -> Policy {
        self.unread.push(why.into());
        self
    }
}

impl Statement {
    fn of(statement: &iam::Statement, variables: Variables, attached: Attached) -> Statement {
        let actions =
            |entries: &Entries| entries.texts.iter().map(|text| glob(text, Syntax::action())).collect();
        let resources = |entries: &Entries| resources(entries, variables, attached);
        let mut unread = Vec::new();
        let mut conditions: Vec<Condition> = match &statement.condition {
            Known::Absent => Vec::new(),
            Known::Is(all) => all.iter().map(|one| Condition::of(one, variables)).collect(),
            Known::Later(later) => {
                unread.push(later.why.clone());
                Vec::new()
            }
        };
        if let Known::Is(all) = &statement.condition
            && let Some(later) = all.iter().find(|one| one.key.starts_with("${"))
        {
            unread.push(format!("which key `{}` is comes later", later.key));
        }
        if let Known::Is(all) = &statement.condition
            && let Some(twice) = repeated(all)
        {
            unread.push(format!("the condition on `{}` is repeated", twice.key));
        }
        conditions.sort();
        conditions.dedup();
        Statement {
            principals: Principals::of(statement),
            action: selection(&statement.action, &statement.not_action, actions),
            resource: match attached {
                // A trust policy has no `Resource`: it is the role.
                Attached::Resource
                    if is_absent(&statement.resource) && is_absent(&statement.not_resource) =>
                {
                    Selection::Everything
                }
                _ => selection(&statement.resource, &statement.not_resource, resources),
            },
            conditions,
            unread,
        }
    }
}

/// A key that an operator has twice: which of them counts is not said anywhere.
fn repeated(all: &[iam::Condition]) -> Option<&iam::Condition> {
    let mut seen = BTreeSet::new();
    let name = |one: &iam::Condition| (one.operator.to_lowercase(), one.key.to_lowercase());
    all.iter().find(|one| !seen.insert(name(one)))
}

fn is_absent<T>(known: &Known<T>) -> bool {
    matches!(known, Known::Absent)
}

/// A statement has one of two elements (IAM user guide, "Grammar of the IAM JSON policy language").
fn selection(
    only: &Known<Entries>,
    all_but: &Known<Entries>,
    globs: impl Fn(&Entries) -> Vec<Glob>,
) -> Selection {
    let globs = |entries: &Entries| {
        let mut globs = globs(entries);
        globs.sort();
        globs.dedup();
        globs
    };
    match (only, all_but) {
        (Known::Is(only), Known::Absent) => {
            let globs = globs(only);
            if globs.iter().any(Glob::is_everything) { Selection::Everything } else { Selection::Only(globs) }
        }
        (Known::Absent, Known::Is(all_but)) => Selection::AllBut(globs(all_but)),
        (Known::Later(later), _) | (_, Known::Later(later)) => Selection::Unread(later.why.clone()),
        (Known::Absent, Known::Absent) => Selection::Unread("a statement lacks an element".to_owned()),
        (Known::Is(_), Known::Is(_)) => {
            Selection::Unread("a statement has an element and its opposite".to_owned())
        }
    }
}

fn resources(entries: &Entries, variables: Variables, attached: Attached) -> Vec<Glob> {
    let syntax = Syntax::resource().with(variables);
    entries
        .texts
        .iter()
        .flat_map(|text| {
            let pattern = glob(text, syntax);
            let completed = match attached {
                Attached::Identity => pattern.completed(),
                Attached::Resource => None,
            };
            [Some(pattern), completed].into_iter().flatten()
        })
        .collect()
}
