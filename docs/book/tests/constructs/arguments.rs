//! The arguments that stack files have for a construct, from their JSON Schema.

use serde_json::Value;

/// A row: an argument, as a path from the construct.
pub(crate) struct Argument {
    pub(crate) path: String,
    pub(crate) value: String,
    pub(crate) needed: String,
    pub(crate) about: String,
}

/// The arguments of a type of the schema, those inside of others below them.
pub(crate) fn arguments(schema: &Value, of: &Value) -> Vec<Argument> {
    let mut rows = Vec::new();
    inside(schema, of, "", &mut rows);
    rows
}

/// The type that a place of the schema refers to, with what is said at the place itself.
fn resolved(schema: &Value, at: &Value) -> Value {
    let Some(name) = at["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) else {
        return at.clone();
    };
    let mut target = schema["$defs"][name].clone();
    for (key, value) in at.as_object().unwrap() {
        if key != "$ref" {
            target[key] = value.clone();
        }
    }
    target["name"] = name.into();
    target
}

fn inside(schema: &Value, of: &Value, prefix: &str, rows: &mut Vec<Argument>) {
    let of = resolved(schema, of);
    let Some(properties) = of["properties"].as_object() else { return };
    let is_choice = of["maxProperties"] == 1;
    let required: Vec<&str> =
        of["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, property) in properties {
        let property = resolved(schema, property);
        let path = format!("{prefix}{name}");
        rows.push(Argument {
            value: value(schema, &property),
            needed: needed(name, &property, &required, is_choice),
            about: about(&property),
            path: path.clone(),
        });
        inside(schema, &property, &format!("{path}."), rows);
    }
}

fn needed(name: &str, property: &Value, required: &[&str], is_choice: bool) -> String {
    match (is_choice, required.contains(&name), &property["default"]) {
        (true, ..) => "one of these".to_owned(),
        (_, true, _) => "yes".to_owned(),
        (_, _, Value::Null) => "no".to_owned(),
        (.., Value::Array(items)) if items.is_empty() => "no".to_owned(),
        (.., Value::Object(members)) if members.is_empty() || !members.values().any(Value::is_number) => {
            "no".to_owned()
        }
        (.., default) => format!("no: `{default}`"),
    }
}

/// What kind of value it takes.
pub(crate) fn value(schema: &Value, of: &Value) -> String {
    let of = resolved(schema, of);
    let name = of["name"].as_str().unwrap_or_default();
    if let Some(kind) = name.strip_prefix("NameOf") {
        return format!("`{kind}`, by its name");
    }
    match name {
        "Text" => return "text".to_owned(),
        "WriteOnlyText" => return "sensitive or ephemeral variable".to_owned(),
        "Number" => return "number".to_owned(),
        "ValueFrom" => return "`secret`, by its name, or one of its keys: `login.password`".to_owned(),
        _ => {}
    }
    if let Some(words) = of["enum"].as_array() {
        let words: Vec<String> =
            words.iter().map(|word| format!("`{}`", word.as_str().unwrap_or_default())).collect();
        return words.join(", ");
    }
    match of["type"].as_str() {
        Some("array") => format!("list: {}", value(schema, &of["items"])),
        Some("object") if of["additionalProperties"].is_object() => {
            format!("map: {}", value(schema, &of["additionalProperties"]))
        }
        Some("object") => "block".to_owned(),
        Some("integer") => match (&of["minimum"], &of["maximum"]) {
            (Value::Number(least), Value::Number(most)) => format!("{least} to {most}"),
            _ => "whole number".to_owned(),
        },
        Some("boolean") => "`true`, `false`".to_owned(),
        Some("string") => "text".to_owned(),
        _ => "text or number".to_owned(),
    }
}

/// What is said of it, the rule it is held to, and the rule's source.
fn about(property: &Value) -> String {
    let text = |key: &str| property[key].as_str().map(|text| text.replace('\n', " "));
    let mut about = text("description").unwrap_or_default();
    let (mut rules, mut sources) = (Vec::new(), Vec::new());
    collect_rules(&property["allOf"], &mut rules, &mut sources);
    // What these say is how a value is written, and stands in the column beside.
    if !["Number", "WriteOnlyText"].contains(&property["name"].as_str().unwrap_or_default()) {
        rules.extend(text("x-help"));
        sources.extend(text("x-see"));
    }
    rules.dedup();
    sources.dedup();
    if !rules.is_empty() {
        about += &format!(" Rule: {}.", rules.join("; "));
    }
    if !sources.is_empty() {
        about += &format!(" ({})", sources.join("; "));
    }
    about
}

/// The rules between arguments: which values one has depends on another.
fn collect_rules(at: &Value, rules: &mut Vec<String>, sources: &mut Vec<String>) {
    if let (Some(help), Some(words)) = (at["x-help"].as_str(), at["enum"].as_array()) {
        let words: Vec<String> = words.iter().map(Value::to_string).collect();
        rules.push(format!("{help}: {}", words.join(", ")));
        sources.extend(at["x-see"].as_str().map(str::to_owned));
    }
    match at {
        Value::Array(items) => items.iter().for_each(|item| collect_rules(item, rules, sources)),
        Value::Object(members) => members.values().for_each(|value| collect_rules(value, rules, sources)),
        _ => {}
    }
}
