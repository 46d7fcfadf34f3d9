//! Whatever is given, it is judged or refused, with a place in it; deep and long input comes to an
//! end.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use policy::{Report, Sources, check, report};
use proptest::prelude::*;

/// Names that say how a file is written, and one that does not.
const NAMES: &[&str] = &[
    "main.tf.json",
    "main.tf",
    "x_override.tf",
    "terraform.tfvars",
    "a.auto.tfvars.json",
    "terraform.tfstate",
    "plan",
];

/// Judges a text and writes both reports of it, so that every place is looked up.
fn judge(name: &str, text: &str) -> Report {
    let mut sources = Sources::default();
    let file = sources.add(name, text);
    let report = check(&sources, &[file]);
    let mut out = Vec::new();
    report::human::write(&report, &sources, &mut out).unwrap();
    report::json::write(&report, &sources, &mut out).unwrap();
    for failure in &report.failures {
        let place = sources.position(failure.span);
        assert!(place.line >= 1 && place.column >= 1);
    }
    report
}

/// The documents of the fixtures in every form.
fn documents() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/access");
    let files = ["native/main.tf", "json/main.tf.json", "native.plan.json", "json.plan.json"];
    files.iter().map(|file| fs::read_to_string(folder.join(file)).unwrap()).collect()
}

/// A range of characters replaced by another piece of the same text, or by odd characters.
fn mutated(text: &str, at: usize, length: usize, from: usize, odd: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let count = characters.len();
    let at = at % count;
    let end = (at + length).min(count);
    let piece = characters.iter().skip(from % count).take(length);
    let put: String = if odd.is_empty() { piece.collect() } else { odd.to_owned() };
    characters.iter().take(at).collect::<String>() + &put + &characters.iter().skip(end).collect::<String>()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_judged_or_refused(name in 0..NAMES.len(), text in any::<String>(), odd in r#"[{}\[\]":,$%a-z~.()=\\<\n\- ]{0,80}"#) {
        judge(NAMES[name], &text);
        judge(NAMES[name], &odd);
    }

    #[test]
    fn a_mutated_document_is_judged_or_refused(
        document in 0_usize..4, at in any::<usize>(), length in 0_usize..60, from in any::<usize>(),
        odd in prop_oneof![Just(String::new()), r#"[{}\[\]"$%~\\\u{0}é<]{0,4}"#],
    ) {
        let documents = documents();
        let text = mutated(&documents[document], at, length, from, &odd);
        judge(if document == 0 { "main.tf" } else { "main.tf.json" }, &text);
    }
}

#[test]
fn deep_input_is_refused_with_its_place() {
    for (name, text, why) in [
        ("a.tf.json", "[".repeat(1_000_000), "not JSON: expected at most 128 nested arrays and objects"),
        ("a.tf", format!("a = {}", "[".repeat(100_000)), "at most 64 nested levels"),
        ("a.tf", "a {\n".repeat(100_000), "at most 64 nested levels"),
    ] {
        let report = judge(name, &text);
        let failure = report.failures.first().unwrap();
        assert!(failure.message.contains(why), "{}", failure.message);
    }
}

/// A string in a string in a string has as many escapes as there is room for.
#[test]
fn strings_in_strings_come_to_an_end() {
    let mut text = r#"{"password": "hunter2"}"#.to_owned();
    for _ in 0..12 {
        text = serde_json::json!({ "a": text }).to_string();
    }
    let document = serde_json::json!({"resource": {"aws_x": {"y": {"z": text}}}}).to_string();
    assert!(judge("a.tf.json", &document).failures.is_empty());
}

/// A configuration of `count` resources, a policy, an environment and an output each, in one line.
fn long(count: usize) -> String {
    let policy = r#"{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}"#;
    let each = |write: &dyn Fn(usize) -> String| (0..count).map(write).collect::<Vec<_>>().join(",");
    format!(
        r#"{{"locals": {{{}}}, "resource": {{"aws_iam_policy": {{{}}}, "aws_lambda_function": {{{}}}}}, "output": {{{}}}}}"#,
        each(&|index| format!(r#""l{index}": "${{var.v{index}}}""#)),
        each(&|index| format!(r#""p{index}": {{"policy": "{policy}"}}"#)),
        each(&|index| format!(
            r#""f{index}": {{"environment": {{"variables": {{"A": "${{local.l{index}}}"}}}}}}"#
        )),
        each(&|index| format!(r#""o{index}": {{"value": "${{local.l{index}}}"}}"#)),
    )
}

/// The processor time of one judgement, the least of several.
fn cost(count: usize) -> f64 {
    let text = long(count);
    let once = || {
        let start = cpu_time::ThreadTime::now();
        assert_eq!(judge("a.tf.json", &text).findings.len(), count);
        start.elapsed().as_secs_f64()
    };
    (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
}

#[test]
fn eight_times_the_input_costs_about_eight_times_the_work() {
    let ratio = cost(1600) / cost(200);
    assert!(ratio < 24.0, "{ratio}");
}
