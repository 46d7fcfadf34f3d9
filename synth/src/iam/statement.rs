//! Merges grants into the fewest statements that allow just what they did.

use std::collections::{BTreeMap, BTreeSet};

use synth_core::{Condition, Grant, Resources, Term, Text, Value};

/// A statement that allows.
#[derive(Debug)]
pub(super) struct Statement {
    actions: BTreeSet<&'static str>,
    resources: Vec<Term>,
    /// By operator, then by key.
    conditions: Term,
}

/// An action on a resource under conditions, the latter two by their places in [`Seen`].
type Permission = (&'static str, usize, usize);

/// Each resource and each set of conditions once, in the order in which they were first seen.
#[derive(Default)]
struct Seen {
    resources: Vec<Term>,
    conditions: Vec<Term>,
}

/// Takes the grants apart into single permissions and groups those: either all actions of a resource, or all
/// resources of an action, whichever gives fewer statements. Each permission stands in exactly one of them.
pub(super) fn merge(grants: Vec<Grant>) -> Vec<Statement> {
    let mut seen = Seen::default();
    let permissions = seen.permissions(grants);
    let needed: Vec<Permission> = permissions
        .iter()
        .filter(|one| !permissions.iter().any(|other| other != *one && seen.covers(other, **one)))
        .copied()
        .collect();
    let by_resource = grouped(needed.iter().map(|(action, resource, when)| ((*when, *resource), *action)));
    let by_action = grouped(needed.iter().map(|(action, resource, when)| ((*when, *action), *resource)));
    let mut statements: Vec<Statement> = if by_resource.len() <= by_action.len() {
        by_resource.into_iter().map(|((when, actions), on)| seen.statement(actions, on, when)).collect()
    } else {
        by_action.into_iter().map(|((when, on), actions)| seen.statement(actions, on, when)).collect()
    };
    statements.sort_by(|a, b| a.actions.cmp(&b.actions));
    statements
}

/// Those with the same others: of (1, a), (1, b), (2, a), (2, b), (3, a) it makes {a, b}: {1, 2} and {a}: {3}.
fn grouped<One: Ord + Copy, Other: Ord>(
    pairs: impl Iterator<Item = ((usize, One), Other)>,
) -> BTreeMap<(usize, BTreeSet<Other>), BTreeSet<One>> {
    let mut others: BTreeMap<(usize, One), BTreeSet<Other>> = BTreeMap::new();
    for (one, other) in pairs {
        others.entry(one).or_default().insert(other);
    }
    let mut groups: BTreeMap<(usize, BTreeSet<Other>), BTreeSet<One>> = BTreeMap::new();
    for ((when, one), others) in others {
        groups.entry((when, others)).or_default().insert(one);
    }
    groups
}

impl Seen {
    fn permissions(&mut self, grants: Vec<Grant>) -> BTreeSet<Permission> {
        let mut permissions = BTreeSet::new();
        for Grant { actions, resources, conditions, .. } in grants {
            let when = place(&mut self.conditions, tests(&conditions));
            let resources = match resources {
                Resources::Named(arns) => arns.into_iter().map(Value::into_term).collect(),
                Resources::Every(_) => vec![Term::text("*")],
            };
            for resource in resources {
                let resource = place(&mut self.resources, resource);
                permissions.extend(actions.iter().map(|action| (*action, resource, when)));
            }
        }
        permissions
    }

    /// Whether the one permission allows all that the other does.
    fn covers(&self, (action, resource, when): &Permission, other: Permission) -> bool {
        let every = self.resources.get(*resource).is_some_and(|name| *name == Term::text("*"));
        let always = self.conditions.get(*when).is_some_and(|tests| *tests == Term::Object(Vec::new()));
        *action == other.0 && (*resource == other.1 || every) && (*when == other.2 || always)
    }

    fn statement(&self, actions: BTreeSet<&'static str>, on: BTreeSet<usize>, when: usize) -> Statement {
        let resources = on.into_iter().filter_map(|at| self.resources.get(at).cloned()).collect();
        let conditions = self.conditions.get(when).cloned().unwrap_or(Term::Null);
        Statement { actions, resources, conditions }
    }
}

fn place(seen: &mut Vec<Term>, term: Term) -> usize {
    seen.iter().position(|known| *known == term).unwrap_or_else(|| {
        seen.push(term);
        seen.len() - 1
    })
}

/// Conditions by their operators and keys: all must hold. The same ones are the same term, in whatever order they were
/// given.
pub(crate) fn tests(conditions: &[Condition]) -> Term {
    let mut operators: BTreeMap<&str, BTreeMap<&str, Term>> = BTreeMap::new();
    for Condition { operator, key, values } in conditions {
        let values = Term::List(values.iter().map(|value| value.term().clone()).collect());
        operators.entry(operator).or_default().insert(key, values);
    }
    let object = |tests: BTreeMap<&str, Term>| {
        Term::Object(tests.into_iter().map(|(key, values)| (Text::from(key), values)).collect())
    };
    Term::Object(operators.into_iter().map(|(operator, tests)| (operator.into(), object(tests))).collect())
}

impl Statement {
    pub(super) fn into_term(self) -> Term {
        let mut fields = vec![
            ("Action".into(), Term::List(self.actions.into_iter().map(Term::text).collect())),
            ("Effect".into(), Term::text("Allow")),
            ("Resource".into(), Term::List(self.resources)),
        ];
        if self.conditions != Term::Object(Vec::new()) {
            fields.push(("Condition".into(), self.conditions));
        }
        Term::Object(fields)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use synth_core::App;

    use super::*;

    const ACTIONS: [&str; 4] = ["s3:GetObject", "s3:PutObject", "sqs:SendMessage", "kms:Decrypt"];
    const RESOURCES: [&str; 4] = ["arn:a", "arn:b", "arn:c", "*"];

    fn grant(actions: &[usize], resource: usize, account: Option<u8>) -> Grant {
        let principal = App::new().stack("s").node();
        let resources = match RESOURCES[resource] {
            "*" => Resources::every("a test"),
            arn => Resources::from([arn]),
        };
        let grant = Grant::new(principal, actions.iter().map(|at| ACTIONS[*at]), resources);
        match account {
            Some(account) => grant.when("StringEquals", "aws:SourceAccount", [account.to_string()]),
            None => grant,
        }
    }

    /// What IAM would say: an action on a resource, from an account.
    fn allowed(statements: &[Statement], action: &str, resource: &str, account: &str) -> bool {
        statements.iter().any(|statement| {
            let resource = [Term::text(resource), Term::text("*")];
            let tested = tests(&[Condition {
                operator: "StringEquals",
                key: "aws:SourceAccount",
                values: vec![account.into()],
            }]);
            statement.actions.contains(action)
                && statement.resources.iter().any(|name| resource.contains(name))
                && (statement.conditions == Term::Object(vec![]) || statement.conditions == tested)
        })
    }

    proptest! {
        /// The slow model: every grant a statement of its own.
        #[test]
        fn merged_statements_allow_just_what_the_grants_did(
            grants in prop::collection::vec((prop::collection::vec(0..4usize, 1..4), 0..4usize, prop::option::of(0..2u8)), 0..8)
        ) {
            let grants: Vec<Grant> =
                grants.iter().map(|(actions, resource, account)| grant(actions, *resource, *account)).collect();
            let single: Vec<Statement> = grants.iter().cloned().flat_map(|one| merge(vec![one])).collect();
            let merged = merge(grants.clone());
            prop_assert!(merged.len() <= single.len());
            for action in ACTIONS {
                for resource in RESOURCES {
                    for account in ["0", "1", "2"] {
                        let of = |statements: &[Statement]| allowed(statements, action, resource, account);
                        prop_assert_eq!(of(&merged), of(&single), "{} on {} from {}", action, resource, account);
                    }
                }
            }
        }
    }

    #[test]
    fn actions_that_share_their_resources_share_a_statement() {
        let statements = merge(vec![grant(&[0], 0, None), grant(&[1], 0, None), grant(&[0, 1], 1, None)]);
        assert_eq!(statements.len(), 1, "{statements:?}");
    }

    #[test]
    fn what_is_allowed_on_everything_is_not_named_again() {
        let statements = merge(vec![grant(&[0], 0, Some(1)), grant(&[0], 3, None)]);
        assert_eq!(statements.len(), 1, "{statements:?}");
        assert_eq!(statements[0].resources, [Term::text("*")]);
    }
}
