//! `sqs:*`.

use super::is_account_delegation;
use crate::iam::PolicyKind::{Identity, Resource};
use crate::iam::actions;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM001",
    name: "whole-service-action",
    summary: "an Allow statement grants every action of a service",
    rationale: "`service:*` includes the actions that delete data and change permissions, and every action AWS adds to \
                the service later.",
    remedy: "name the actions that are called, such as `sqs:SendMessage`",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:jobs\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}"}}}}"#,
        r#"{"resource": {"aws_kms_key": {"k": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:jobs\"}}"}}}}"#,
            at: &[r#"\"sqs:*\""#],
        },
        Bad {
            document: r#"{"data": {"aws_iam_policy_document": {"d": {"statement": {"actions": ["sqs:*"], "resources": ["arn:aws:sqs:us-east-2:111122223333:jobs"]}}}}}"#,
            at: &[r#""sqs:*""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Statement = [{Effect = \"Allow\", Action = [\"sqs:*\"], Resource = \"arn:aws:sqs:us-east-2:111122223333:jobs\"}]})}"}}}}"#,
            at: &[r#"\"sqs:*\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Identity, Resource]) {
        if is_account_delegation(statement) {
            continue;
        }
        for action in statement.actions() {
            let Some((service, "*")) = action.literal().and_then(|text| text.split_once(':')) else {
                continue; // a narrower action, or one whose unknown part the reader has reported
            };
            if service == "*" {
                continue;
            }
            let count = match actions::matching(&format!("{service}:*")) {
                Some(all) => format!("all {} actions", all.len()),
                None => "every action".to_owned(),
            };
            let message = format!("this statement allows {count} of `{service}`");
            judgement.report(Finding::new(&RULE, action.span(), &policy.address, message));
        }
    }
}
