//! Writes what each principal was granted as one policy.

use std::collections::BTreeMap;

use synth_aws::iam;
use synth_core::{
    Anchor, Expression, Grant, Handle, NodeId, Problem, Ref, THIS, Term, Tree, Value, functions,
};

use super::Principal;
use super::statement::{Statement, merge};
use super::user::UserHandle;

/// The policy's name among those of its principal.
const NAME: &str = "grants";

/// Writes the policy of every principal that was granted anything, beside the principal.
pub(super) fn write(tree: &mut Tree) {
    let mut by_principal: BTreeMap<NodeId, Vec<Grant>> = BTreeMap::new();
    for grant in tree.take_grants() {
        by_principal.entry(grant.principal).or_default().push(grant);
    }
    for (principal, grants) in by_principal {
        let statements: Vec<Term> = merge(grants).into_iter().map(Statement::into_term).collect();
        let kind = tree.kind(principal);
        let mut scope = tree.scope(principal);
        let name =
            Expression::Export { of: Box::new(Anchor::Construct(principal)), attribute: "name".into() };
        let name: Ref<String> = Ref::of(name);
        let (most, length) = (longest(kind), statements.iter().map(least_length).sum::<usize>());
        if length > most {
            scope.refuse(
                Problem::new(format!(
                    "its permissions take at least {length} characters, and IAM keeps {most}"
                ))
                .help("split what it does between several roles")
                .source("AWS Identity and Access Management User Guide, \"IAM and AWS STS quotas\""),
            );
        }
        let policy = document(statements);
        if kind == Some(UserHandle::KIND) {
            scope.add(THIS, iam::UserPolicy::new().name(NAME).user(name).policy(policy));
        } else {
            scope.add(THIS, iam::RolePolicy::new().name(NAME).role(name).policy(policy));
        }
    }
}

/// How many characters the inline policies of a principal have at most, white space not counted (AWS Identity and
/// Access Management User Guide, "IAM and AWS STS quotas").
fn longest(kind: Option<&str>) -> usize {
    match kind {
        Some(UserHandle::KIND) => 2_048,
        Some(_) | None => 10_240,
    }
}

/// The characters that a value has at least, as JSON: what Terraform computes has any number of them.
fn least_length(term: &Term) -> usize {
    match term {
        Term::Text(text) => text.len() + 2,
        Term::List(terms) => 2 + terms.iter().map(|term| least_length(term) + 1).sum::<usize>(),
        Term::Object(fields) => {
            2 + fields.iter().map(|(name, term)| name.len() + 4 + least_length(term)).sum::<usize>()
        }
        Term::Expression(Expression::Template(pieces)) => pieces
            .iter()
            .map(|piece| match piece {
                Term::Text(text) => text.len(),
                _ => 0,
            })
            .sum(),
        _ => 0,
    }
}

/// A policy document in JSON (IAM User Guide, "IAM JSON policy element reference").
pub(crate) fn document(statements: Vec<Term>) -> Value<String> {
    functions::jsonencode(Term::Object(vec![
        ("Statement".into(), Term::List(statements)),
        ("Version".into(), Term::text("2012-10-17")),
    ]))
}

/// Lets a principal give a role, by its ARN, to one AWS service and no other (IAM User Guide, "Grant a user permissions to
/// pass a role to an AWS service").
pub fn grant_pass_role(
    role: impl Into<Value<String>>,
    to: &'static str,
    principal: &impl Principal,
) -> Grant {
    let pass = Grant::new(principal.principal(), ["iam:PassRole"], [role.into()]);
    pass.when("StringEquals", "iam:PassedToService", [to])
}
