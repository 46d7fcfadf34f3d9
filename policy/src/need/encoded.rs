//! Arguments that hold JSON: as a text, or as what `jsonencode` is given.

use crate::json;
use crate::known::Later;
use crate::node::{Node, Value};

/// The value that the JSON says.
///
/// # Errors
///
/// If it is known only later, or no JSON.
pub(super) fn decoded(node: &Node) -> Result<Node, Later> {
    match &node.value {
        Value::Call(call) if call.name == "jsonencode" => {
            call.arguments.first().cloned().ok_or_else(|| Later::of(node))
        }
        Value::Text(text) => match text.only_hole() {
            Some(hole) => Err(Later::of(hole)),
            None => json::read(text)
                .map_err(|error| Later { span: error.span, why: format!("not JSON: {error}") }),
        },
        _ => Err(Later::of(node)),
    }
}
