//! The page of a rule, and the index of all of them, as Markdown.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeMap;

use policy::rules::{RULES, Rule, Theme};
use serde_json::Value;

use crate::findings;

/// The page of a rule.
pub(crate) fn of(rule: &Rule) -> String {
    let mut page = format!(
        "# {} {}\n\n{}; {}.\n\n{}\n\n**Instead:** {}.\n\n",
        rule.id,
        rule.name,
        rule.severity.name(),
        rule.summary,
        rule.rationale,
        rule.remedy.trim_end_matches('.'),
    );
    for source in rule.sources {
        page += &format!("- <{source}>\n");
    }
    page += "\n## Reported\n";
    for bad in rule.bad {
        page += &format!("\n{}\n```text\n{}```\n", example(bad.document), report(rule, bad.document));
    }
    page += "\n## Accepted\n";
    for good in rule.good {
        page += &format!("\n{}", example(good));
    }
    page
}

/// The index of all pages.
pub(crate) fn index() -> String {
    let mut page = "# Rules\n\nWhat `policy check` judges. `policy explain ID` prints what these pages say; \
                    [coverage](../coverage.md) says which checks of other tools they stand for.\n"
        .to_owned();
    for theme in Theme::ALL {
        let mut rules: Vec<&Rule> = RULES.iter().copied().filter(|rule| rule.theme() == theme).collect();
        rules.sort_by_key(|rule| rule.id);
        if !rules.is_empty() {
            page +=
                &format!("\n## {}\n\n| rule | name | severity | finds |\n|---|---|---|---|\n", theme.title());
        }
        for rule in rules {
            let (id, summary) = (rule.id, rule.summary.replace('|', "\\|"));
            page += &format!("| [{id}]({id}.md) | {} | {} | {summary} |\n", rule.name, rule.severity.name());
        }
    }
    page
}

/// What the rule says of a document.
fn report(rule: &Rule, document: &str) -> String {
    let (sources, findings) = findings(rule, document);
    let severity = rule.severity.name();
    let said = findings.iter().map(|finding| {
        // The page shows a text of JSON as JSON, so what is underlined in it too.
        let written = sources.written(finding.span).replace("\\\"", "\"");
        let instead = finding.instead.as_deref().unwrap_or(rule.remedy);
        format!("{severity}[{}]: {}\n  at: {written}\n  instead: {instead}\n", rule.id, finding.message)
    });
    said.collect()
}

/// A document over several lines. JSON inside of a string stands below it, where it can be read.
fn example(document: &str) -> String {
    let mut value = by_name(serde_json::from_str(document).unwrap());
    let mut inside = Vec::new();
    take_texts(&mut value, "", &mut inside);
    let mut shown = format!("```json\n{}\n```\n", pretty(&value));
    for (argument, text) in inside {
        shown += &format!("\nwhere `{argument}` is the text\n\n```json\n{}\n```\n", pretty(&text));
    }
    shown
}

/// Takes out the strings that are JSON, with the names of their arguments.
fn take_texts(value: &mut Value, argument: &str, inside: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) => {
            members.iter_mut().for_each(|(key, value)| take_texts(value, key, inside));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| take_texts(item, argument, inside)),
        Value::String(text) if text.starts_with(['{', '[']) => {
            if let Ok(parsed) = serde_json::from_str(text) {
                inside.push((argument.to_owned(), by_name(parsed)));
                *text = "…".to_owned();
            }
        }
        _ => {}
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

/// With the members by name, whatever another crate of the build asks of `serde_json`'s maps.
fn by_name(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<String, Value> =
                members.into_iter().map(|(name, member)| (name, by_name(member))).collect();
            members.into_iter().collect()
        }
        Value::Array(items) => items.into_iter().map(by_name).collect(),
        other => other,
    }
}
