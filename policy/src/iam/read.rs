//! From a node to a [`Policy`]. What cannot be known is reported here, once; rules then judge
//! what is known.

use std::collections::BTreeSet;

use super::policy::{Condition, Effect, Entries, Policy, PolicyKind, Principal, Statement};
use crate::json;
use crate::known::{Known, Later};
use crate::node::{Member, Node, Value};
use crate::text::Text;

/// Reads the policy an argument holds, in whichever way it is written; what is not understood is pushed to
/// `unread`, and nothing is returned if it is no policy at all.
pub fn policy(argument: &Node, kind: PolicyKind, address: String, unread: &mut Vec<Later>) -> Option<Policy> {
    let document = document(argument, unread)?;
    let mut reader = Reader { unread };
    let statements = match reader.element(&document, "Statement") {
        Some(member) => reader.statements(&member.value),
        None => {
            reader.unknown(&document, "a policy needs a `Statement`");
            Vec::new()
        }
    };
    let version = match reader.element(&document, "Version").map(|member| &member.value) {
        None => Known::Absent,
        Some(node) => match &node.value {
            Value::Text(text) => Known::Is(text.clone()),
            _ => Known::Later(Later::of(node)),
        },
    };
    Some(Policy { kind, address, span: document.span, version, statements })
}

/// The object a policy argument says, through JSON text, `jsonencode` and decoding.
fn document(argument: &Node, unread: &mut Vec<Later>) -> Option<Node> {
    let mut refuse = |later| {
        unread.push(later);
        None
    };
    match &argument.value {
        Value::Null => None,
        Value::Call(call) if call.name == "jsonencode" => {
            let node = call.arguments.first()?;
            if matches!(node.value, Value::Object(_)) { Some(node.clone()) } else { refuse(Later::of(node)) }
        }
        Value::Text(text) => {
            if let Some(hole) = text.only_hole() {
                return refuse(Later::of(hole));
            }
            // An empty string is "no policy" for the provider's policy arguments.
            if text.literal().is_some_and(|text| text.trim().is_empty()) {
                return None;
            }
            match json::read(text) {
                Ok(node) if matches!(node.value, Value::Object(_)) => Some(node),
                Ok(node) => refuse(later(&node, "a policy is a JSON object")),
                Err(error) => {
                    refuse(Later { span: error.span, why: format!("the policy text is not JSON: {error}") })
                }
            }
        }
        _ => refuse(Later::of(argument)),
    }
}

fn later(node: &Node, why: &str) -> Later {
    Later { span: node.span, why: why.to_owned() }
}

struct Reader<'u> {
    unread: &'u mut Vec<Later>,
}

impl Reader<'_> {
    fn unknown(&mut self, node: &Node, why: &str) {
        self.unread.push(later(node, why));
    }

    fn later(&mut self, node: &Node) -> Later {
        let later = Later::of(node);
        self.unread.push(later.clone());
        later
    }

    /// IAM reads the names of elements without case.
    fn element<'n>(&mut self, node: &'n Node, name: &str) -> Option<&'n Member> {
        let named = |member: &&Member| member.name().is_some_and(|key| key.eq_ignore_ascii_case(name));
        node.members().iter().rev().find(named)
    }

    fn statements(&mut self, node: &Node) -> Vec<Statement> {
        match &node.value {
            Value::List(nodes) => nodes.iter().filter_map(|node| self.statement(node)).collect(),
            _ => self.statement(node).into_iter().collect(),
        }
    }

    fn statement(&mut self, node: &Node) -> Option<Statement> {
        if !matches!(node.value, Value::Object(_)) {
            self.later(node);
            return None;
        }
        let mut names = BTreeSet::new();
        for member in node.members() {
            match member.name() {
                None => self.unknown(&member.key, "the name of this element is known only later"),
                Some(name) if !names.insert(name.to_ascii_lowercase()) => {
                    self.unknown(&member.key, "this element is repeated; the last one was judged");
                }
                Some(_) => {}
            }
        }
        Some(Statement {
            span: node.span,
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
        let Some(member) = self.element(node, "Effect") else {
            self.unknown(node, "a statement needs an `Effect`");
            return Known::Absent;
        };
        match member.value.literal() {
            Some("Allow") => Known::Is(Effect::Allow),
            Some("Deny") => Known::Is(Effect::Deny),
            Some(_) => {
                self.unknown(&member.value, "`Effect` is `Allow` or `Deny`");
                Known::Absent
            }
            None => Known::Later(self.later(&member.value)),
        }
    }

    fn entries(&mut self, node: &Node, name: &str) -> Known<Entries> {
        let Some(member) = self.element(node, name) else {
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

    fn text(&mut self, node: &Node) -> Text {
        let text = match &node.value {
            Value::Text(text) => text.clone(),
            Value::Number(digits) => Text::new(&**digits, node.span),
            Value::Bool(value) => Text::new(value.to_string(), node.span),
            _ => Text::unknown(node.clone()),
        };
        if let Some(hole) = text.only_hole()
            && !names_one_thing(hole)
        {
            self.later(hole);
        }
        text
    }

    fn principals(&mut self, node: &Node, name: &str) -> Known<Vec<Principal>> {
        let Some(member) = self.element(node, name) else {
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
        let Some(member) = self.element(node, "Condition") else {
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
                let Some(key) = test.name() else {
                    return Known::Later(self.later(&test.key));
                };
                let values = match self.texts(&test.value) {
                    Ok(values) => values,
                    Err(later) => return Known::Later(later),
                };
                all.push(Condition { operator: name.to_owned(), key: key.to_owned(), values });
            }
        }
        Known::Is(all)
    }
}

/// Whether it is an attribute of a resource or data source: unknown, yet never `*`.
fn names_one_thing(node: &Node) -> bool {
    match &node.value {
        Value::Reference(reference) => {
            !reference.steps.is_empty()
                && !matches!(
                    reference.root.as_str(),
                    "var" | "local" | "module" | "each" | "count" | "self" | "path" | "terraform"
                )
        }
        _ => false,
    }
}
