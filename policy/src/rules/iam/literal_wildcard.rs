//! `StringEquals` with a star.

use crate::access::{Comparison, Operator, TextKind};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM021",
    name: "literal-wildcard",
    summary: "a condition compares a text with `*` or `?` by an operator that has no wildcards",
    rationale: "For `StringEquals` and its kin a star is a star: the condition never matches what the pattern was meant for, and \
                negated it always does.",
    remedy: "use `StringLike` or `StringNotLike`, or write the text without wildcards",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"StringLike\": {\"s3:prefix\": \"home/*\"}, \"StringEquals\": {\"s3:delimiter\": \"/${*}\"}}}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"StringEquals\": {\"s3:prefix\": [\"home/*\", \"tmp\"]}, \"ForAnyValue:StringNotEqualsIfExists\": {\"aws:PrincipalOrgPaths\": \"o-1/r-?/*\"}}}}"}}}}"#,
        at: &[r#"\"home/*\""#, r#"\"o-1/r-?/*\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, _, condition) in subject.conditions() {
        let Some(operator) = Operator::named(&condition.operator) else {
            continue; // another rule's
        };
        if !matches!(operator.comparison, Comparison::Text(TextKind::Exact | TextKind::ExactWithoutCase)) {
            continue;
        }
        for value in &condition.values {
            // `${*}` and `${?}` are how a star and a question mark are written where they are meant.
            let plain = value.as_str().replace("${*}", "").replace("${?}", "");
            if plain.contains(['*', '?']) {
                let what =
                    format!("`{}` takes the wildcard in this text for a character", condition.operator);
                let like = if operator.negated { "StringNotLike" } else { "StringLike" };
                let instead = format!("write `{like}`, or the text without wildcards");
                judgement.report(Finding::new(&RULE, value.span(), &policy.address, what).instead(instead));
            }
        }
    }
}
