//! Writes a configuration in the native syntax.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// The document with a block for each resource; policies are written as `jsonencode`.
pub(crate) fn document(document: &Value) -> String {
    let mut written = String::new();
    let types = document.get("resource").and_then(Value::as_object);
    for (type_name, named) in types.into_iter().flatten() {
        for (name, resource) in named.as_object().into_iter().flatten() {
            block(&mut written, 0, &format!("resource \"{type_name}\" \"{name}\""), resource);
        }
    }
    written
}

fn block(written: &mut String, depth: usize, header: &str, value: &Value) {
    let space = "  ".repeat(depth);
    let _always_ok = writeln!(written, "{space}{header} {{");
    for (name, value) in value.as_object().into_iter().flatten() {
        match value {
            Value::Array(blocks) if blocks.iter().all(Value::is_object) => {
                blocks.iter().for_each(|one| block(written, depth + 1, name, one));
            }
            _ => {
                let _always_ok = writeln!(written, "{space}  {name} = {}", expression(value));
            }
        }
    }
    let _always_ok = writeln!(written, "{space}}}");
}

fn expression(value: &Value) -> String {
    match value {
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(encoded @ (Value::Object(_) | Value::Array(_))) => {
                format!("jsonencode({})", expression(&encoded))
            }
            _ => format!("{value}"),
        },
        Value::Array(all) => format!("[{}]", all.iter().map(expression).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => object(members),
        other => other.to_string(),
    }
}

fn object(members: &Map<String, Value>) -> String {
    let members = members.iter().map(|(key, value)| format!("\"{key}\" = {}", expression(value)));
    format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
}
