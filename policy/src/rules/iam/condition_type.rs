//! Operators that compare something else than the key or the value is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::condition_key;
use crate::access::{Comparison, Measure, Network, Operator, TextKind};
use crate::iam::{Condition, Statement};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM019",
    name: "condition-type-mismatch",
    summary: "a condition compares values of another type than its key or operator has",
    rationale: "A number that is no number, a date, an address or an ARN that is none never matches: the statement does not do \
                what it says. An operator for another type than the key's may compare texts that are never equal.",
    remedy: "use the operator of the key's type, and values of that type",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"Bool\": {\"aws:SecureTransport\": true}, \"NumericLessThan\": {\"aws:MultiFactorAuthAge\": \"3600\"}, \"DateGreaterThan\": {\"aws:CurrentTime\": \"2026-01-01T00:00:00Z\"}, \"IpAddress\": {\"aws:SourceIp\": \"203.0.113.0/24\"}, \"StringLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::111122223333:role/a*\"}, \"ArnLike\": {\"aws:SourceArn\": \"arn:aws:s3:::b\"}, \"Null\": {\"aws:TokenIssueTime\": \"true\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = {Effect = \"Allow\", Action = \"s3:ListBucket\", Resource = \"arn:aws:s3:::b\", Condition = {IpAddress = {\"aws:SourceIp\" = var.range}, ArnLike = {\"aws:SourceArn\" = aws_sns_topic.t.arn}}}})}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"StringEquals\": {\"aws:SecureTransport\": \"true\", \"aws:SourceIp\": \"203.0.113.7\"}, \"NumericEquals\": {\"s3:prefix\": \"1\"}}}}"}}}}"#,
            at: &[r#"\"StringEquals\""#, r#"\"NumericEquals\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"Bool\": {\"aws:SecureTransport\": \"yes\"}, \"NumericLessThan\": {\"aws:MultiFactorAuthAge\": \"one hour\"}, \"DateGreaterThan\": {\"aws:CurrentTime\": \"tomorrow\"}, \"IpAddress\": {\"aws:SourceIp\": \"203.0.113.0/33\"}, \"ArnLike\": {\"aws:SourceArn\": \"arn:aws:s3::b\"}, \"Null\": {\"aws:TokenIssueTime\": \"absent\"}}}}"}}}}"#,
            at: &[
                r#"\"yes\""#,
                r#"\"one hour\""#,
                r#"\"tomorrow\""#,
                r#"\"203.0.113.0/33\""#,
                r#"\"arn:aws:s3::b\""#,
                r#"\"absent\""#,
            ],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement, condition) in subject.conditions() {
        let Some(operator) = Operator::named(&condition.operator) else {
            continue; // another rule's
        };
        if let Some((what, instead)) = mismatch(operator.comparison, condition, statement) {
            let finding = Finding::new(&RULE, condition.operator_span, &policy.address, what);
            judgement.report(finding.instead(instead));
        }
        for value in &condition.values {
            // A policy variable may become anything; whether it may stand here is another rule's.
            let Some(written) = value.literal().filter(|written| !written.contains("${")) else {
                continue;
            };
            if let Some((is_no, instead)) = unlike(operator.comparison, written) {
                let what =
                    format!("`{written}` is no {is_no}, which is what `{}` compares", condition.operator);
                judgement.report(Finding::new(&RULE, value.span(), &policy.address, what).instead(instead));
            }
        }
    }
}

/// An operator that is not for the key's type.
fn mismatch(
    comparison: Comparison,
    condition: &Condition,
    statement: &Statement,
) -> Option<(String, String)> {
    let key = condition_key(&condition.key, statement)?;
    let kind = key.kind.trim_start_matches("ArrayOf");
    let (fits, operators) = match kind {
        // ARNs stand in keys that are said to be strings, and the other way round.
        "String" | "ARN" => (matches!(comparison, Comparison::Text(_)), "`String…` or `Arn…`"),
        "Bool" => (comparison == Comparison::Truth, "`Bool`"),
        "Numeric" => (matches!(comparison, Comparison::Measure(Measure::Number, _)), "`Numeric…`"),
        // Seconds of the epoch are numbers too.
        "Date" => (matches!(comparison, Comparison::Measure(..)), "`Date…`"),
        "IPAddress" => (comparison == Comparison::Address, "`IpAddress` or `NotIpAddress`"),
        _ => return None,
    };
    if fits || matches!(comparison, Comparison::Null | Comparison::Binary) {
        return None;
    }
    let what = format!(
        "`{}` is of the type `{kind}`, which `{}` does not compare",
        condition.key, condition.operator
    );
    Some((what, format!("compare it with {operators}")))
}

/// What a value is not, and what to write.
fn unlike(comparison: Comparison, written: &str) -> Option<(&'static str, &'static str)> {
    let truth = |text: &str| text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
    let (fits, is_no, instead) = match comparison {
        Comparison::Text(TextKind::Arn) => {
            (is_arn(written), "ARN", "write all six parts: `arn:partition:service:region:account:resource`")
        }
        Comparison::Text(_) => return None,
        Comparison::Measure(Measure::Number, _) => {
            (Measure::Number.read(written).is_some(), "number", "write digits, such as `3600`")
        }
        Comparison::Measure(Measure::Date, _) => (
            Measure::Date.read(written).is_some(),
            "date",
            "write `2026-01-31` or `2026-01-31T23:59:59Z` (ISO 8601)",
        ),
        Comparison::Truth => (truth(written), "truth value", "write `true` or `false`"),
        Comparison::Null => (
            truth(written),
            "truth value",
            "write `true` where the key must be absent, `false` where it must be there",
        ),
        Comparison::Binary => (BASE64.decode(written).is_ok(), "text in base64", "write the bytes in base64"),
        Comparison::Address => (
            Network::read(written).is_some(),
            "network",
            "write CIDR notation, such as `203.0.113.0/24` or `2001:db8::/32`",
        ),
    };
    (!fits).then_some((is_no, instead))
}

/// Six parts, or a star for any.
fn is_arn(written: &str) -> bool {
    written == "*" || (written.starts_with("arn:") && written.splitn(6, ':').count() == 6)
}
