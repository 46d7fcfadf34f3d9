//! Who may do what: by the policies of roles, users and groups, and by those that resources carry.

use std::collections::BTreeSet;

use policy::iam::grant::{self, Grant};
use policy::iam::{Identity, Policy, PolicyKind, Statement};
use policy::known::Known;
use policy::terraform::ModulePath;
use policy::text::Text;

use super::actions::{self, Said};
use super::home::Homes;
use super::index::{At, Index, Scope};
use super::{outside, principals};
use crate::architecture::{Architecture, Meaning};

/// Adds an arrow for all that somebody is granted on something.
pub(super) fn add(drawn: &mut Architecture, index: &Index<'_>, homes: &Homes<'_, '_>) {
    for (number, stack) in index.stacks.iter().enumerate() {
        for identity in &stack.identities {
            of_identity(drawn, index, homes, number, identity);
        }
        for policy in stack.policies.iter().filter(|policy| policy.kind == PolicyKind::Resource) {
            of_resource(drawn, index, homes, number, policy);
        }
    }
    invocations(drawn, index, homes);
}

fn of_identity(
    drawn: &mut Architecture,
    index: &Index<'_>,
    homes: &Homes<'_, '_>,
    stack: usize,
    identity: &Identity,
) {
    let at = index.at(stack, &identity.address);
    let holders = match at {
        Some(at) => homes.of_block(at),
        None => BTreeSet::from([outside::given(drawn, &identity.address, "declared elsewhere")]),
    };
    let scope = at.map_or(Scope { stack, module: ModulePath::default() }, |at| index.scope(at));
    for later in &identity.unknown {
        drawn.undecided.insert(format!("`{}`: {}", identity.address, later.why));
    }
    for policy in identity.grants.iter().chain(&identity.prescribed).chain(&identity.inherited) {
        for statement in policy.statements.iter().filter(|statement| statement.allows()) {
            let said = actions::of(statement);
            let resources = reached(drawn, index, homes, &scope, statement, &policy.address);
            for holder in &holders {
                for resource in &resources {
                    arrow(drawn, holder, resource, &said, &policy.address);
                }
                if resources.is_empty()
                    && let Some(node) = drawn.nodes.get_mut(holder)
                {
                    let every = said.details.iter().map(|detail| format!("may {detail} on every resource"));
                    node.remarks.extend(every);
                }
            }
        }
    }
}

/// The arrow of what a policy at an address says.
fn arrow(drawn: &mut Architecture, from: &str, to: &str, said: &Said, address: &str) {
    for label in &said.labels {
        drawn.arrow(from, to, Meaning::May, label, "");
    }
    for detail in &said.details {
        drawn.arrow(from, to, Meaning::May, "", &format!("{address}: {detail}"));
    }
}

/// What a statement reaches: boxes for what is declared, for what is given, for everything. Nothing, where none of its actions
/// can be limited to a resource: that is said in the box of who may.
fn reached(
    drawn: &mut Architecture,
    index: &Index<'_>,
    homes: &Homes<'_, '_>,
    scope: &Scope,
    statement: &Statement,
    address: &str,
) -> BTreeSet<String> {
    if let Known::Later(later) = &statement.resource {
        drawn.undecided.insert(format!("`{address}`: what it grants access to: {}", later.why));
    }
    if let Known::Is(_) | Known::Later(_) = &statement.not_resource {
        return BTreeSet::from([outside::everything(drawn)]);
    }
    let mut found = BTreeSet::new();
    for text in statement.resources() {
        if grant::is_everything(text) {
            let grant = Grant::of(statement);
            if grant.entries.is_empty()
                || grant.entries.iter().any(|entry| entry.actions.is_empty() || entry.is_limitable())
            {
                found.insert(outside::everything(drawn));
            }
            continue;
        }
        found.extend(things(drawn, index, homes, scope, text));
    }
    found
}

/// The boxes of what a text of `Resource` names.
fn things(
    drawn: &mut Architecture,
    index: &Index<'_>,
    homes: &Homes<'_, '_>,
    scope: &Scope,
    text: &Text,
) -> BTreeSet<String> {
    let named = index.in_text(scope, text);
    let mut found: BTreeSet<String> = named.blocks.iter().flat_map(|at| homes.of_block(*at)).collect();
    if found.is_empty() {
        found.extend(by_name(index, homes, text.as_str()));
    }
    if found.is_empty() {
        // The account and the region are given in most ARNs; what matters is what comes after them.
        let written = principals::shown(text);
        let name = match (written.starts_with("arn:"), named.given.first()) {
            (false, Some(value)) => value.clone(),
            _ => written.trim_end_matches("/*").to_owned(),
        };
        found.insert(outside::given(drawn, &name, "declared elsewhere"));
    }
    found
}

/// The boxes of resources whose name an ARN ends in, behind the service's word for their kind.
fn by_name(index: &Index<'_>, homes: &Homes<'_, '_>, arn: &str) -> BTreeSet<String> {
    let Some(resource) = arn.splitn(6, ':').nth(5) else { return BTreeSet::new() };
    let service = arn.split(':').nth(2).unwrap_or_default();
    let words = resource.split(['/', ':']);
    let candidates: Vec<&str> = [resource].into_iter().chain(words).filter(|word| !word.is_empty()).collect();
    let mut found = BTreeSet::new();
    for stack in 0..index.stacks.len() {
        let named = candidates.iter().flat_map(|word| index.named(stack, word));
        let of_service = named.filter(|at| is_of(index.type_name(**at), service));
        found.extend(of_service.flat_map(|at| homes.of_block(*at)));
    }
    found
}

/// Whether a type is one of the service that an ARN names.
fn is_of(type_name: &str, service: &str) -> bool {
    let rest = type_name.strip_prefix("aws_").unwrap_or(type_name);
    let word = match service {
        "logs" => "cloudwatch_log",
        "elasticloadbalancing" => "lb",
        "rds" => "db",
        "events" => "cloudwatch_event",
        "states" => "sfn",
        other => other,
    };
    rest.strip_prefix(word).is_some_and(|rest| rest.starts_with('_'))
}

/// What the policy of a resource allows others.
fn of_resource(
    drawn: &mut Architecture,
    index: &Index<'_>,
    homes: &Homes<'_, '_>,
    stack: usize,
    policy: &Policy,
) {
    let Some(carrier) = index.at(stack, &policy.address) else { return };
    for statement in policy.statements.iter().filter(|statement| statement.allows()) {
        let said = actions::of(statement);
        let from = principals::of(drawn, index, homes, carrier, statement);
        for from in from {
            for to in homes.of_block(carrier) {
                arrow(drawn, &from, &to, &said, &policy.address);
            }
        }
    }
}

/// Who may call functions by their own permissions.
fn invocations(drawn: &mut Architecture, index: &Index<'_>, homes: &Homes<'_, '_>) {
    let permissions = index.resources().filter(|(_, block)| block.is_resource("aws_lambda_permission"));
    for (at, block) in permissions {
        let sources: Vec<At> =
            index.links(at).filter(|link| link.argument == "source_arn").map(|link| link.to).collect();
        let mut from: BTreeSet<String> =
            sources.into_iter().flat_map(|source| homes.of_block(source)).collect();
        if from.is_empty()
            && let Some(principal) = super::index::literal(block, "principal")
        {
            from.insert(principals::service(drawn, principal));
        }
        let action = super::index::literal(block, "action").unwrap_or("lambda:InvokeFunction");
        for from in &from {
            for to in homes.of_block(at) {
                drawn.arrow(from, &to, Meaning::May, action, &format!("{}: {action}", block.address()));
            }
        }
    }
}
