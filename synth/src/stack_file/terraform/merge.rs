//! Blocks of a stack file in the document of its constructs.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::stack_file::document::{Found, escaped};

/// How many levels of names a section has: those are merged and sorted. What is below is as the author wrote it, because the
/// order of blocks can mean something.
fn levels(section: &str) -> usize {
    match section {
        "resource" | "data" | "ephemeral" => 2,
        "import" | "moved" | "removed" => 0,
        _ => 1,
    }
}

/// Adds blocks to a document; what both have is a mistake, with its pointer in the stack file.
pub(super) fn merge(document: &mut Map<String, Value>, blocks: Map<String, Value>) -> Result<(), Vec<Found>> {
    let mut conflicts = Vec::new();
    for (section, value) in blocks {
        let pointer = format!("/terraform/{section}");
        match (document.get_mut(&section), section.as_str()) {
            (None, _) => {
                document.insert(section, value);
            }
            // Those of the file come first: their pointers stay.
            (Some(ours), "import" | "moved" | "removed") => *ours = listed(value, ours.take()),
            (Some(ours), "provider") => providers(ours, value, &pointer, &mut conflicts),
            (Some(ours), "terraform") => add(ours, value, 2, &pointer, &mut conflicts),
            (Some(ours), section) => add(ours, value, levels(section), &pointer, &mut conflicts),
        }
    }
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let whole = std::mem::take(document);
    for (section, value) in whole.into_iter().collect::<BTreeMap<_, _>>() {
        let value = sorted(value, levels(&section));
        document.insert(section, value);
    }
    Ok(())
}

fn add(ours: &mut Value, theirs: Value, levels: usize, pointer: &str, conflicts: &mut Vec<Found>) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) if levels > 0 => {
            for (name, value) in theirs {
                let inner = format!("{pointer}/{}", escaped(&name));
                match ours.get_mut(&name) {
                    Some(ours) => add(ours, value, levels - 1, &inner, conflicts),
                    None => {
                        ours.insert(name, value);
                    }
                }
            }
        }
        (ours, theirs) if *ours == theirs => {}
        _ => conflicts.push(conflict(pointer)),
    }
}

/// Configurations of providers: one without and any number with aliases.
fn providers(ours: &mut Value, theirs: Value, pointer: &str, conflicts: &mut Vec<Found>) {
    let (Value::Object(ours), Value::Object(theirs)) = (ours, theirs) else {
        return conflicts.push(conflict(pointer));
    };
    for (name, value) in theirs {
        let Some(known) = ours.get_mut(&name) else {
            ours.insert(name, value);
            continue;
        };
        let aliases = |value: &Value| -> Vec<Value> {
            let one = std::slice::from_ref(value);
            let all = value.as_array().map_or(one, Vec::as_slice);
            all.iter().map(|one| one.get("alias").cloned().unwrap_or_default()).collect()
        };
        let taken = aliases(known);
        if aliases(&value).iter().any(|alias| taken.contains(alias)) {
            conflicts.push(conflict(&format!("{pointer}/{}", escaped(&name))));
        } else {
            *known = listed(value, known.take());
        }
    }
}

fn listed(first: Value, then: Value) -> Value {
    let items = |value| match value {
        Value::Array(items) => items,
        one => vec![one],
    };
    items(first).into_iter().chain(items(then)).collect()
}

fn conflict(pointer: &str) -> Found {
    let what = pointer.trim_start_matches("/terraform/").replace('/', ".");
    let message = format!("`{what}` is there already: the rest of the file makes one");
    (pointer.to_owned(), message, Some("give it another name, or leave it out".to_owned()), None)
}

fn sorted(value: Value, levels: usize) -> Value {
    match value {
        Value::Object(members) if levels > 0 => {
            let members: BTreeMap<String, Value> =
                members.into_iter().map(|(name, value)| (name, sorted(value, levels - 1))).collect();
            Value::Object(members.into_iter().collect())
        }
        value => value,
    }
}
