//! `data.aws_iam_policy_document`: the provider renders its blocks to a policy, and so do we.

use std::collections::{BTreeMap, BTreeSet};

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

/// Arguments of a statement and of its blocks in which the provider writes `${` for `&{`: Terraform would take `${` for its own
/// (hashicorp/aws 5.100.0, `dataSourcePolicyDocumentReplaceVarsInList`).
const WITH_VARIABLES: [&str; 4] = ["identifiers", "not_resources", "resources", "values"];

/// The document as `jsonencode` of a policy, each element where it is written.
pub(super) fn render(body: &Node, span: Span) -> Node {
    let mut statements = Statements::default();
    let mut version = match body.member("version") {
        Some(member) if !is_left_out(&member.value) => member.value.clone(),
        _ => text("2012-10-17", span),
    };
    // `source_json` and `override_json` are what the provider had before its version 4.
    for source in ["source_json", "source_policy_documents"].iter().flat_map(|name| listed(body, name)) {
        let (newer, inherited) = inherited(source);
        raise(&mut version, newer);
        inherited.into_iter().for_each(|statement| statements.inherit(statement));
    }
    statements.all_are_inherited();
    for block in blocks_in(body, "statement") {
        statements.add(statement(block));
    }
    for source in ["override_policy_documents", "override_json"].iter().flat_map(|name| listed(body, name)) {
        let (newer, overrides) = inherited(source);
        raise(&mut version, newer);
        overrides.into_iter().for_each(|statement| statements.put(statement));
    }
    let policy = object(
        span,
        vec![
            member("Version", version, span),
            member("Statement", Node::new(span, Value::List(statements.all.into())), span),
        ],
    );
    Node::new(span, Value::call("jsonencode", vec![policy]))
}

/// Takes the newer of two versions, as the provider does (`IAMPolicyDoc.Merge`).
fn raise(version: &mut Node, other: Option<Node>) {
    if let (Some(own), Some(other)) = (version.literal(), other)
        && other.literal().is_some_and(|newer| newer > own)
    {
        *version = other;
    }
}

/// Statements in the provider's order. It refuses two of one sid among those of the sources, and among the blocks: both stay
/// here, to be judged so.
#[derive(Default)]
struct Statements {
    all: Vec<Node>,
    /// The first statement of each sid.
    by_sid: BTreeMap<String, usize>,
    /// So many of them are those of sources.
    inherited: usize,
    /// The sids of blocks.
    added: BTreeSet<String>,
}

impl Statements {
    /// One of a source.
    fn inherit(&mut self, statement: Node) {
        self.push(sid(&statement), statement);
    }

    fn all_are_inherited(&mut self) {
        self.inherited = self.all.len();
    }

    /// One of a block, in the place of that of a source with the same sid.
    fn add(&mut self, statement: Node) {
        let sid = sid(&statement);
        let is_first = sid.clone().is_none_or(|sid| self.added.insert(sid));
        let old = sid.as_ref().and_then(|sid| self.by_sid.get(sid)).copied();
        self.place(old.filter(|old| is_first && *old < self.inherited), sid, statement);
    }

    /// One of an override, in the place of any with the same sid.
    fn put(&mut self, statement: Node) {
        let sid = sid(&statement);
        let old = sid.as_ref().and_then(|sid| self.by_sid.get(sid)).copied();
        self.place(old, sid, statement);
    }

    fn place(&mut self, old: Option<usize>, sid: Option<String>, statement: Node) {
        match old.and_then(|index| self.all.get_mut(index)) {
            Some(old) => *old = statement,
            None => self.push(sid, statement),
        }
    }

    fn push(&mut self, sid: Option<String>, statement: Node) {
        if let Some(sid) = sid {
            self.by_sid.entry(sid).or_insert(self.all.len());
        }
        self.all.push(statement);
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

/// The version and the statements of another document; an unknown document stays as one unknown statement.
fn inherited(source: &Node) -> (Option<Node>, Vec<Node>) {
    let policy = match &source.value {
        Value::Call(call) if call.name == "jsonencode" => call.arguments.first().cloned(),
        Value::Text(text) if text.only_hole().is_none() => json::read(text).ok(),
        _ => None,
    };
    let Some(policy) = policy else {
        return (None, vec![source.clone()]);
    };
    let version = policy.member("Version").map(|member| member.value.clone());
    let statements = match policy.member("Statement").map(|member| &member.value.value) {
        Some(Value::List(nodes)) => nodes.to_vec(),
        Some(_) => policy.member("Statement").map(|member| member.value.clone()).into_iter().collect(),
        None => Vec::new(),
    };
    (version, statements)
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
            members.push(member(element, value(argument, &written.value), written.key.span));
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
        Some(member) => value(name, &member.value),
        None => Node::new(block.span, Value::Null),
    }
}

/// The value of an argument, with policy variables as the provider writes them.
fn value(argument: &str, written: &Node) -> Node {
    let mut with = |node: &Node| match &node.value {
        Value::Text(text) => Some(Node::text(with_variables(text)?)),
        _ => None,
    };
    if WITH_VARIABLES.contains(&argument) { written.replaced(&mut with) } else { written.clone() }
}

/// A text with `${` for each `&{`; nothing if it has none.
fn with_variables(written: &Text) -> Option<Text> {
    let mut places = written.as_str().match_indices("&{").map(|(at, _)| at).peekable();
    places.peek()?;
    let mut made = Text::empty(written.span());
    let mut rest = 0;
    for at in places {
        let after = at.saturating_add(1);
        made.append(&written.slice(rest..at));
        made.push("$", written.span_of(at..after));
        rest = after;
    }
    made.append(&written.slice(rest..written.as_str().len()));
    Some(made)
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
