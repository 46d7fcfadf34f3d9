//! What is known only later makes no policy invalid, wherever it stands; nor do odd spellings of valid ones.

use policy::rules::{Severity, Theme};
use policy::{Report, Sources, check};
use serde_json::{Value, json};

fn judge(document: &str) -> Report {
    let mut sources = Sources::default();
    let file = sources.add("t.tf.json", document);
    check(&sources, &[file])
}

/// The rules on validity that report the policy of a queue, written as an expression.
fn reported(policy: &str) -> Vec<&'static str> {
    let text = Value::from(format!("${{jsonencode({policy})}}")).to_string();
    let report =
        judge(&format!(r#"{{"resource": {{"aws_sqs_queue_policy": {{"p": {{"policy": {text}}}}}}}}}"#));
    let rules = report.findings.iter().map(|finding| finding.rule);
    rules.filter(|rule| rule.theme() == Theme::Validity).map(|rule| rule.id).collect()
}

/// A policy that has every element.
fn valid() -> Value {
    json!({
        "Version": "2012-10-17",
        "Id": "queue",
        "Statement": [
            {
                "Sid": "Topic",
                "Effect": "Allow",
                "Principal": {"Service": "sns.amazonaws.com", "AWS": ["111122223333", "arn:aws:iam::111122223333:role/r"]},
                "Action": ["sqs:SendMessage", "sqs:Get*"],
                "Resource": "arn:aws:sqs:us-east-2:111122223333:jobs",
                "Condition": {
                    "ArnLike": {"aws:SourceArn": "arn:aws:sns:us-east-2:111122223333:t"},
                    "StringEquals": {"aws:PrincipalTag/team": ["red", "blue"]},
                    "Bool": {"aws:SecureTransport": "true"},
                    "IpAddress": {"aws:SourceIp": "203.0.113.0/24"},
                    "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"},
                    "DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"},
                    "Null": {"aws:SourceVpce": "true"},
                },
            },
            {
                "Sid": "Others",
                "Effect": "Deny",
                "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"},
                "NotAction": "sqs:GetQueueUrl",
                "NotResource": "arn:aws:sqs:us-east-2:111122223333:other",
            },
        ],
    })
}

/// Every version of a value in which one string is another one.
fn with_each_string(value: &Value, other: &Value) -> Vec<Value> {
    match value {
        Value::String(_) => vec![other.clone()],
        Value::Array(items) => {
            let each = items.iter().enumerate();
            let versions = each.flat_map(|(at, item)| {
                with_each_string(item, other).into_iter().map(move |item| {
                    let mut items = items.clone();
                    items.splice(at..=at, [item]);
                    Value::Array(items)
                })
            });
            versions.collect()
        }
        Value::Object(members) => {
            let versions = members.iter().flat_map(|(key, item)| {
                with_each_string(item, other).into_iter().map(move |item| {
                    let mut members = members.clone();
                    members.insert(key.clone(), item);
                    Value::Object(members)
                })
            });
            versions.collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_valid_policy_is_silent() {
    assert_eq!(reported(&valid().to_string()), [""; 0]);
}

#[test]
fn what_is_known_only_later_makes_no_policy_invalid() {
    let versions = with_each_string(&valid(), &json!("LATER"));
    assert!(versions.len() > 20);
    for version in versions {
        let policy = version.to_string().replace("\"LATER\"", "var.later");
        assert_eq!(reported(&policy), [""; 0], "{policy}");
    }
}

#[test]
fn what_ends_in_something_known_only_later_makes_no_policy_invalid() {
    for element in ["Action", "Resource"] {
        for start in ["", "arn:aws:", "arn:aws:sqs:us-east-2:", "sqs:", "sqs:Sen", "s"] {
            if (element == "Action") == start.starts_with("arn:")
                || (element == "Resource" && start.starts_with('s'))
            {
                continue;
            }
            let mut policy = valid();
            policy["Statement"][0][element] = json!(format!("{start}LATER"));
            let policy = policy.to_string().replace("LATER", "${var.later}");
            assert_eq!(reported(&policy), [""; 0], "{policy}");
        }
    }
}

#[test]
fn letters_of_operators_keys_and_actions_have_no_case() {
    let mut policy = valid();
    policy["Statement"][0]["Action"] = json!("SQS:SENDMESSAGE");
    policy["Statement"][0]["Condition"] = json!({"STRINGEQUALS": {"AWS:PRINCIPALTAG/team": "red"}});
    assert_eq!(reported(&policy.to_string()), [""; 0]);
}

#[test]
fn hostile_policies_are_reported_and_nothing_panics() {
    let long = "*".repeat(2_000);
    for statement in [
        r#"{"Effect": "", "Action": "", "Resource": "", "Principal": ""}"#.to_owned(),
        r#"{"Effect": "Allow", "Action": ":", "Resource": "arn::::::", "Principal": {"AWS": ""}}"#.to_owned(),
        r#"{"Effect": "Allow", "Action": "é:é", "Resource": "arn:aws:é", "Principal": {"": "é"}}"#.to_owned(),
        format!(
            r#"{{"Effect": "Allow", "Action": ["s3:{long}"], "Resource": "arn:aws:s3:::{long}", "Principal": [["x"]]}}"#
        ),
        r#"{"Condition": {"StringEquals": {"": ""}, "": {"a": "b"}, ":": {":": ["", "${", "${}"]}}}"#
            .to_owned(),
    ] {
        let found = reported(&format!(
            r#"{{"Version": "2012-10-17", "Statement": {}}}"#,
            statement.replace("${", "$${")
        ));
        assert!(!found.is_empty(), "{statement}");
    }
}

#[test]
fn suggestions_are_the_least_severe() {
    assert!(Severity::Suggestion < Severity::Warning && Severity::Warning < Severity::Error);
}
