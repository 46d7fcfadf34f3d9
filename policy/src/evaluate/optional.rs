//! `optional(type, default)` in the type of a variable: what Terraform puts in the place of attributes that are left out
//! (Terraform, "Type Constraints": "Optional Object Type Attributes").

use crate::expression;
use crate::node::{Call, Member, Node, Value};

/// A type that has an optional attribute somewhere; it is an expression in a string, as in Terraform's JSON.
pub(super) fn read(kind: &Node) -> Option<Node> {
    let text = kind.as_text().filter(|text| text.as_str().contains("optional("))?;
    let written = text.as_str();
    let inner = written.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    let start = if inner.is_some() { 2 } else { 0 };
    expression::parse(&text.slice(start..start.saturating_add(inner.unwrap_or(written).len())))
}

/// A value with what its type puts in the place of attributes that it leaves out.
pub(super) fn completed(value: &Node, kind: &Node) -> Node {
    let Value::Call(call) = &kind.value else {
        return value.clone();
    };
    let Some(inner) = call.arguments.first() else {
        return value.clone();
    };
    let value_of = match (call.name.as_str(), &value.value) {
        ("optional", _) => return completed(value, inner),
        ("list" | "set", Value::List(nodes)) => Value::List(nodes.map(|node| completed(node, inner))),
        ("map", Value::Object(members)) => {
            let member =
                |member: &Member| Member { key: member.key.clone(), value: completed(&member.value, inner) };
            Value::Object(members.iter().map(member).collect())
        }
        ("object", Value::Object(members)) => {
            let kind_of = |member: &Member| inner.member(member.name()?).map(|kind| &kind.value);
            let given = members.iter().map(|member| Member {
                key: member.key.clone(),
                value: kind_of(member)
                    .map_or_else(|| member.value.clone(), |kind| completed(&member.value, kind)),
            });
            let left_out = inner
                .members()
                .iter()
                .filter(|kind| kind.name().is_some_and(|name| value.member(name).is_none()));
            Value::Object(given.chain(left_out.filter_map(default)).collect())
        }
        _ => return value.clone(),
    };
    Node::new(value.span, value_of)
}

/// What stands for an attribute that is left out.
fn default(attribute: &Member) -> Option<Member> {
    let Value::Call(call) = &attribute.value.value else {
        return None;
    };
    let Call { name, arguments } = &**call;
    if name != "optional" {
        return None;
    }
    let value = match arguments.get(1) {
        Some(default) => completed(default, arguments.first()?),
        None => Node::new(attribute.value.span, Value::Null),
    };
    Some(Member { key: attribute.key.clone(), value })
}
