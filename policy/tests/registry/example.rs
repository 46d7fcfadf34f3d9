//! The examples in `fixtures/coverage`: its README says how they are written.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::path::Path;

use policy::{Sources, check};
use serde_json::{Value, json};

/// What shows that a rule stands for another tool's check.
pub(crate) struct Example {
    /// The check, as the table names it.
    pub(crate) check: String,
    /// The rule that must report it.
    pub(crate) rule: String,
    /// Terraform JSON.
    document: String,
}

impl Example {
    /// Every example.
    pub(crate) fn all() -> Vec<Example> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/coverage");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
        files.flat_map(|path| read(&std::fs::read_to_string(path).unwrap())).collect()
    }

    /// The rules that report it.
    pub(crate) fn reported_by(&self) -> Vec<&'static str> {
        let mut sources = Sources::default();
        let id = sources.add("example.tf.json", &self.document);
        check(&sources, &[id]).findings.iter().map(|finding| finding.rule.id).collect()
    }
}

fn read(text: &str) -> Vec<Example> {
    let mut check = "";
    let mut examples = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("# ") {
            check = name;
            continue;
        }
        let parts: Vec<&str> = line.split('\t').collect();
        let [rule, place, text] = parts.try_into().unwrap();
        let document = document(place, &counted(text));
        examples.push(Example { check: check.to_owned(), rule: rule.to_owned(), document });
    }
    examples
}

fn document(place: &str, text: &str) -> String {
    match place.split_once('.') {
        None if place == "document" => text.to_owned(),
        None => {
            let arguments: Value = serde_json::from_str(text).unwrap();
            json!({"resource": {place: {"example": arguments}}}).to_string()
        }
        Some((kind, argument)) => {
            json!({"resource": {kind: {"example": {argument: policy(text)}}}}).to_string()
        }
    }
}

/// A policy of statements; what is none stays as it is.
fn policy(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(statements) if statements.is_array() || statements.get("Effect").is_some() => {
            json!({"Version": "2012-10-17", "Statement": statements}).to_string()
        }
        _ => text.to_owned(),
    }
}

/// The texts that a text with a count stands for.
fn counted(text: &str) -> String {
    let Some((before, (last, after))) =
        text.split_once("{0000..").and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    else {
        return text.to_owned();
    };
    let (start, first) = before.rsplit_once('"').unwrap();
    let (end, rest) = after.split_once('"').unwrap();
    let texts = (0..=last.parse::<u32>().unwrap()).map(|number| format!("\"{first}{number:04}{end}\""));
    format!("{start}{}{rest}", texts.collect::<Vec<_>>().join(", "))
}
