//! What else a principal is for: whatever names one in a way that no consumer knows leaves its needs open.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::derivation::Derivation;
use super::principal::{Open, Rest};
use crate::iam::{self, Policy, PolicyKind};
use crate::known::Known;
use crate::node::{Member, Node, Value};
use crate::source::Span;
use crate::terraform::{Block, Kind};

/// The types that are principals.
const PRINCIPALS: [&str; 2] = ["aws_iam_role", "aws_iam_user"];

/// Arguments whose references use nothing (Terraform, "Meta-Arguments").
const ORDERING: [&str; 2] = ["depends_on", "lifecycle"];

/// Marks the principals that a configuration declares, and says what is open about them.
pub(super) fn mark(derivation: &mut Derivation<'_>, blocks: &[Block], policies: &[Arc<Policy>]) {
    let declared: BTreeMap<String, &Block> = blocks
        .iter()
        .filter(|block| block.kind == Kind::Resource && PRINCIPALS.contains(&block.type_name()))
        .map(|block| (block.address(), block))
        .collect();
    let arns: BTreeMap<&str, &str> = declared
        .iter()
        .filter_map(|(address, block)| Some((block.body.member("arn")?.value.literal()?, address.as_str())))
        .collect();
    for (address, block) in &declared {
        let principal = derivation.principal(address);
        principal.is_declared = true;
        if principal.services.is_empty() {
            let why = "nothing in the configuration says what it is for".to_owned();
            principal.open.push(Open { span: block.span, why, rest: Rest::Calls });
        }
    }
    for block in blocks.iter().filter(|block| !is_about_policies(block)) {
        let mut found = BTreeSet::new();
        mentions(derivation, block, &block.written, &arns, &mut found);
        for (address, span) in found {
            if let Some(principal) = derivation.needs.principals.get_mut(&address) {
                let why = format!("`{}` has it, and what for is not known here", block.address());
                let rest = if block.kind == Kind::Module { Rest::HandedOn } else { Rest::Calls };
                principal.open.push(Open { span, why, rest });
            }
        }
    }
    for policy in policies.iter().filter(|policy| policy.kind == PolicyKind::Trust) {
        admitted(derivation, policy);
    }
}

/// Whether what a block says of a principal is about its policies, or about nothing.
fn is_about_policies(block: &Block) -> bool {
    let type_name = block.type_name();
    match block.kind {
        Kind::Resource => type_name.starts_with("aws_iam_") || iam::arguments_of(type_name).next().is_some(),
        Kind::Data => type_name.starts_with("aws_iam_"),
        // What a module gives out is followed to where it goes.
        Kind::Output => !block.module.is_root(),
        Kind::Module | Kind::Ephemeral => false,
        _ => true,
    }
}

fn mentions(
    derivation: &Derivation<'_>,
    block: &Block,
    node: &Node,
    arns: &BTreeMap<&str, &str>,
    found: &mut BTreeSet<(String, Span)>,
) {
    let meant = match &node.value {
        Value::Reference(reference) => {
            derivation.index.block(reference, &block.module).map(|meant| meant.address())
        }
        Value::Text(_) => node.literal().and_then(|text| arns.get(text)).map(|address| (*address).to_owned()),
        _ => None,
    };
    if let Some(address) = meant
        && !derivation.understood.contains(&node.span)
    {
        found.insert((address, node.span));
    }
    let is_ordering = |member: &&Member| member.name().is_some_and(|name| ORDERING.contains(&name));
    let ordering: Vec<Span> =
        node.members().iter().filter(is_ordering).map(|member| member.value.span).collect();
    for child in node.children().filter(|child| !ordering.contains(&child.span)) {
        mentions(derivation, block, child, arns, found);
    }
}

/// Whoever else a trust policy admits needs what nobody knows.
fn admitted(derivation: &mut Derivation<'_>, policy: &Policy) {
    let Some(principal) = derivation.needs.principals.get_mut(&policy.address) else {
        return; // the document of nobody's trust policy
    };
    let label = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let known: BTreeSet<String> = principal.services.iter().map(|service| label(service)).collect();
    for statement in policy.statements.iter().filter(|statement| statement.allows()) {
        let others: Vec<&str> = match &statement.principal {
            Known::Is(all) => {
                let is_known = |one: &&iam::Principal| {
                    one.kind == "Service" && one.id.literal().is_some_and(|id| known.contains(&label(id)))
                };
                all.iter().filter(|one| !is_known(one)).map(|one| one.id.literal().unwrap_or("…")).collect()
            }
            Known::Absent | Known::Later(_) => vec!["…"],
        };
        for other in others {
            let why = format!("its trust policy admits `{other}` too");
            principal.open.push(Open { span: statement.span, why, rest: Rest::Calls });
        }
    }
}
