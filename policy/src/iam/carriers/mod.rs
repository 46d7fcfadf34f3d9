//! Where policies are: in the arguments of the table, in documents that nothing carries.

mod table;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::attachments::boundaries;
use super::policy::{Policy, PolicyKind, Statement};
use super::read;
use crate::evaluate;
use crate::known::{Known, Later};
use crate::node::{Node, Value};
use crate::source::Span;
use crate::terraform::{Block, Kind, blocks_in};
use crate::text::Text;

use PolicyKind::{Boundary, Identity, Organization, Resource, Trust};

/// The types of policies of an organization that are written in IAM's language (AWS Organizations
/// user guide, "Authorization policies").
const AUTHORIZATION: &[&str] = &["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"];

/// The ways to the arguments of a resource type that hold a policy, and what each governs.
pub fn arguments_of(type_name: &str) -> impl Iterator<Item = (&'static [&'static str], PolicyKind)> {
    // The table is sorted.
    let start = table::CARRIERS.partition_point(|(carrier, ..)| *carrier < type_name);
    let rows = table::CARRIERS.iter().skip(start).take_while(move |(carrier, ..)| *carrier == type_name);
    rows.map(|(_, path, kind)| (*path, *kind))
}

/// Every policy of a configuration, to be shared by all who have it; what is not readable is pushed to `unread`.
#[must_use]
pub fn find(blocks: &[Block], unread: &mut Vec<Later>) -> Vec<Arc<Policy>> {
    let boundaries = boundaries(blocks);
    let mut policies = Vec::new();
    let mut used = Used::default();
    for block in blocks.iter().filter(|block| block.kind == Kind::Resource) {
        for (path, kind) in arguments_of(block.type_name()) {
            if kind == Organization && is_no_authorization(block) {
                continue;
            }
            let kind = if boundaries.contains(&block.address()) { Boundary } else { kind };
            for argument in block.bodies().iter().flat_map(|body| arguments(body, path)) {
                used.add(argument);
                policies.extend(of(argument, kind, block, unread).map(Arc::new));
            }
        }
    }
    let documents = || blocks.iter().filter(|block| is_document(block));
    documents().flat_map(Block::bodies).for_each(|body| used.add_merged(body));
    for block in documents().filter(|block| !used.has(block)) {
        let found = block.bodies().iter().filter_map(|body| uncarried(block, body, unread));
        policies.extend(found.map(Arc::new));
    }
    policies
}

fn of(argument: &Node, kind: PolicyKind, block: &Block, unread: &mut Vec<Later>) -> Option<Policy> {
    let policy = read::policy(argument, kind, block.address(), unread)?;
    Some(Policy { carrier: block.type_name().to_owned(), ..policy })
}

/// Whether a policy of an organization is of a type with a language of its own. One whose type is
/// known only later is read as what it is by default.
fn is_no_authorization(block: &Block) -> bool {
    match block.argument("type") {
        Known::Is(kind) => kind.literal().is_some_and(|kind| !AUTHORIZATION.contains(&kind)),
        Known::Absent | Known::Later(_) => false,
    }
}

fn is_document(block: &Block) -> bool {
    block.kind == Kind::Data && block.type_name() == "aws_iam_policy_document"
}

/// The documents that something carries or takes over: what counts is what that makes of them.
#[derive(Default)]
struct Used {
    /// Where they are declared: a document that was followed stands where its block does.
    places: BTreeSet<Span>,
    /// What they say, in plans and states, which have no references.
    texts: BTreeSet<String>,
}

impl Used {
    fn add(&mut self, node: &Node) {
        self.places.insert(node.span);
        if let Value::Call(call) = &node.value {
            self.places.extend(call.arguments.iter().map(|argument| argument.span));
        }
        self.texts.extend(node.literal().and_then(canonical));
    }

    fn add_merged(&mut self, document: &Node) {
        for argument in
            ["source_policy_documents", "override_policy_documents", "source_json", "override_json"]
        {
            match document.member(argument).map(|member| &member.value) {
                Some(Node { value: Value::List(nodes), .. }) => nodes.iter().for_each(|node| self.add(node)),
                Some(node) => self.add(node),
                None => {}
            }
        }
    }

    fn has(&self, document: &Block) -> bool {
        let text = document.body.member("json").and_then(|member| member.value.literal());
        self.places.contains(&document.span)
            || text.and_then(canonical).is_some_and(|text| self.texts.contains(&text))
    }
}

/// The same text for the same JSON; nothing if it is none.
fn canonical(text: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    Some(value.to_string())
}

/// A document that nothing here carries is judged for what its statements say.
fn uncarried(block: &Block, body: &Node, unread: &mut Vec<Later>) -> Option<Policy> {
    let document = evaluate::document(body, block.span);
    let mut policy = of(&document, Identity, block, unread)?;
    if policy.statements.iter().any(names_principals) {
        policy.kind = if policy.statements.iter().any(assumes) { Trust } else { Resource };
    }
    Some(policy)
}

fn names_principals(statement: &Statement) -> bool {
    !matches!((&statement.principal, &statement.not_principal), (Known::Absent, Known::Absent))
}

fn assumes(statement: &Statement) -> bool {
    let mut actions = statement.actions().filter_map(Text::literal);
    actions.any(|action| action.to_ascii_lowercase().starts_with("sts:assumerole"))
}

/// The values of an argument: one for each block it stands in, and for each branch of a
/// condition that is known only later.
fn arguments<'n>(body: &'n Node, path: &[&str]) -> Vec<&'n Node> {
    match path {
        [] => branches(body),
        [argument] => {
            body.member(argument).into_iter().flat_map(|member| arguments(&member.value, &[])).collect()
        }
        [block, rest @ ..] => {
            blocks_in(body, block).into_iter().flat_map(|nested| arguments(nested, rest)).collect()
        }
    }
}

fn branches(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::Conditional(either) => [branches(&either.then), branches(&either.otherwise)].concat(),
        _ => vec![node],
    }
}
