//! Condition keys as they are written.

use crate::node::{Node, Value};
use crate::text::HOLE;

/// The key that a node says; nothing if that is known only later. Only the provider that a claim is of may be: it is written as
/// a reference then.
pub(super) fn of(node: &Node) -> Option<String> {
    let text = node.as_text()?;
    if let Some(literal) = text.literal() {
        return Some(literal.to_owned());
    }
    let (provider, claim) = text.as_str().rsplit_once(':')?;
    let hole = text.hole(0).filter(|_| provider.len() == HOLE.len_utf8())?;
    let claimed = provider.len()..text.as_str().len();
    (!text.has_hole(claimed)).then(|| format!("${{{}}}:{claim}", named(hole)))
}

/// What an unknown value is made of, which tells it from others.
fn named(node: &Node) -> String {
    match &node.value {
        Value::Reference(reference) => reference.to_string(),
        _ => node.children().map(named).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" "),
    }
}
