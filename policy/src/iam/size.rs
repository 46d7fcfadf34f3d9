//! How large a policy is by the count of AWS: characters without white space (IAM user guide, "IAM and AWS STS character
//! limits").

use crate::node::{Node, Value};
use crate::text::HOLE;

/// The characters a document has at least: what is known only later counts as nothing.
pub(super) fn at_least(node: &Node) -> usize {
    let separators = |count: usize| count.saturating_sub(1).saturating_add(2);
    match &node.value {
        Value::Null => 4,
        Value::Bool(value) => value.to_string().len(),
        Value::Number(digits) => digits.len(),
        Value::Text(text) => {
            let shown =
                text.as_str().chars().filter(|character| !character.is_whitespace() && *character != HOLE);
            let escaped = shown.map(|character| if matches!(character, '"' | '\\') { 2 } else { 1 });
            escaped.sum::<usize>().saturating_add(2)
        }
        Value::List(nodes) => {
            nodes.iter().map(at_least).sum::<usize>().saturating_add(separators(nodes.len()))
        }
        Value::Object(members) => {
            let sizes = members.iter().map(|member| {
                at_least(&member.key).saturating_add(at_least(&member.value)).saturating_add(1)
            });
            sizes.sum::<usize>().saturating_add(separators(members.len()))
        }
        _ => 0,
    }
}
