//! Whether an identity may do something to a thing that its policies do not name.

use std::collections::BTreeMap;

use super::callers::Candidate;
use super::problem::{Problem, has};
use super::{Comparison, NewAccess, Suspect};
use crate::access::answer::Answer;
use crate::access::authorize::Policies;
use crate::access::caller::Caller;
use crate::access::glob::{Glob, Symbol, Word, action, shape, the, word};
use crate::access::policy::{Policy, Selection, Statement};
use crate::access::principal::Principals;
use crate::access::request::Key;

/// A name that no policy has.
const UNNAMED: &str = "unnamed-7h3q9x";

/// What something is done to.
#[derive(Clone, Debug)]
pub enum Thing<'t> {
    /// Whatever the policies allow: the caller chooses what it makes.
    Any,
    /// One that the policies do not name; of this form, such as `arn:${Partition}:iam::${Account}:role/${RoleName}`.
    Unnamed(&'t str),
    /// One of this form and name.
    Named(&'t str, &'t str),
    /// One of the configuration, by its address.
    Declared(&'t str),
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Deed<'d> {
    /// The action, such as `iam:PassRole`.
    pub action: &'d str,
    /// What it is done to.
    pub thing: Thing<'d>,
    /// The condition keys that are given; those on tags of resources are absent, since a tag names things too.
    pub keys: &'d [(&'d str, Key)],
}

/// Whether the policies of an identity together, within its boundary, allow a deed; and by which request. Other
/// policies are not asked.
#[must_use]
pub fn may(policies: &Policies, deed: &Deed) -> NewAccess {
    let (identity, boundary) = (&policies.identity, policies.boundary.as_ref());
    let things = match &deed.thing {
        Thing::Any => Selection::Everything,
        Thing::Unnamed(form) => Selection::Only(vec![shape(&filled(form, UNNAMED))]),
        Thing::Named(form, name) => Selection::Only(vec![shape(&filled(form, name))]),
        Thing::Declared(address) => Selection::Only(vec![arn_of(address)]),
    };
    let act = statement(Selection::Only(vec![action(deed.action)]), Selection::Everything);
    let on = statement(Selection::Everything, things);
    let asked = word(deed.action);
    let allowing = |policy: &Policy| -> Vec<Statement> {
        let of_action = policy.allow.iter().filter(|allow| has(&allow.action, &asked));
        of_action.filter_map(|allow| narrowed(allow, &deed.thing)).collect()
    };
    let allow = allowing(identity);
    let within: Vec<Vec<Statement>> = match boundary {
        Some(boundary) => allowing(boundary).into_iter().map(|allow| vec![allow]).collect(),
        None => vec![Vec::new()],
    };
    let denials: Vec<Statement> =
        std::iter::once(identity).chain(boundary).flat_map(|policy| &policy.deny).map(wherever).collect();
    let denials: Vec<&Statement> = denials.iter().collect();
    let candidate =
        candidate(deed, allow.iter().chain(within.iter().flatten()).chain(denials.iter().copied()));
    let nothing = Policy::default();
    let mut comparison = Comparison::new(&nothing, identity);
    for (allow, within) in allow.iter().flat_map(|allow| within.iter().map(move |within| (allow, within))) {
        let mut together = vec![&act, allow];
        together.extend(within);
        together.push(&on);
        let suspect = Suspect { together, in_the_way: denials.clone(), denials: denials.len() };
        let Some(request) =
            Problem::of(&suspect, &candidate).and_then(|problem| problem.solve(&mut comparison))
        else {
            continue;
        };
        match boundary.map_or(Answer::Yes, |boundary| boundary.allows(&request)) {
            Answer::Yes => return NewAccess::Found(Box::new(request)),
            Answer::Undecided(reasons) => comparison.unsure.extend(reasons),
            Answer::No => {} // another pair of statements may show it
        }
    }
    comparison.answer(&[])
}

impl Policy {
    /// Whether a statement that allows has an action, whatever else it asks for.
    #[must_use]
    pub fn mentions(&self, action: &Word) -> bool {
        !self.unread.is_empty() || self.allow.iter().any(|allow| has(&allow.action, action))
    }
}

/// Whoever holds the policies, with what is known of the request.
fn candidate<'s>(deed: &Deed, statements: impl Iterator<Item = &'s Statement>) -> Candidate {
    let conditions = statements.flat_map(|statement| &statement.conditions);
    let tags = conditions.map(|condition| &condition.key).filter(|key| key.contains("resourcetag/"));
    let mut keys: BTreeMap<String, Key> = tags.map(|key| (key.clone(), Key::Absent)).collect();
    keys.extend(deed.keys.iter().map(|(key, value)| (key.to_lowercase(), value.clone())));
    Candidate { caller: Caller::Holder, keys }
}

/// A statement without the resources that cannot be the thing; nothing if none is left.
fn narrowed(allow: &Statement, thing: &Thing) -> Option<Statement> {
    let Selection::Only(globs) = &allow.resource else {
        return Some(allow.clone());
    };
    let may_be = |glob: &&Glob| match thing {
        Thing::Any => true,
        Thing::Unnamed(_) | Thing::Named(..) => glob.is_plain(),
        Thing::Declared(address) => **glob == arn_of(address),
    };
    let left: Vec<Glob> = globs.iter().filter(may_be).cloned().collect();
    (!left.is_empty()).then(|| Statement { resource: Selection::Only(left), ..allow.clone() })
}

/// The ARN of a resource of the configuration.
fn arn_of(address: &str) -> Glob {
    the(Symbol::Reference(format!("{address}.arn")))
}

/// What a denial says of the account that it is in, whichever that is: it is the one that is asked about.
fn wherever(deny: &Statement) -> Statement {
    let all = |globs: &[Glob]| globs.iter().map(Glob::wherever).collect();
    let resource = match &deny.resource {
        Selection::Only(globs) => Selection::Only(all(globs)),
        Selection::AllBut(globs) => Selection::AllBut(all(globs)),
        other => other.clone(),
    };
    Statement { resource, ..deny.clone() }
}

fn statement(action: Selection, resource: Selection) -> Statement {
    Statement { principals: Principals::Holder, action, resource, conditions: Vec::new(), unread: Vec::new() }
}

/// The form with a name in the place of the thing's own, and anything for partition, region and account.
fn filled(form: &str, name: &str) -> String {
    let mut made = String::new();
    let mut rest = form;
    while let Some((before, after)) = rest.split_once("${") {
        made.push_str(before);
        let (variable, after) = after.split_once('}').unwrap_or((after, ""));
        made.push_str(if ["Partition", "Region", "Account"].contains(&variable) { "*" } else { name });
        rest = after;
    }
    made + rest
}
