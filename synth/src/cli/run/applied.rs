//! Which stacks were applied: as far as it can be known, that is where states are files beside the documents.

use std::fs;

use serde_json::Value;

use super::{Screen, Stack, environment, variables};

/// What is known of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Applied {
    /// It has no state.
    Never,
    /// It has one, without resources.
    Empty,
    /// It has one, with resources.
    Standing,
    /// Its state is elsewhere.
    Unknown,
}

fn applied(stack: &Stack) -> Applied {
    let Ok(document) = variables::document(stack) else { return Applied::Unknown };
    let has = |block: &str| document.pointer(&format!("/terraform/{block}")).is_some();
    // In another workspace the state has another place.
    let elsewhere = stack.folder.join(".terraform/environment").exists() || environment::names_a_workspace();
    if has("backend") || has("cloud") || elsewhere {
        return Applied::Unknown;
    }
    let Ok(text) = fs::read(stack.folder.join("terraform.tfstate")) else { return Applied::Never };
    let state: Value = serde_json::from_slice(&text).unwrap_or_default();
    match state.get("resources").and_then(Value::as_array) {
        Some(resources) if resources.is_empty() => Applied::Empty,
        Some(_) => Applied::Standing,
        None => Applied::Unknown,
    }
}

/// Says which stacks that are needed by a chosen one were never applied, nor are going to be.
pub(in crate::cli) fn note_unapplied(all: &[Stack], chosen: &[Stack], screen: &mut Screen) {
    for stack in chosen {
        for need in all.iter().filter(|other| stack.needs.contains(&other.name)) {
            let is_chosen = chosen.iter().any(|other| other.name == need.name);
            if !is_chosen && applied(need) == Applied::Never {
                let (name, need) = (&stack.name, &need.name);
                screen.warning(&format!(
                    "`{name}` needs `{need}`, which was never applied: `--stack {need}` applies it before"
                ));
            }
        }
    }
}

/// Says which stacks still stand that need one which is to be destroyed.
pub(in crate::cli) fn note_dependents(all: &[Stack], chosen: &[Stack], screen: &mut Screen) {
    for stack in chosen {
        for other in all.iter().filter(|other| other.needs.contains(&stack.name)) {
            let is_chosen = chosen.iter().any(|chosen| chosen.name == other.name);
            if !is_chosen && applied(other) == Applied::Standing {
                let (name, other) = (&stack.name, &other.name);
                screen.warning(&format!(
                    "`{other}` needs `{name}` and still stands: `--stack {other}` destroys it before"
                ));
            }
        }
    }
}

/// Why a stack could not be planned, if it is that what it needs was never applied.
pub(in crate::cli) fn missing_needs(all: &[Stack], stack: &Stack) -> Vec<String> {
    let needed = all.iter().filter(|other| stack.needs.contains(&other.name));
    needed.filter(|need| applied(need) == Applied::Never).map(|need| need.name.clone()).collect()
}
