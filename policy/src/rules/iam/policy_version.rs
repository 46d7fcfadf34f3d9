//! `Version`.

use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM011",
    name: "old-policy-version",
    summary: "a policy has no Version, or an old one",
    rationale: "Without `2012-10-17` IAM takes the language of 2008, in which policy variables such as \
                `${aws:username}` are plain text: a condition on them never does what it says.",
    remedy: "add `\"Version\": \"2012-10-17\"`",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:GetCallerIdentity\", \"Resource\": \"*\"}}"}}}}"#,
        r#"{"data": {"aws_iam_policy_document": {"d": {"statement": []}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2008-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:GetCallerIdentity\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"2008-10-17\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2026-01-01\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:GetCallerIdentity\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"2026-01-01\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:GetCallerIdentity\", \"Resource\": \"*\"}}"}}}}"#,
            at: &["{"],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    // Without statements nothing depends on the language.
    for policy in subject.policies.iter().filter(|policy| !policy.statements.is_empty()) {
        let (span, message) = match &policy.version {
            Known::Is(version) if version.literal() == Some("2012-10-17") => continue,
            Known::Is(version) if version.literal().is_none() => {
                judgement.undecided(version.span(), "which version this policy has is known only later");
                continue;
            }
            Known::Later(later) => {
                judgement.undecided(later.span, "which version this policy has is known only later");
                continue;
            }
            Known::Is(version) if version.literal() == Some("2008-10-17") => {
                (version.span(), "this policy is written in the language of 2008")
            }
            Known::Is(version) => (
                version.span(),
                "this is no version of the language: there are `2012-10-17` and `2008-10-17`",
            ),
            Known::Absent => {
                (policy.span.opening(), "this policy has no `Version`, which means the language of 2008")
            }
        };
        judgement.report(Finding::new(&RULE, span, &policy.address, message));
    }
}
