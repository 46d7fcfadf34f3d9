//! The policies that resources carry themselves: every statement about a resource lands in the one that it can have.

use std::collections::BTreeMap;

use synth_core::{Attached, Effect, Handle, Id, NodeId, Party, Problem, Statement, THIS, Term, Tree, Value};

use crate::iam::{document, tests};

/// A policy, and where it is written.
pub(crate) struct ResourcePolicy {
    /// The construct whose policy it is.
    pub(crate) of: NodeId,
    /// The construct that the policy is written in, and its id there.
    pub(crate) place: (NodeId, Id),
    /// The policy in JSON.
    pub(crate) document: Value<String>,
}

/// Merges what was attached to the constructs of one kind.
///
/// A policy is written beside its construct. Where another stack has a statement in it, it is written there: that
/// stack refers to the construct already, and the other way round would be a circle.
pub(crate) fn merge<H: Handle>(tree: &mut Tree) -> Vec<ResourcePolicy> {
    let mut by_construct: BTreeMap<NodeId, Vec<Attached>> = BTreeMap::new();
    for attached in tree.take_statements(H::KIND) {
        by_construct.entry(attached.to).or_default().push(attached);
    }
    let policies = by_construct.into_iter().filter_map(|(of, attached)| {
        let place = place(tree, of, &attached)?;
        let statements = fewest(attached.into_iter().map(|attached| attached.statement));
        let statements = statements.into_iter().map(into_term).collect();
        Some(ResourcePolicy { of, place, document: document(statements) })
    });
    policies.collect()
}

/// Where a policy is written; nowhere, where that is refused.
fn place(tree: &mut Tree, of: NodeId, attached: &[Attached]) -> Option<(NodeId, Id)> {
    let home = tree.stack_of(of);
    let mut abroad: Vec<NodeId> = Vec::new();
    for Attached { by, .. } in attached {
        let known = abroad.iter().any(|other| tree.stack_of(*other) == tree.stack_of(*by));
        if tree.stack_of(*by) != home && !known {
            abroad.push(*by);
        }
    }
    let (path, users): (String, Vec<String>) =
        (tree.path(of), abroad.iter().map(|by| tree.path(*by)).collect());
    match abroad.as_slice() {
        [] => Some((of, THIS)),
        [only] => Some((*only, Id::from(path.rsplit('/').next().unwrap_or_default()))),
        _ => {
            let problem = Problem::new(format!(
                "the one policy of `{path}` would have to be in several stacks: {} have a part in it",
                users.join(", ")
            ));
            tree.scope(of)
                .refuse(problem.help("put those into one stack, or give each a resource of its own"));
            None
        }
    }
}

/// Statements that differ in their resources only become one, in the order in which they were attached.
fn fewest(statements: impl Iterator<Item = Statement>) -> Vec<Statement> {
    let mut fewest: Vec<Statement> = Vec::new();
    for statement in statements {
        let same = |known: &&mut Statement| {
            (known.effect, &known.party, &known.actions)
                == (statement.effect, &statement.party, &statement.actions)
                && tests(&known.conditions) == tests(&statement.conditions)
        };
        match fewest.iter_mut().find(same) {
            Some(known) => {
                let new =
                    statement.resources.into_iter().filter(|resource| !known.resources.contains(resource));
                let new: Vec<Value<String>> = new.collect();
                known.resources.extend(new);
            }
            None => fewest.push(statement),
        }
    }
    fewest
}

fn into_term(statement: Statement) -> Term {
    let Statement { effect, party, actions, resources, conditions } = statement;
    let mut fields = vec![
        ("Action".into(), Term::List(actions.into_iter().map(Term::text).collect())),
        (
            "Effect".into(),
            Term::text(match effect {
                Effect::Allow => "Allow",
                Effect::Deny => "Deny",
            }),
        ),
        ("Principal".into(), principal(party)),
        ("Resource".into(), Term::List(resources.into_iter().map(Value::into_term).collect())),
    ];
    if !conditions.is_empty() {
        fields.push(("Condition".into(), tests(&conditions)));
    }
    Term::Object(fields)
}

fn principal(party: Party) -> Term {
    let one = |kind: &str, name: Term| Term::Object(vec![(kind.into(), name)]);
    match party {
        Party::Everybody => Term::text("*"),
        Party::Account(root) => one("AWS", root.into_term()),
        Party::Service(name) => one("Service", Term::text(name)),
    }
}
