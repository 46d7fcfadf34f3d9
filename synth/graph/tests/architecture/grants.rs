//! Who may do what, and who may act as whom.

use serde_json::{Value, json};
use synth_graph::architecture::Meaning;

use crate::document::{arrows, drawn};

/// A function with a role that is granted this.
fn function(statement: &Value) -> Value {
    let trust = json!({ "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": { "Service": "lambda.amazonaws.com" } }] });
    json!({
        "variable": { "bucket": {} },
        "resource": {
            "aws_lambda_function": { "jobs": { "function_name": "jobs", "role": "${aws_iam_role.jobs.arn}" } },
            "aws_iam_role": { "jobs": { "name": "jobs", "assume_role_policy": trust.to_string() } },
            "aws_iam_role_policy": { "jobs": { "role": "${aws_iam_role.jobs.name}",
                "policy": json!({ "Statement": [statement] }).to_string() } },
            "aws_sqs_queue": { "jobs": { "name": "jobs" } },
        },
    })
}

fn allowed(statement: &Value) -> Vec<String> {
    arrows(&drawn(&function(statement)), Meaning::May)
}

#[test]
fn a_workload_may_what_its_role_is_granted() {
    assert_eq!(
        allowed(
            &json!({ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "${aws_sqs_queue.jobs.arn}" })
        ),
        ["aws_lambda_function.jobs -> aws_sqs_queue.jobs: sqs:SendMessage"]
    );
}

#[test]
fn a_denial_is_no_arrow() {
    assert_eq!(
        allowed(
            &json!({ "Effect": "Deny", "Action": "sqs:SendMessage", "Resource": "${aws_sqs_queue.jobs.arn}" })
        ),
        Vec::<String>::new()
    );
}

#[test]
fn many_actions_are_summarised_by_what_they_do() {
    let actions = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueUrl"];
    assert_eq!(
        allowed(&json!({ "Effect": "Allow", "Action": actions, "Resource": "${aws_sqs_queue.jobs.arn}" })),
        ["aws_lambda_function.jobs -> aws_sqs_queue.jobs: sqs: read, write (4 actions)"]
    );
}

#[test]
fn everything_is_a_box_of_its_own() {
    assert_eq!(
        allowed(&json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" })),
        ["aws_lambda_function.jobs -> outside:*: s3:GetObject"]
    );
}

#[test]
fn an_action_that_no_resource_can_limit_is_said_and_not_drawn() {
    let drawn = drawn(&function(
        &json!({ "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*" }),
    ));
    assert_eq!(arrows(&drawn, Meaning::May), Vec::<String>::new());
    let remarks: Vec<&String> = drawn.nodes["aws_lambda_function.jobs"].remarks.iter().collect();
    assert_eq!(remarks, ["may ecr:GetAuthorizationToken on every resource"]);
}

#[test]
fn what_is_named_by_an_arn_is_found_by_its_name() {
    assert_eq!(
        allowed(&json!({ "Effect": "Allow", "Action": "sqs:SendMessage",
            "Resource": "arn:aws:sqs:eu-west-1:111111111111:jobs" })),
        ["aws_lambda_function.jobs -> aws_sqs_queue.jobs: sqs:SendMessage"]
    );
}

#[test]
fn what_is_elsewhere_stands_for_itself() {
    let statement =
        |resource: &str| json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": resource });
    assert_eq!(
        allowed(&statement("arn:aws:s3:::elsewhere/*")),
        ["aws_lambda_function.jobs -> given:arn:aws:s3:::elsewhere: s3:GetObject"]
    );
    assert_eq!(
        allowed(&statement("${var.bucket}")),
        ["aws_lambda_function.jobs -> given:var.bucket: s3:GetObject"]
    );
}

#[test]
fn a_role_that_nobody_acts_with_is_a_box_that_github_may_act_as() {
    let trust = json!({ "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": { "Federated": "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" },
        "Condition": { "StringEquals": { "token.actions.githubusercontent.com:sub": "repo:acme/shop:ref:refs/heads/main" } } }] });
    let drawn = drawn(&json!({ "resource": {
        "aws_iam_role": { "deploy": { "name": "deploy", "assume_role_policy": trust.to_string() } } } }));
    assert_eq!(
        arrows(&drawn, Meaning::Trusted),
        ["outside:GitHub -> aws_iam_role.deploy: acme/shop:ref:refs/heads/main"]
    );
}

#[test]
fn a_service_that_acts_for_a_resource_is_that_resource() {
    let policy = json!({ "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject",
        "Principal": { "Service": "cloudfront.amazonaws.com" }, "Resource": "${aws_s3_bucket.site.arn}/*",
        "Condition": { "StringEquals": { "aws:SourceArn": "${aws_cloudfront_distribution.site.arn}" } } }] });
    let drawn = drawn(&json!({ "resource": {
        "aws_cloudfront_distribution": { "site": {} },
        "aws_s3_bucket": { "site": { "bucket": "site" } },
        "aws_s3_bucket_policy": { "site": { "bucket": "${aws_s3_bucket.site.id}", "policy": policy.to_string() } },
    } }));
    assert_eq!(
        arrows(&drawn, Meaning::May),
        ["aws_cloudfront_distribution.site -> aws_s3_bucket.site: s3:GetObject"]
    );
}

#[test]
fn everybody_is_the_internet() {
    let policy = json!({ "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Principal": "*",
        "Resource": "${aws_s3_bucket.site.arn}/*" }] });
    let drawn = drawn(&json!({ "resource": {
        "aws_s3_bucket": { "site": { "bucket": "site" } },
        "aws_s3_bucket_policy": { "site": { "bucket": "${aws_s3_bucket.site.id}", "policy": policy.to_string() } },
    } }));
    assert_eq!(arrows(&drawn, Meaning::May), ["outside:internet -> aws_s3_bucket.site: s3:GetObject"]);
}
