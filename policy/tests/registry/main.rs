//! Every rule of the registry: its examples, its id, its file.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod coverage;
mod example;
mod page;
mod pages;

use std::collections::BTreeSet;

use jiff::civil::date;
use policy::acceptance::{Acceptances, accept};
use policy::access::Sets;
use policy::rules::{Finding, Judgement, RULES, Rule, Subject, Theme, new_access};
use policy::text::Text;
use policy::{Sources, check};
use policy::{evaluate, json, terraform};

/// What a rule alone finds in a document.
fn findings(rule: &Rule, document: &str) -> (Sources, Vec<Finding>) {
    let mut sources = Sources::default();
    let id = sources.add("example.tf.json", document);
    if rule.theme() == Theme::Checker {
        let acceptances = Acceptances { today: date(2026, 11, 21), ..Acceptances::default() };
        let mut findings = accept(check(&sources, &[id]), &sources, &acceptances).findings;
        findings.retain(|finding| finding.rule.id == rule.id);
        return (sources, findings);
    }
    let text = Text::new(document, sources.whole(id));
    let mut unread = Vec::new();
    let mut blocks = terraform::read(&json::read(&text).unwrap(), &mut unread).unwrap();
    evaluate::evaluate(&mut blocks, &mut unread);
    if rule.name == "new-access" {
        return (sources, new_access(&Sets::default(), &blocks, unread).findings);
    }
    let mut judgement = Judgement::default();
    (rule.check)(&Subject::of(blocks, &mut unread), &mut judgement);
    judgement.settle();
    (sources, judgement.findings)
}

/// The source texts a rule alone reports in a document.
fn reported(rule: &Rule, document: &str) -> Vec<String> {
    let (sources, findings) = findings(rule, document);
    findings.iter().map(|finding| sources.written(finding.span).to_owned()).collect()
}

#[test]
fn good_examples_are_silent() {
    for rule in RULES {
        for document in rule.good {
            assert_eq!(reported(rule, document), [""; 0], "{}: {document}", rule.id);
        }
    }
}

#[test]
fn bad_examples_are_reported_exactly_where_the_rule_says() {
    for rule in RULES {
        for bad in rule.bad {
            assert_eq!(reported(rule, bad.document), bad.at, "{}: {}", rule.id, bad.document);
        }
    }
}

#[test]
fn every_rule_has_both_kinds_of_examples_and_a_source() {
    for rule in RULES {
        assert!(!rule.good.is_empty() && !rule.bad.is_empty() && !rule.sources.is_empty(), "{}", rule.id);
    }
}

#[test]
fn ids_and_names_are_unique() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!((ids.len(), names.len()), (RULES.len(), RULES.len()));
}

#[test]
fn every_file_of_a_rule_is_registered() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let files = ["acceptance", "iam", "secrets"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .filter(|entry| entry.as_ref().unwrap().file_name() != "mod.rs")
        .count();
    assert_eq!(files, RULES.len());
}
