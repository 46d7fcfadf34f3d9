//! An allowance that nothing is found for.

use crate::rules::{Bad, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "POL001",
    name: "unused-allowance",
    summary: "an allowance accepts nothing",
    rationale: "What it was for is gone or has changed, and it would accept the same again wherever it is copied to.",
    remedy: "delete it; or, if what was found has changed, judge it anew and write down the new value",
    sources: &[super::SOURCE],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_access_key": {"ci": {"//": "policy:allow IAM010 \"ci\" the old build server knows nothing else", "user": "ci"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_sqs_queue": {"q": {"//": "policy:allow IAM010 \"ci\" the old build server knows nothing else", "name": "jobs"}}}}"#,
        at: &[r#""policy:allow IAM010 \"ci\" the old build server knows nothing else""#],
    }],
    check: super::with_the_report,
};
