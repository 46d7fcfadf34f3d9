//! `docs/coverage.md` names rules that exist, and says of every check what stands for it or why nothing does.

use std::collections::BTreeSet;
use std::path::Path;

use policy::rules::{RULES, find};

use crate::example::Example;

/// The rows of its tables: the check, what it finds, and the answer.
fn rows() -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/coverage.md");
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| check |"));
    rows.map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

/// The ids that a text links to.
fn linked(text: &str) -> Vec<&str> {
    text.split("](rules/").skip(1).filter_map(|rest| rest.split_once(".md)")).map(|(id, _)| id).collect()
}

#[test]
fn every_check_has_an_answer_that_holds() {
    let rows = rows();
    assert!(rows.len() > 100, "{} rows", rows.len());
    for row in rows {
        let [check, _, answer] = row.as_slice() else { panic!("a row has three cells: {row:?}") };
        let ids = linked(answer);
        assert!(!ids.is_empty() || answer.starts_with("no: "), "{check}: {answer}");
        for id in ids {
            assert!(find(id).is_some(), "{check}: there is no rule {id}");
        }
    }
}

#[test]
fn every_answer_is_shown_by_an_example() {
    let examples = Example::all();
    let shown: BTreeSet<(&str, &str)> =
        examples.iter().map(|example| (example.check.as_str(), example.rule.as_str())).collect();
    let rows = rows();
    let said: BTreeSet<(&str, &str)> = rows
        .iter()
        .filter_map(|row| Some((row.first()?.as_str(), row.get(2)?.as_str())))
        .flat_map(|(check, answer)| linked(answer).into_iter().map(move |id| (check, id)))
        .collect();
    assert_eq!(shown, said);
    for example in &examples {
        let reported = example.reported_by();
        assert!(reported.contains(&example.rule.as_str()), "{}: {reported:?}", example.check);
    }
}

#[test]
fn every_rule_on_validity_stands_for_a_check() {
    let all = rows().concat().join(" ");
    let linked = linked(&all);
    for rule in RULES.iter().filter(|rule| rule.theme() == policy::rules::Theme::Validity) {
        assert!(linked.contains(&rule.id), "{} is in no row", rule.id);
    }
}
