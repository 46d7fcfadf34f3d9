//! Merges grants into one smallest policy a role.

use std::collections::{BTreeMap, BTreeSet};

use synth_aws::iam;
use synth_core::{Anchor, Condition, Expression, Grant, NodeId, THIS, Term, Text, Tree, Value, functions};

/// Writes the policy of every role that was granted anything, beside the role.
pub(crate) fn write(tree: &mut Tree) {
    let mut by_role: BTreeMap<NodeId, Vec<Grant>> = BTreeMap::new();
    for grant in tree.take_grants() {
        by_role.entry(grant.principal).or_default().push(grant);
    }
    for (role, grants) in by_role {
        let statements = merge(grants).into_iter().map(Statement::into_term).collect();
        let name = Expression::Export { of: Box::new(Anchor::Construct(role)), attribute: "name".into() };
        let policy = iam::RolePolicy::new()
            .name("grants")
            .role(Value::<String>::of(name))
            .policy(document(statements));
        tree.scope(role).add(THIS, policy);
    }
}

/// A policy document in JSON (IAM User Guide, "IAM JSON policy element reference").
pub(crate) fn document(statements: Vec<Term>) -> Value<String> {
    functions::jsonencode(Term::Object(vec![
        ("Statement".into(), Term::List(statements)),
        ("Version".into(), Term::text("2012-10-17")),
    ]))
}

#[derive(Debug)]
struct Statement {
    actions: BTreeSet<&'static str>,
    resources: Vec<Term>,
    conditions: Vec<Term>,
}

/// Statements that differ in their resources only become one, and then those that differ in their actions
/// only: neither allows more than the grants did.
fn merge(grants: Vec<Grant>) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    for grant in grants {
        let Grant { actions, resources, conditions, .. } = grant;
        let actions: BTreeSet<&str> = actions.into_iter().collect();
        let conditions: Vec<Term> = conditions.into_iter().map(condition).collect();
        let resources = resources.into_iter().map(Value::into_term);
        match statements.iter_mut().find(|known| known.actions == actions && known.conditions == conditions) {
            Some(known) => known.add(resources),
            None => {
                let mut statement = Statement { actions, resources: Vec::new(), conditions };
                statement.add(resources);
                statements.push(statement);
            }
        }
    }
    let mut merged: Vec<Statement> = Vec::new();
    for statement in statements {
        let same = |known: &&mut Statement| {
            known.resources == statement.resources && known.conditions == statement.conditions
        };
        match merged.iter_mut().find(same) {
            Some(known) => known.actions.extend(statement.actions),
            None => merged.push(statement),
        }
    }
    merged.sort_by(|a, b| a.actions.cmp(&b.actions));
    merged
}

fn condition(condition: Condition) -> Term {
    let values = condition.values.into_iter().map(Value::into_term).collect();
    let test = Term::Object(vec![(condition.key.into(), Term::List(values))]);
    Term::Object(vec![(condition.operator.into(), test)])
}

impl Statement {
    fn add(&mut self, resources: impl Iterator<Item = Term>) {
        for resource in resources {
            if !self.resources.contains(&resource) {
                self.resources.push(resource);
            }
        }
    }

    fn into_term(self) -> Term {
        let mut fields = vec![
            ("Action".into(), Term::List(self.actions.into_iter().map(Term::text).collect())),
            ("Effect".into(), Term::text("Allow")),
            ("Resource".into(), Term::List(self.resources)),
        ];
        if !self.conditions.is_empty() {
            fields.push(("Condition".into(), Term::Object(operators(self.conditions))));
        }
        Term::Object(fields)
    }
}

/// Conditions with the same operator stand in one object.
fn operators(conditions: Vec<Term>) -> Vec<(Text, Term)> {
    let mut operators: BTreeMap<Text, Vec<(Text, Term)>> = BTreeMap::new();
    for condition in conditions {
        let Term::Object(fields) = condition else { continue };
        for (operator, tests) in fields {
            let Term::Object(tests) = tests else { continue };
            operators.entry(operator).or_default().extend(tests);
        }
    }
    operators.into_iter().map(|(operator, tests)| (operator, Term::Object(tests))).collect()
}
