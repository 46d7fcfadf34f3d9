//! An allowance of a rule that nobody knows.

use crate::rules::{Bad, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "POL004",
    name: "allowance-of-unknown-rule",
    summary: "an allowance names a rule that does not exist",
    rationale: "It accepts nothing, and what its author wanted to accept is reported.",
    remedy: "write the id of the rule as it is reported",
    sources: &[super::SOURCE],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_access_key": {"ci": {"//": "policy:allow IAM010 \"ci\" the old build server knows nothing else", "user": "ci"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_access_key": {"ci": {"//": "policy:allow IAM0010 \"ci\" the old build server knows nothing else", "user": "ci"}}}}"#,
        at: &[r#""policy:allow IAM0010 \"ci\" the old build server knows nothing else""#],
    }],
    check: super::with_the_report,
};
