//! `Sid`.

use std::collections::BTreeSet;

use crate::iam::PolicyKind::{Boundary, Identity, Trust};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM026",
    name: "invalid-statement-id",
    summary: "a statement's `Sid` is not unique, or has characters that IAM does not take",
    rationale: "IAM refuses a policy in which two statements have the same `Sid`, and a `Sid` with other characters than \
                letters and digits. Other services take more characters.",
    remedy: "give each statement a `Sid` of its own, of letters and digits, or none",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"Allow the topic\", \"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}, {\"Sid\": \"\", \"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}, {\"Sid\": \"\", \"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}]}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"A\", \"Effect\": \"Deny\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}, {\"Sid\": \"A\", \"Effect\": \"Deny\", \"Action\": \"sns:*\", \"Resource\": \"*\"}, {\"Sid\": \"deny-all\", \"Effect\": \"Deny\", \"Action\": \"ec2:*\", \"Resource\": \"*\"}]}"}}}}"#,
        at: &[r#"\"A\""#, r#"\"deny-all\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for policy in &subject.policies {
        let mut seen = BTreeSet::new();
        for statement in &policy.statements {
            let Known::Is(sid) = &statement.sid else {
                continue;
            };
            // An empty one is none.
            let Some(written) = sid.literal().filter(|written| !written.is_empty()) else {
                continue;
            };
            let is_plain = written.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let what = if !seen.insert(written) {
                format!("another statement of this policy has the `Sid` `{written}`")
            } else if matches!(policy.kind, Identity | Boundary | Trust) && !is_plain {
                format!("the `Sid` `{written}` has other characters than letters and digits")
            } else {
                continue;
            };
            judgement.report(Finding::new(&RULE, sid.span(), &policy.address, what));
        }
    }
}
