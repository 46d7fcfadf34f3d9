//! An allowance whose day has come.

use crate::rules::{Bad, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "POL002",
    name: "expired-allowance",
    summary: "an allowance has expired",
    rationale: "Whoever wrote it wanted it to be looked at again on that day; what it accepted is reported from then on.",
    remedy: "remove what it accepts, or judge it anew and write down another day",
    sources: &[super::SOURCE],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_access_key": {"ci": {"//": "policy:allow IAM010 \"ci\" until the build server is replaced until 9999-12-31", "user": "ci"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_access_key": {"ci": {"//": "policy:allow IAM010 \"ci\" until the build server is replaced until 2000-01-31", "user": "ci"}}}}"#,
        at: &[r#""policy:allow IAM010 \"ci\" until the build server is replaced until 2000-01-31""#],
    }],
    check: super::with_the_report,
};
