//! `aws_iam_access_key`.

use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM010",
    name: "long-lived-access-key",
    summary: "an access key is created for a user",
    rationale: "The key does not expire, and its secret half is kept in the state file.",
    remedy: "let the workload assume a role; from outside AWS by OpenID Connect or IAM Roles Anywhere",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles"],
    severity: Severity::Error,
    good: &[r#"{"resource": {"aws_iam_user": {"u": {"name": "u"}}}}"#],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_access_key": {"ci": {"user": "u"}}}}"#,
        at: &[r#""ci""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for block in &subject.blocks {
        if block.is_resource("aws_iam_access_key") {
            let message = "this access key does not expire, and its secret is kept in the state";
            judgement.report(Finding::new(&RULE, block.span, block.address(), message));
        }
    }
}
