//! `ForAllValues`, `ForAnyValue`, and keys that have several values.

use super::condition_key;
use crate::access::{Comparison, Operator, Quantifier};
use crate::iam::{Condition, Statement};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM020",
    name: "misused-set-operator",
    summary: "a condition asks for all or any of the values of a key in a way that misses its purpose",
    rationale: "`ForAllValues` also holds where the key is absent, so that an Allow admits requests without it. A key with \
                several values is compared reliably with `ForAllValues` or `ForAnyValue` only; `Null` with them is always \
                true or always false.",
    remedy: "use `ForAllValues` and `ForAnyValue` on keys with several values, and let `Null` ask that the key is there",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"ec2:CreateTags\", \"Resource\": \"arn:aws:ec2:us-east-2:111122223333:instance/i-1\", \"Condition\": {\"ForAllValues:StringEquals\": {\"aws:TagKeys\": [\"team\"]}}}, {\"Effect\": \"Deny\", \"Action\": \"ec2:CreateTags\", \"Resource\": \"*\", \"Condition\": {\"ForAnyValue:StringEquals\": {\"aws:TagKeys\": \"owner\"}}}]}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"dynamodb:GetItem\", \"Resource\": \"arn:aws:dynamodb:us-east-2:111122223333:table/t\", \"Condition\": {\"ForAllValues:StringEquals\": {\"dynamodb:LeadingKeys\": [\"a\"]}, \"Null\": {\"dynamodb:LeadingKeys\": \"false\"}}}]}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"ForAllValues:StringEquals\": {\"s3:prefix\": [\"a\"]}}}, {\"Effect\": \"Allow\", \"Action\": \"dynamodb:GetItem\", \"Resource\": \"arn:aws:dynamodb:us-east-2:111122223333:table/t\", \"Condition\": {\"ForAllValues:StringEquals\": {\"dynamodb:LeadingKeys\": [\"a\"]}}}]}"}}}}"#,
            at: &[r#"\"ForAllValues:StringEquals\""#, r#"\"ForAllValues:StringEquals\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ec2:CreateTags\", \"Resource\": \"arn:aws:ec2:us-east-2:111122223333:instance/i-1\", \"Condition\": {\"StringEquals\": {\"aws:TagKeys\": [\"team\"]}, \"ForAnyValue:Null\": {\"aws:CalledVia\": \"true\"}}}}"}}}}"#,
            at: &[r#"\"StringEquals\""#, r#"\"ForAnyValue:Null\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/gitlab.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"ForAllValues:StringLike\": {\"gitlab.com:sub\": \"project_path:g/p:*\"}}}}"}}}}"#,
            at: &[r#"\"ForAllValues:StringLike\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement, condition) in subject.conditions() {
        if let Some(operator) = Operator::named(&condition.operator)
            && let Some((what, instead)) = misused(operator, condition, statement)
        {
            let finding = Finding::new(&RULE, condition.operator_span, &policy.address, what);
            judgement.report(finding.instead(instead));
        }
    }
}

fn misused(operator: Operator, condition: &Condition, statement: &Statement) -> Option<(String, String)> {
    let written = condition.key.as_str();
    let bare = condition.operator.split_once(':').map_or(condition.operator.as_str(), |(_, bare)| bare);
    if operator.comparison == Comparison::Null && operator.quantifier != Quantifier::None {
        let always = if operator.quantifier == Quantifier::All { "true" } else { "false" };
        let what = format!("`{}` is always {always}", condition.operator);
        return Some((what, "write `Null` alone".to_owned()));
    }
    let has_one = || {
        let what = format!("`{written}` has one value, and `ForAllValues` also holds where it is absent");
        Some((what, format!("write `{bare}`")))
    };
    if operator.quantifier == Quantifier::All && is_claim_of_one_value(written) {
        return has_one();
    }
    // Of other keys that are not in the catalogue it is not known how many values they have.
    let key = condition_key(written, statement)?;
    match operator.quantifier {
        Quantifier::All if !key.is_list() => has_one(),
        Quantifier::All if statement.allows() && !may_be_absent(written) && !asks_for(written, statement) => {
            let what = format!(
                "this also allows requests without `{written}`: `ForAllValues` holds where it is absent"
            );
            Some((
                what,
                format!("add `\"Null\": {{\"{written}\": \"false\"}}`, which asks that the key is there"),
            ))
        }
        Quantifier::None if key.is_list() && operator.comparison != Comparison::Null => {
            let what = format!("`{written}` may have several values, and `{bare}` compares one");
            Some((what, format!("write `ForAnyValue:{bare}` or `ForAllValues:{bare}`")))
        }
        _ => None,
    }
}

/// Keys whose absence is no way around the condition: without tags there is no wrong one (IAM user guide, "Controlling access
/// based on tag keys"), and a grant always has operations (KMS API reference, "CreateGrant").
fn may_be_absent(key: &str) -> bool {
    ["aws:TagKeys", "kms:GrantOperations"].iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Whether a key is the subject or the audience of a token, of whichever provider (IAM user guide, "Available keys for AWS OIDC
/// federation").
fn is_claim_of_one_value(key: &str) -> bool {
    let claim = key.rsplit_once(':').filter(|(provider, _)| provider.contains('.')).map(|(_, claim)| claim);
    matches!(claim, Some("sub" | "aud"))
}

/// Whether the statement asks elsewhere that the key is there.
fn asks_for(key: &str, statement: &Statement) -> bool {
    statement.conditions_on(key).any(|other| match Operator::named(&other.operator) {
        Some(Operator { comparison: Comparison::Null, .. }) => {
            // A value that is known only later may ask for it.
            other
                .values
                .iter()
                .any(|value| value.literal().is_none_or(|text| text.eq_ignore_ascii_case("false")))
        }
        Some(Operator { quantifier: Quantifier::Any, negated, if_exists, .. }) => !negated && !if_exists,
        _ => false,
    })
}
