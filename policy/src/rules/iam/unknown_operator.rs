//! Condition operators that do not exist.

use crate::access::Operator;
use command_line::nearest;

use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM018",
    name: "unknown-condition-operator",
    summary: "a condition uses an operator that IAM does not have",
    rationale: "AWS refuses a policy with an operator that it does not know. `Null` cannot have `IfExists`: it asks itself \
                whether the key is there.",
    remedy: "write one of IAM's operators, with `ForAllValues:` or `ForAnyValue:` before it, or `IfExists` behind it",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"stringequalsifexists\": {\"s3:prefix\": \"a\"}, \"ForAnyValue:StringLike\": {\"aws:PrincipalOrgPaths\": \"o-1/*\"}}}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"StringEqual\": {\"s3:prefix\": \"a\"}, \"ForAnyValues:StringLike\": {\"aws:PrincipalOrgPaths\": \"o-1/*\"}, \"NullIfExists\": {\"s3:prefix\": \"true\"}}}}"}}}}"#,
        at: &[r#"\"StringEqual\""#, r#"\"ForAnyValues:StringLike\""#, r#"\"NullIfExists\""#],
    }],
    check,
};

/// The operators (IAM user guide, "Condition operators").
const OPERATORS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "BinaryEquals",
    "IpAddress",
    "NotIpAddress",
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "Null",
];

/// What may stand before an operator.
const QUANTIFIERS: &[&str] = &["ForAllValues", "ForAnyValue"];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, _, condition) in subject.conditions() {
        if Operator::named(&condition.operator).is_none() {
            let what = format!("there is no condition operator `{}`", condition.operator);
            let finding = Finding::new(&RULE, condition.operator_span, &policy.address, what);
            judgement.report(finding.instead(instead(&condition.operator)));
        }
    }
}

fn instead(written: &str) -> String {
    let (quantifier, operator) = match written.split_once(':') {
        Some((quantifier, operator)) => (Some(quantifier), operator),
        None => (None, written),
    };
    let (bare, suffix) = match operator.to_ascii_lowercase().strip_suffix("ifexists") {
        Some(rest) => operator.split_at_checked(rest.len()).unwrap_or((operator, "")),
        None => (operator, ""),
    };
    if bare.eq_ignore_ascii_case("null") {
        return "write `Null`, with `\"true\"` where the key must be absent and `\"false\"` where it must be there".to_owned();
    }
    let quantifier = match quantifier.map(|written| nearest(written, QUANTIFIERS.iter().copied())) {
        None => Some(String::new()),
        Some(found) => found.map(|found| format!("{found}:")),
    };
    match (quantifier, nearest(bare, OPERATORS.iter().copied())) {
        (Some(quantifier), Some(operator)) => format!("did you mean `{quantifier}{operator}{suffix}`?"),
        _ => RULE.remedy.to_owned(),
    }
}
