//! `data.aws_iam_policy_document`: the provider renders its blocks to a policy, and so do we.

use std::collections::BTreeMap;

use crate::json;
use crate::node::{Member, Node, Value};
use crate::source::Span;
use crate::terraform::blocks_in;
use crate::text::Text;

/// Arguments of a statement block and the policy elements they become
/// (hashicorp/aws, data source `aws_iam_policy_document`).
const ELEMENTS: [(&str, &str); 6] = [
    ("sid", "Sid"),
    ("effect", "Effect"),
    ("actions", "Action"),
    ("not_actions", "NotAction"),
    ("resources", "Resource"),
    ("not_resources", "NotResource"),
];

/// The document as `jsonencode` of a policy, each element where it is written.
pub(super) fn render(body: &Node, span: Span) -> Node {
    let mut statements = Statements::default();
    // `source_json` and `override_json` are what the provider had before its version 4.
    for source in ["source_json", "source_policy_documents"].iter().flat_map(|name| listed(body, name)) {
        statements.all.extend(inherited(source));
    }
    statements.find_sids();
    for block in blocks_in(body, "statement") {
        statements.put(statement(block));
    }
    for source in ["override_policy_documents", "override_json"].iter().flat_map(|name| listed(body, name)) {
        for statement in inherited(source) {
            statements.put(statement);
        }
    }
    let version = match body.member("version") {
        Some(member) if !is_left_out(&member.value) => member.value.clone(),
        _ => text("2012-10-17", span),
    };
    let policy = object(
        span,
        vec![
            member("Version", version, span),
            member("Statement", Node::new(span, Value::List(statements.all.into())), span),
        ],
    );
    Node::new(span, Value::call("jsonencode", vec![policy]))
}

/// Statements, of which no two that are put have one sid.
#[derive(Default)]
struct Statements {
    all: Vec<Node>,
    by_sid: BTreeMap<String, usize>,
}

impl Statements {
    /// Of several with one sid the first one is replaced.
    fn find_sids(&mut self) {
        for (index, statement) in self.all.iter().enumerate() {
            if let Some(sid) = sid(statement) {
                self.by_sid.entry(sid).or_insert(index);
            }
        }
    }

    /// Adds a statement in the place of the one with the same sid, if there is one.
    fn put(&mut self, statement: Node) {
        let sid = sid(&statement);
        let old =
            sid.as_ref().and_then(|sid| self.by_sid.get(sid)).and_then(|index| self.all.get_mut(*index));
        match old {
            Some(old) => *old = statement,
            None => {
                self.by_sid.extend(sid.map(|sid| (sid, self.all.len())));
                self.all.push(statement);
            }
        }
    }
}

fn sid(statement: &Node) -> Option<String> {
    let sid = statement.member("Sid")?.value.literal()?;
    (!sid.is_empty()).then(|| sid.to_owned())
}

fn listed<'n>(body: &'n Node, argument: &str) -> Vec<&'n Node> {
    match body.member(argument).map(|member| &member.value) {
        Some(Node { value: Value::List(nodes), .. }) => nodes.iter().collect(),
        Some(Node { value: Value::Null, .. }) | None => Vec::new(),
        Some(unknown) => vec![unknown],
    }
}

/// The statements of a source document; an unknown document stays as one unknown statement.
fn inherited(source: &Node) -> Vec<Node> {
    let policy = match &source.value {
        Value::Call(call) if call.name == "jsonencode" => call.arguments.first().cloned(),
        Value::Text(text) if text.only_hole().is_none() => json::read(text).ok(),
        _ => None,
    };
    let Some(policy) = policy else {
        return vec![source.clone()];
    };
    match policy.member("Statement").map(|member| &member.value.value) {
        Some(Value::List(nodes)) => nodes.to_vec(),
        Some(_) => policy.member("Statement").map(|member| member.value.clone()).into_iter().collect(),
        None => Vec::new(),
    }
}

fn statement(block: &Node) -> Node {
    // The reader of policies says what it cannot read.
    if !matches!(block.value, Value::Object(_)) {
        return block.clone();
    }
    let mut members = Vec::new();
    for (argument, element) in ELEMENTS {
        if let Some(written) = block.member(argument)
            && !is_left_out(&written.value)
        {
            members.push(member(element, written.value.clone(), written.key.span));
        }
    }
    if block.member("effect").is_none_or(|member| is_left_out(&member.value)) {
        members.push(member("Effect", text("Allow", block.span), block.span));
    }
    for (argument, element) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        let principals = blocks_in(block, argument);
        if let Some(first) = principals.first() {
            let span = first.span;
            let all: Vec<Member> = principals.iter().map(|block| principal(block)).collect();
            let whom = match all.as_slice() {
                [one] if is_anyone(one) => anyone(&one.value),
                _ => object(span, all),
            };
            members.push(member(element, whom, span));
        }
    }
    let conditions: Vec<Member> =
        blocks_in(block, "condition").iter().map(|block| condition(block)).collect();
    if !conditions.is_empty() {
        members.push(member("Condition", object(block.span, conditions), block.span));
    }
    object(block.span, members)
}

/// The provider leaves out what is empty; plans and states have the empty values.
fn is_left_out(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::List(nodes) => nodes.is_empty(),
        _ => node.literal() == Some(""),
    }
}

fn principal(block: &Node) -> Member {
    Member { key: argument(block, "type"), value: argument(block, "identifiers") }
}

/// `{"*": "*"}`, which the provider writes as `"*"` (hashicorp/aws, `IAMPolicyStatementPrincipalSet`).
fn is_anyone(principal: &Member) -> bool {
    principal.name() == Some("*") && anyone(&principal.value).literal() == Some("*")
}

/// The only identifier, where there is only one.
fn anyone(identifiers: &Node) -> Node {
    match &identifiers.value {
        Value::List(nodes) if nodes.len() == 1 => nodes.iter().next().unwrap_or(identifiers).clone(),
        _ => identifiers.clone(),
    }
}

fn condition(block: &Node) -> Member {
    let test = Member { key: argument(block, "variable"), value: argument(block, "values") };
    Member { key: argument(block, "test"), value: object(block.span, vec![test]) }
}

fn argument(block: &Node, name: &str) -> Node {
    match block.member(name) {
        Some(member) => member.value.clone(),
        None => Node::new(block.span, Value::Null),
    }
}

fn object(span: Span, members: Vec<Member>) -> Node {
    Node::new(span, Value::Object(members.into()))
}

fn member(name: &str, value: Node, span: Span) -> Member {
    Member { key: text(name, span), value }
}

fn text(text: &str, span: Span) -> Node {
    Node::text(Text::new(text, span))
}
