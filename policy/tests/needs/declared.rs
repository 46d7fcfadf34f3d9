//! What authors declare that code calls: `policy.needs.json`.

use policy::need;
use policy::{evaluate, iam};
use serde_json::{Value, json};

use crate::configuration::{blocks, inline, judged, pairs, role, set};

/// A function that sends to a queue, with this declared of its role.
fn files(actions: &[&str], declared: &Value) -> Vec<(&'static str, String)> {
    let document = json!({"resource": {
        "aws_sqs_queue": {"jobs": {"name": "jobs"}},
        "aws_iam_role": {"r": role("r", "lambda.amazonaws.com")},
        "aws_iam_role_policy": {"r": inline("r", &[(actions, &["${aws_sqs_queue.jobs.arn}"])])},
        "aws_lambda_function": {"f": {"function_name": "f", "role": "${aws_iam_role.r.arn}"}},
    }});
    vec![("main.tf.json", document.to_string()), ("policy.needs.json", declared.to_string())]
}

fn declared(calls: &Value) -> Value {
    json!({"principals": {"aws_iam_role.r": calls}})
}

fn unread(files: &[(&str, String)]) -> Vec<String> {
    let mut unread = Vec::new();
    let mut blocks = blocks(files);
    evaluate::evaluate(&mut blocks, &mut unread);
    let policies = iam::find(&blocks, &mut unread);
    let _needs = need::derive(&blocks, &policies, &mut unread);
    unread.into_iter().map(|later| later.why).collect()
}

#[test]
fn declared_calls_are_needed_and_complete() {
    let calls = json!([{"actions": ["sqs:SendMessage"], "resources": ["${aws_sqs_queue.jobs.arn}"]}]);
    let files = files(&["sqs:SendMessage", "sqs:PurgeQueue"], &declared(&calls));
    let needs = crate::configuration::needs_of(&blocks(&files));
    assert_eq!(pairs(&needs)["aws_iam_role.r"], set(&[("sqs:SendMessage", "${aws_sqs_queue.jobs.arn}")]));
    assert!(needs.principals["aws_iam_role.r"].is_wholly_known());
    assert_eq!(
        judged("IAM081", &files).0,
        ["`aws_iam_role.r` may do `sqs:PurgeQueue`, which nothing that it is used for needs"]
    );
}

#[test]
fn a_declared_call_that_is_not_allowed_is_missing() {
    let calls = json!([{"actions": ["sqs:DeleteMessage"], "resources": ["${aws_sqs_queue.jobs.arn}"],
        "why": "takes jobs off"}]);
    let (found, _) = judged("IAM080", &files(&["sqs:SendMessage"], &declared(&calls)));
    assert_eq!(found, ["`aws_iam_role.r` may not `sqs:DeleteMessage`: declared: takes jobs off"]);
}

#[test]
fn code_that_calls_nothing_is_declared_as_an_empty_list() {
    let files = files(&["sqs:SendMessage"], &declared(&json!([])));
    assert_eq!(judged("IAM081", &files).0.len(), 1);
}

#[test]
fn values_of_the_configuration_may_stand_in_it() {
    let mut files = files(
        &["sqs:SendMessage"],
        &declared(&json!([{"actions": ["sqs:SendMessage"], "resources": ["${local.queue}"]}])),
    );
    files.push(("locals.tf.json", json!({"locals": {"queue": "${aws_sqs_queue.jobs.arn}"}}).to_string()));
    assert_eq!(judged("IAM080", &files), (Vec::new(), Vec::new()));
    assert_eq!(judged("IAM081", &files), (Vec::new(), Vec::new()));
}

#[test]
fn what_is_not_understood_is_said() {
    let call = |member: &str, value: Value| {
        let mut call = json!({"actions": ["sqs:SendMessage"], "resources": ["*"]});
        call[member] = value;
        declared(&json!([call]))
    };
    for (declared, why) in [
        (json!({}), "`principals` belongs here"),
        (json!([]), "`principals` belongs here"),
        (json!({"principals": {"aws_iam_role.gone": []}}), "no role or user"),
        (declared(&json!({})), "a list of calls belongs here"),
        (declared(&json!(["sqs:SendMessage"])), "a call has `actions` and `resources`"),
        (call("actions", json!([])), "`actions` is missing or empty"),
        (call("resources", json!(null)), "`resources` is missing or empty"),
        (call("actions", json!(["sqs:*"])), "an action such as `sqs:SendMessage`"),
        (call("actions", json!([7])), "an action such as `sqs:SendMessage`"),
    ] {
        let said = unread(&files(&["sqs:SendMessage"], &declared));
        assert!(said.iter().any(|one| one.contains(why)), "{declared}: {said:?}");
    }
}

#[test]
fn a_declaration_that_is_not_understood_declares_nothing_to_be_too_much() {
    let declared = declared(&json!([{"actions": ["sqs:SendMessage"]}]));
    assert_eq!(judged("IAM081", &files(&["sqs:SendMessage"], &declared)).0, [""; 0]);
}
