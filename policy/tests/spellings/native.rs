//! Writes a document of Terraform JSON in the native syntax.

use std::fmt::Write as _;

use hcl_edit::Span as _;
use hcl_edit::template::Element;
use serde_json::{Map, Value};

/// The document with a block for each of its blocks.
pub(crate) fn document(document: &Value) -> String {
    let mut written = String::new();
    for (kind, value) in document.as_object().unwrap() {
        let labels = match kind.as_str() {
            "resource" | "data" | "ephemeral" => 2,
            "locals" | "terraform" | "moved" | "import" | "removed" => 0,
            "//" => continue,
            _ => 1,
        };
        // Terraform takes the strings of these literally.
        let strings = if matches!(kind.as_str(), "variable" | "terraform") {
            Strings::Literal
        } else {
            Strings::Templates
        };
        blocks(value, labels, kind, strings, &mut written);
    }
    written
}

#[derive(Clone, Copy)]
enum Strings {
    Literal,
    Templates,
}

fn blocks(value: &Value, labels: usize, header: &str, strings: Strings, written: &mut String) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| blocks(one, labels, header, strings, written)),
        Value::Object(members) if labels > 0 => {
            for (label, inner) in members {
                blocks(inner, labels - 1, &format!("{header} \"{label}\""), strings, written);
            }
        }
        Value::Object(members) => {
            writeln!(written, "{header} {{").unwrap();
            body(members, strings, written);
            writeln!(written, "}}").unwrap();
        }
        Value::Null => {}
        other => unreachable!("no block: {other}"),
    }
}

fn body(members: &Map<String, Value>, strings: Strings, written: &mut String) {
    for (name, value) in members.iter().filter(|(name, _)| *name != "//") {
        match value {
            Value::Array(all) if !all.is_empty() && all.iter().all(Value::is_object) => {
                blocks(value, 0, name, strings, written);
            }
            _ => writeln!(written, "{name} = {}", expression(value, strings)).unwrap(),
        }
    }
}

fn expression(value: &Value, strings: Strings) -> String {
    match value {
        Value::String(text) => string(text, strings),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().map(|one| expression(one, strings)).collect();
            format!("[{}]", all.join(", "))
        }
        Value::Object(members) => {
            let members = members.iter();
            let members: Vec<String> = members
                .map(|(key, value)| format!("{} = {}", string(key, strings), expression(value, strings)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        other => other.to_string(),
    }
}

/// A string of JSON is a template: its expressions stay as they are, its text is quoted anew.
fn string(text: &str, strings: Strings) -> String {
    let Strings::Templates = strings else {
        return format!("\"{}\"", quoted(text));
    };
    let template = hcl_edit::parser::parse_template(text).unwrap();
    let elements: Vec<&Element> = template.iter().collect();
    let written = |element: &Element| text[element.span().unwrap()].to_owned();
    if let [only @ Element::Interpolation(_)] = elements.as_slice() {
        let inside = written(only);
        return format!("({})", &inside[2..inside.len() - 1]);
    }
    let parts = elements.into_iter().map(|element| match element {
        Element::Literal(literal) => quoted(literal.value()),
        other => written(other),
    });
    format!("\"{}\"", parts.collect::<String>())
}

fn quoted(text: &str) -> String {
    let mut written = String::new();
    for character in text.chars() {
        match character {
            '"' | '\\' => written.extend(['\\', character]),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            '\r' => written.push_str("\\r"),
            other => written.push(other),
        }
    }
    written.replace("${", "$${").replace("%{", "%%{")
}
