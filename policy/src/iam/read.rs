//! From a node to a [`Policy`]. What cannot be known is reported here, once; rules then judge
//! what is known.

use super::form::{self, element};
use super::key;
use super::policy::{Condition, Effect, Entries, Flaw, Policy, PolicyKind, Principal, Statement};
use super::size;
use crate::json;
use crate::known::{Known, Later};
use crate::node::{Node, Value};
use crate::source::Span;
use crate::text::Text;

/// Reads the policy an argument holds, in whichever way it is written; what is not understood is pushed to
/// `unread`, and nothing is returned if it is no policy at all.
pub fn policy(argument: &Node, kind: PolicyKind, address: String, unread: &mut Vec<Later>) -> Option<Policy> {
    let document = match document(argument, unread) {
        Read::Document(document) => document,
        Read::Nothing => return None,
        Read::Wrong(flaw) => {
            let span = argument.span;
            let (version, statements) = (Known::Absent, Vec::new());
            let carrier = String::new();
            let flaws = vec![flaw];
            return Some(Policy { kind, address, carrier, span, version, statements, flaws, size: 0 });
        }
    };
    let mut reader = Reader { unread };
    let statements = match element(&document, "Statement") {
        Some(member) => reader.statements(&member.value),
        None => Vec::new(),
    };
    let version = text_of(&document, "Version");
    let (flaws, size) = (form::flaws(&document), size::at_least(&document));
    let (carrier, span) = (String::new(), document.span);
    Some(Policy { kind, address, carrier, span, version, statements, flaws, size })
}

/// What a policy argument turned out to be.
enum Read {
    /// The object that it says.
    Document(Node),
    /// No policy, or one that is known only later.
    Nothing,
    /// Something that is no policy.
    Wrong(Flaw),
}

fn wrong(span: Span, what: impl Into<String>) -> Read {
    let instead =
        "write a JSON object with `Version` and `Statement`; `jsonencode` makes no mistakes in JSON";
    Read::Wrong(Flaw { span, what: what.into(), instead: instead.into() })
}

/// An element that is a string.
fn text_of(node: &Node, name: &str) -> Known<Text> {
    match element(node, name).map(|member| &member.value) {
        None => Known::Absent,
        Some(node) => match &node.value {
            Value::Text(text) => Known::Is(text.clone()),
            _ => Known::Later(Later::of(node)),
        },
    }
}

/// The object a policy argument says, through JSON text, `jsonencode` and decoding.
fn document(argument: &Node, unread: &mut Vec<Later>) -> Read {
    let mut refuse = |later| {
        unread.push(later);
        Read::Nothing
    };
    match &argument.value {
        Value::Null => Read::Nothing,
        Value::Call(call) if call.name == "jsonencode" => match call.arguments.first() {
            Some(node) if matches!(node.value, Value::Object(_)) => Read::Document(node.clone()),
            Some(node) if node.may_be_later() => refuse(Later::of(node)),
            Some(node) => wrong(node.span, "a policy is a JSON object"),
            None => refuse(Later::of(argument)),
        },
        Value::Text(text) => {
            if let Some(hole) = text.only_hole() {
                return refuse(Later::of(hole));
            }
            // An empty string is "no policy" for the provider's policy arguments.
            if text.literal().is_some_and(|text| text.trim().is_empty()) {
                return Read::Nothing;
            }
            match json::read(text) {
                Ok(node) if matches!(node.value, Value::Object(_)) => Read::Document(node),
                Ok(node) if node.may_be_later() => refuse(Later::of(&node)),
                Ok(node) => wrong(node.span, "a policy is a JSON object"),
                Err(error) if text.literal().is_some() => {
                    wrong(error.span, format!("the policy text is not JSON: {error}"))
                }
                Err(error) => {
                    refuse(Later { span: error.span, why: format!("the policy text is not JSON: {error}") })
                }
            }
        }
        _ => refuse(Later::of(argument)),
    }
}

struct Reader<'u> {
    unread: &'u mut Vec<Later>,
}

impl Reader<'_> {
    /// What cannot be read: said here if it is known only later; a wrong type is a flaw of the form.
    fn later(&mut self, node: &Node) -> Later {
        let later = Later::of(node);
        if node.may_be_later() {
            self.unread.push(later.clone());
        }
        later
    }

    fn statements(&mut self, node: &Node) -> Vec<Statement> {
        match &node.value {
            Value::List(nodes) => {
                let mut statements = Vec::with_capacity(nodes.len());
                statements.extend(nodes.iter().filter_map(|node| self.statement(node)));
                statements
            }
            _ => self.statement(node).into_iter().collect(),
        }
    }

    fn statement(&mut self, node: &Node) -> Option<Statement> {
        if !matches!(node.value, Value::Object(_)) {
            self.later(node);
            return None;
        }
        for member in node.members().iter().filter(|member| member.name().is_none()) {
            let why = "the name of this element is known only later".to_owned();
            self.unread.push(Later { span: member.key.span, why });
        }
        Some(Statement {
            span: node.span,
            sid: text_of(node, "Sid"),
            effect: self.effect(node),
            action: self.entries(node, "Action"),
            not_action: self.entries(node, "NotAction"),
            resource: self.entries(node, "Resource"),
            not_resource: self.entries(node, "NotResource"),
            principal: self.principals(node, "Principal"),
            not_principal: self.principals(node, "NotPrincipal"),
            condition: self.conditions(node),
        })
    }

    fn effect(&mut self, node: &Node) -> Known<Effect> {
        let Some(member) = element(node, "Effect") else {
            return Known::Absent;
        };
        match member.value.literal() {
            Some("Allow") => Known::Is(Effect::Allow),
            Some("Deny") => Known::Is(Effect::Deny),
            Some(_) => Known::Absent,
            None => Known::Later(self.later(&member.value)),
        }
    }

    fn entries(&mut self, node: &Node, name: &str) -> Known<Entries> {
        let Some(member) = element(node, name) else {
            return Known::Absent;
        };
        match self.texts(&member.value) {
            Ok(texts) => Known::Is(Entries { span: member.key.span, texts }),
            Err(later) => Known::Later(later),
        }
    }

    /// One string or a list of them; a value that is wholly unknown is reported unless it is an
    /// attribute of a resource, which names one thing.
    fn texts(&mut self, node: &Node) -> Result<Vec<Text>, Later> {
        let nodes = match &node.value {
            Value::List(nodes) => nodes.as_slice(),
            Value::Null => &[],
            _ if node.is_later() && !names_one_thing(node) => return Err(self.later(node)),
            _ => std::slice::from_ref(node),
        };
        Ok(nodes.iter().map(|node| self.text(node)).collect())
    }

    /// What a condition compares with. Whatever comes later, an operator that has no wildcards compares with that alone.
    fn values(&mut self, operator: &str, node: &Node) -> Result<Vec<Text>, Later> {
        match &node.value {
            _ if !is_exact(operator) => self.texts(node),
            Value::List(nodes) => Ok(nodes.iter().map(text).collect()),
            Value::Null => Ok(Vec::new()),
            _ => Ok(vec![text(node)]),
        }
    }

    fn text(&mut self, node: &Node) -> Text {
        let text = text(node);
        if let Some(hole) = text.only_hole()
            && !names_one_thing(hole)
        {
            self.later(hole);
        }
        text
    }

    fn principals(&mut self, node: &Node, name: &str) -> Known<Vec<Principal>> {
        let Some(member) = element(node, name) else {
            return Known::Absent;
        };
        match &member.value.value {
            Value::Text(text) if text.only_hole().is_none() => {
                Known::Is(vec![Principal { kind: "*".into(), id: text.clone() }])
            }
            Value::Object(members) => {
                let mut all = Vec::new();
                for member in members {
                    let Some(kind) = member.name() else {
                        return Known::Later(self.later(&member.key));
                    };
                    match self.texts(&member.value) {
                        Ok(ids) => {
                            all.extend(ids.into_iter().map(|id| Principal { kind: kind.to_owned(), id }))
                        }
                        Err(later) => return Known::Later(later),
                    }
                }
                Known::Is(all)
            }
            _ => Known::Later(self.later(&member.value)),
        }
    }

    fn conditions(&mut self, node: &Node) -> Known<Vec<Condition>> {
        let Some(member) = element(node, "Condition") else {
            return Known::Absent;
        };
        let mut all = Vec::new();
        match &member.value.value {
            Value::Object(_) => {}
            Value::Null => return Known::Absent,
            _ => return Known::Later(self.later(&member.value)),
        }
        for operator in member.value.members() {
            let Some(name) = operator.name() else {
                return Known::Later(self.later(&operator.key));
            };
            if !matches!(operator.value.value, Value::Object(_)) {
                return Known::Later(self.later(&operator.value));
            }
            for test in operator.value.members() {
                let Some(key) = key::of(&test.key) else {
                    return Known::Later(self.later(&test.key));
                };
                let values = match self.values(name, &test.value) {
                    Ok(values) => values,
                    Err(later) => return Known::Later(later),
                };
                all.push(Condition {
                    operator: name.to_owned(),
                    operator_span: operator.key.span,
                    key,
                    key_span: test.key.span,
                    values,
                });
            }
        }
        Known::Is(all)
    }
}

/// A value as a text, which may be unknown.
fn text(node: &Node) -> Text {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Number(digits) => Text::new(&**digits, node.span),
        Value::Bool(value) => Text::new(value.to_string(), node.span),
        _ => Text::unknown(node.clone()),
    }
}

/// Whether an operator compares texts as they are (IAM user guide, "String condition operators").
fn is_exact(operator: &str) -> bool {
    let compared = operator.rsplit(':').next().unwrap_or(operator);
    ["StringEquals", "StringEqualsIgnoreCase"].iter().any(|exact| exact.eq_ignore_ascii_case(compared))
}

/// Whether it is an attribute of a resource or data source: unknown, yet never `*`.
pub(crate) fn names_one_thing(node: &Node) -> bool {
    match &node.value {
        Value::Reference(reference) => match reference.names().as_slice() {
            ["data" | "ephemeral", ..] => true,
            // The iterator of a `dynamic` block.
            [_, "key"] => false,
            [root, "value", ..] if !root.starts_with("aws_") => false,
            // The type of a resource begins with its provider's name; what has a name alone is bound by the expression.
            [root, _, ..] => root.contains('_'),
            _ => false,
        },
        _ => false,
    }
}
