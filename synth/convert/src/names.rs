//! What elements are called in Rust.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Declaration;

/// Functions that programs call by these words, and the words that they have for the app and the stack.
const TAKEN: [&str; 11] = [
    "app",
    "stack",
    "conditional",
    "null",
    "own",
    "verbatim",
    "workspace",
    "path_module",
    "path_root",
    "path_cwd",
    "build",
];

/// Names that say nothing of what they name.
const EMPTY: [&str; 6] = ["this", "main", "default", "example", "self", "it"];

/// The word of each address.
pub(crate) fn assign(declarations: &[Declaration]) -> BTreeMap<String, String> {
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|word| (*word).to_owned()).collect();
    let mut words = BTreeMap::new();
    for declaration in declarations {
        let address = declaration.address();
        if address.is_empty() {
            continue;
        }
        let word = candidates(declaration).find(|word| !taken.contains(word)).unwrap_or_default();
        taken.insert(word.clone());
        words.insert(address, word);
    }
    words
}

/// The words that an element could have, the best first; there is no end to them.
fn candidates(declaration: &Declaration) -> impl Iterator<Item = String> + use<> {
    let (kind, name) = match declaration.kind.as_str() {
        "resource" | "data" | "ephemeral" => (last_word(declaration.label(0)), declaration.label(1)),
        "provider" => match declaration.argument("alias") {
            Some(hcl_edit::expr::Expression::String(alias)) => (declaration.label(0), alias.as_str()),
            _ => ("provider", declaration.label(0)),
        },
        kind => (kind, declaration.label(0)),
    };
    let empty = EMPTY.contains(&name);
    let best = if empty { kind.to_owned() } else { name.to_owned() };
    let long = match declaration.kind.as_str() {
        "resource" | "data" | "ephemeral" => {
            let short = declaration.label(0).split_once('_').map_or(declaration.label(0), |(_, rest)| rest);
            if empty { short.to_owned() } else { format!("{name}_{kind}") }
        }
        _ => format!("{name}_{kind}"),
    };
    let numbered = long.clone();
    let words = [best, long].into_iter().chain((2_u64..).map(move |number| format!("{numbered}_{number}")));
    words.map(|word| synth_bindings::word(&word))
}

/// `aws_s3_bucket` is a bucket.
fn last_word(type_name: &str) -> &str {
    type_name.rsplit('_').next().filter(|word| word.len() > 2).unwrap_or(type_name)
}
