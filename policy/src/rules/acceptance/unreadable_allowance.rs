//! A comment that is almost an allowance.

use crate::rules::{Bad, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "POL005",
    name: "unreadable-allowance",
    summary: "a comment begins as an allowance and is none",
    rationale: "Its author wanted to accept something, and it accepts nothing.",
    remedy: "write `policy:allow RULE \"value\" reason`, and `until 2027-01-31` behind it if it is to expire, inside of the block that it is about",
    sources: &[super::SOURCE],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_access_key": {"ci": {"//": "policy:allow IAM010 \"ci\" the old build server knows nothing else", "user": "ci"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_sqs_queue": {"q": {"//": "policy:allow IAM010, it is needed", "name": "jobs"}}}}"#,
            at: &[r#""policy:allow IAM010, it is needed""#],
        },
        Bad {
            document: r#"{"//": "policy:allow IAM010 \"ci\" the old build server knows nothing else", "resource": {"aws_iam_access_key": {"ci": {"//": "policy:allow IAM010 \"ci\" the same", "user": "ci"}}}}"#,
            at: &[r#""policy:allow IAM010 \"ci\" the old build server knows nothing else""#],
        },
    ],
    check: super::with_the_report,
};
