//! What is different in two plans, in lines.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// All that a plan says of a configuration, but for the version of terraform and the time ("JSON Output Format").
const COMPARED: [&str; 7] = [
    "variables",
    "configuration",
    "prior_state",
    "planned_values",
    "resource_changes",
    "output_changes",
    "checks",
];

/// How much of a value is shown.
const SHOWN: usize = 160;

/// A line for each difference. Null and absent are the same to terraform.
pub(crate) fn differences(one: &Value, other: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for key in COMPARED {
        let side = |plan: &Value| match key {
            "configuration" => meant(&plan[key]),
            _ => plan[key].clone(),
        };
        walk(key, &side(one), &side(other), &mut found);
    }
    found
}

/// A configuration as terraform shows it, by what it refers to. Of an expression in a document it shows the text, as if
/// that were a constant, and none at all of a constant without text; what is computed is among the planned values. The
/// version of the provider is that of synth's bindings.
fn meant(shown: &Value) -> Value {
    match shown {
        Value::Object(members) => {
            let mut meant = serde_json::Map::new();
            for (key, value) in members {
                match key.as_str() {
                    "constant_value" | "version_constraint" => {}
                    "references" | "depends_on" => {
                        let all: BTreeSet<String> = strings(value).map(plain).collect();
                        meant.insert(key.clone(), all.into_iter().collect());
                    }
                    _ => {
                        let value = self::meant(value);
                        if value != Value::Object(serde_json::Map::new()) {
                            meant.insert(key.clone(), value);
                        }
                    }
                }
            }
            Value::Object(meant)
        }
        Value::Array(items) => items.iter().map(meant).collect(),
        plain => plain.clone(),
    }
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// `each.value["name"]` as `each.value.name`.
fn plain(reference: &str) -> String {
    let mut parts = reference.split("[\"");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("\"]") {
            Some((name, rest)) if name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') => {
                text.push_str(&format!(".{name}{rest}"));
            }
            _ => text.push_str(&format!("[\"{part}")),
        }
    }
    text
}

fn walk(path: &str, one: &Value, other: &Value, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let keys: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
            for key in keys {
                walk(&format!("{path}.{key}"), &one[key], &other[key], found);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => match (by_address(ours), by_address(theirs)) {
            (Some(ours), Some(theirs)) => {
                let addresses: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
                for address in addresses {
                    let at =
                        |objects: &BTreeMap<String, Value>| objects.get(address).cloned().unwrap_or_default();
                    walk(&format!("{path}[{address}]"), &at(&ours), &at(&theirs), found);
                }
            }
            _ if ours.len() == theirs.len() => {
                for (index, (one, other)) in ours.iter().zip(theirs).enumerate() {
                    walk(&format!("{path}[{index}]"), one, other, found);
                }
            }
            _ => found.push(line(path, one, other)),
        },
        _ if one == other => {}
        _ => found.push(line(path, one, other)),
    }
}

/// The objects of a list whose objects have addresses, each another: their order says nothing.
fn by_address(objects: &[Value]) -> Option<BTreeMap<String, Value>> {
    let address = |object: &Value| match &object["address"] {
        Value::String(address) => Some(address.clone()),
        address => Some(address["to_display"].as_str()?.to_owned()),
    };
    let found: BTreeMap<String, Value> =
        objects.iter().map(|object| Some((address(object)?, object.clone()))).collect::<Option<_>>()?;
    (found.len() == objects.len()).then_some(found)
}

fn line(path: &str, one: &Value, other: &Value) -> String {
    let shown = |value: &Value| match value {
        Value::Null => "(absent)".to_owned(),
        value => {
            let text = value.to_string();
            if text.chars().count() <= SHOWN {
                text
            } else {
                format!("{}…", text.chars().take(SHOWN).collect::<String>())
            }
        }
    };
    format!("{path}: {} | {}", shown(one), shown(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_plan_is_like_itself() {
        let plan = json!({ "variables": { "a": { "value": 1 } }, "checks": [] });
        assert_eq!(differences(&plan, &plan), Vec::<String>::new());
    }

    #[test]
    fn values_marks_and_what_is_unknown_differ_by_path() {
        let plan = |after: Value, unknown: bool, sensitive: bool| {
            json!({ "resource_changes": [{ "address": "a.b", "change": {
                "after": after, "after_unknown": { "id": unknown }, "after_sensitive": { "key": sensitive }
            } }] })
        };
        assert_eq!(
            differences(
                &plan(json!({ "n": [1, 2] }), true, true),
                &plan(json!({ "n": [1, 3] }), false, false)
            ),
            [
                "resource_changes[a.b].change.after.n[1]: 2 | 3",
                "resource_changes[a.b].change.after_sensitive.key: true | false",
                "resource_changes[a.b].change.after_unknown.id: true | false",
            ]
        );
    }

    #[test]
    fn objects_with_addresses_are_compared_in_any_order() {
        let (first, second) = (json!({ "address": "a.x", "n": 1 }), json!({ "address": "a.y", "n": 2 }));
        let one = json!({ "resource_changes": [first, second] });
        assert_eq!(differences(&one, &json!({ "resource_changes": [second, first] })), Vec::<String>::new());
        assert_eq!(
            differences(&one, &json!({ "resource_changes": [second] })),
            [r#"resource_changes[a.x]: {"address":"a.x","n":1} | (absent)"#]
        );
    }

    #[test]
    fn lists_of_another_length_are_shown_as_a_whole() {
        let plan = |list: Value| json!({ "output_changes": { "o": list } });
        assert_eq!(differences(&plan(json!([1])), &plan(json!([1, 2]))), ["output_changes.o: [1] | [1,2]"]);
    }

    #[test]
    fn expressions_are_compared_by_what_they_refer_to() {
        let plan = |value: Value| json!({ "configuration": { "root_module": { "value": value } } });
        let ours = plan(json!({ "references": ["each.value.cpu", "each.value", "local.a"] }));
        let text = json!({ "constant_value": "${…}", "references": ["local.a", "each.value[\"cpu\"]", "each.value"] });
        assert_eq!(differences(&ours, &plan(text)), Vec::<String>::new());
        assert_eq!(
            differences(&ours, &plan(json!({ "references": ["local.b"] }))),
            [
                r#"configuration.root_module.value.references: ["each.value","each.value.cpu","local.a"] | ["local.b"]"#
            ]
        );
        assert_eq!(
            differences(&plan(json!({ "constant_value": 1 })), &plan(json!({}))),
            Vec::<String>::new()
        );
    }

    #[test]
    fn null_is_absent_and_false_is_not() {
        let plan = |value: Value| json!({ "variables": value });
        assert_eq!(differences(&plan(json!({ "a": null })), &plan(json!({}))), Vec::<String>::new());
        assert_eq!(
            differences(&plan(json!({ "a": false })), &plan(json!({}))),
            ["variables.a: false | (absent)"]
        );
    }
}
