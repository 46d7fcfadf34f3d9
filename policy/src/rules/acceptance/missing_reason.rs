//! An allowance that does not say why.

use crate::rules::{Bad, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "POL003",
    name: "allowance-without-reason",
    summary: "an allowance gives no reason",
    rationale: "Without a reason nobody can tell later whether it still holds, so it accepts nothing.",
    remedy: "write the reason behind the value",
    sources: &[super::SOURCE],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_access_key": {"ci": {"//": "policy:allow IAM010 \"ci\" the old build server knows nothing else", "user": "ci"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_access_key": {"ci": {"//": "policy:allow IAM010 \"ci\"", "user": "ci"}}}}"#,
        at: &[r#""policy:allow IAM010 \"ci\"""#],
    }],
    check: super::with_the_report,
};
