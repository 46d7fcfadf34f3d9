//! Equal spellings of a configuration give equal findings: as JSON in any form, in the native
//! syntax, as a plan and as a state.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod forms;
mod json;
mod model;
mod native;
mod shown;

use json::Spelling;
use policy::{Report, Sources, check};
use proptest::prelude::*;
use serde_json::{Value, json};

fn judge(document: &str) -> Report {
    judge_file("t.tf.json", document)
}

fn judge_file(name: &str, document: &str) -> Report {
    let mut sources = Sources::default();
    let file = sources.add(name, document);
    check(&sources, &[file])
}

/// What is said, without where.
fn said(report: &Report) -> Vec<String> {
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    let mut said: Vec<String> = report
        .findings
        .iter()
        .map(|finding| format!("{} {} {:?}", finding.rule.id, finding.address, finding.secret))
        .chain(report.undecided.iter().map(|later| later.why.clone()))
        .collect();
    said.sort();
    said
}

fn faulty() -> Value {
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"},
        {"Effect": "Allow", "Action": ["iam:PassRole"], "Resource": "arn:aws:iam::111122223333:role/r"}]});
    json!({
        "variable": {"db_password": {"default": "hunter2"}},
        "locals": {"api_key": "hunter3", "list": ["a", "b"]},
        "output": {"o": {"value": "${var.db_password}"}},
        "provider": {"aws": {"region": "us-east-2", "secret_key": "hunter4hunter4"}},
        "data": {"aws_iam_policy_document": {"d": {"statement": {"actions": ["*"], "resources": ["*"]}}}},
        "resource": {
            "aws_iam_policy": {"p": {"policy": policy.to_string()}, "q": {"policy": "${data.aws_iam_policy_document.d.json}"}},
            "aws_iam_role": {"r": {"assume_role_policy": "${var.trust}", "inline_policy": {"policy": policy.to_string()}}},
            "aws_lambda_function": {"f": {"environment": {"variables": {"API_TOKEN": "hunter5"}}}}
        }
    })
}

proptest! {
    #[test]
    fn every_spelling_says_the_same(choices in prop::collection::vec(0_u8..5, 0..300)) {
        let plain = judge(&faulty().to_string());
        let document = Spelling::of(choices).document(&faulty());
        prop_assert_eq!(said(&judge(&document)), said(&plain), "{}", document);
    }
}

#[test]
fn the_document_of_these_tests_has_findings_of_both_kinds() {
    let report = judge(&faulty().to_string());
    let count =
        |prefix: &str| report.findings.iter().filter(|finding| finding.rule.id.starts_with(prefix)).count();
    assert!(count("IAM") >= 3 && count("SEC") >= 4, "{:?}", said(&report));
}

#[test]
fn comments_are_ignored_and_hide_nothing() {
    let document =
        r#"{"//": "c", "resource": {"aws_iam_access_key": {"k": {"//": {"a": ["b"]}, "user": "u"}}}}"#;
    assert_eq!(said(&judge(document)).len(), 1);
}

#[test]
fn comments_may_hold_secrets_and_no_expressions() {
    let token = "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    let document =
        format!(r#"{{"//": "{token}", "resource": {{"aws_sqs_queue": {{"q": {{"//": "${{ not one"}}}}}}}}"#);
    assert!(said(&judge(&document))[0].starts_with("SEC007"));
    assert_eq!(said(&judge(&document)).len(), 1);
}

#[test]
fn a_comment_between_labels_is_undecided() {
    let document = r#"{"resource": {"//": "c", "aws_sqs_queue": {"q": {}}}}"#;
    assert_eq!(said(&judge(document)), ["Terraform refuses a comment between labels"]);
}

#[test]
fn a_policy_says_the_same_as_text_expression_and_document() {
    let text = r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"${aws_sqs_queue.q.arn}\"}}"}}}}"#;
    let expression = r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({\"Version\": \"2012-10-17\", \"Statement\" = {Effect = \"Allow\", Action = \"sqs:*\", Resource = aws_sqs_queue.q.arn}})}"}}}}"#;
    let local = r#"{"locals": {"d": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "${aws_sqs_queue.q.arn}"}]}}, "resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode(local.d)}"}}}}"#;
    let document = r#"{"data": {"aws_iam_policy_document": {"d": {"statement": {"actions": ["sqs:*"], "resources": ["${aws_sqs_queue.q.arn}"]}}}}, "resource": {"aws_iam_policy": {"p": {"policy": "${data.aws_iam_policy_document.d.json}"}}}}"#;
    for spelling in [text, expression, local, document] {
        assert_eq!(said(&judge(spelling)), ["IAM001 aws_iam_policy.p None"], "{spelling}");
    }
}
