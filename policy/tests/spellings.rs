//! Equal spellings of a configuration give equal findings.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use policy::{Report, Sources, check};
use proptest::prelude::*;
use serde_json::{Value, json};

fn judge(document: &str) -> Report {
    let mut sources = Sources::default();
    let file = sources.add("t.tf.json", document);
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

/// How a document is written: choices taken one after the other.
struct Spelling {
    choices: Vec<u8>,
    next: usize,
}

impl Spelling {
    fn choose(&mut self) -> u8 {
        let choice = self.choices.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        choice
    }

    /// The levels of labels and blocks, where an object may also be a list of objects.
    fn block(&mut self, value: &Value, labels: usize) -> String {
        let Value::Object(members) = value else { return value.to_string() };
        let mut written: Vec<String> = Vec::new();
        for (key, inner) in members {
            let nested = matches!(key.as_str(), "inline_policy" | "environment" | "statement");
            let inner = if labels > 0 {
                self.block(inner, labels - 1)
            } else if nested {
                self.list(inner.to_string())
            } else {
                inner.to_string()
            };
            written.push(format!("{}{}:{}{inner}", self.key(key), self.space(), self.space()));
        }
        let separator = format!(",{}", self.space());
        let split = labels > 0 && written.len() > 1 && self.choose() == 1;
        if split {
            // Every member in an object of its own.
            let objects: Vec<String> = written.iter().map(|member| format!("{{{member}}}")).collect();
            return format!("[{}]", objects.join(&separator));
        }
        let object = format!("{{{}{}}}", self.space(), written.join(&separator));
        self.list(object)
    }

    fn list(&mut self, object: String) -> String {
        if self.choose() == 2 { format!("[{object}]") } else { object }
    }

    fn key(&mut self, key: &str) -> String {
        if self.choose() != 3 {
            return format!("\"{key}\"");
        }
        let escaped: String = key.chars().map(|character| format!("\\u{:04x}", character as u32)).collect();
        format!("\"{escaped}\"")
    }

    fn space(&mut self) -> &'static str {
        ["", " ", "\t", "\r\n", "\n\t  "][usize::from(self.choose()) % 5]
    }

    fn document(&mut self, value: &Value) -> String {
        let members: Vec<String> = value
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(key, inner)| {
                let labels = match key.as_str() {
                    "resource" | "data" => 2,
                    "locals" => 0,
                    _ => 1,
                };
                // A root key may be repeated, once for each of its members.
                let parts: Vec<Value> = match inner {
                    Value::Object(members) if labels > 0 && self.choose() == 1 => {
                        members.iter().map(|(name, one)| json!({name: one})).collect()
                    }
                    other => vec![other.clone()],
                };
                let write = |part: &Value| format!("{}:{}", self.key(key), self.block(part, labels));
                parts.iter().map(write).collect::<Vec<_>>()
            })
            .collect();
        format!("{{{}{}}}", self.space(), members.join(","))
    }
}

proptest! {
    #[test]
    fn every_spelling_says_the_same(choices in prop::collection::vec(0_u8..5, 0..300)) {
        let plain = judge(&faulty().to_string());
        let document = Spelling { choices, next: 0 }.document(&faulty());
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
