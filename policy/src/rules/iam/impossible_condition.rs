//! Conditions that no request meets, or that every request meets.

use std::collections::BTreeSet;

use crate::access::{Comparison, Measure, Operator, Quantifier, TextKind};
use crate::iam::{Condition, Statement};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM030",
    name: "impossible-condition",
    summary: "the conditions of a statement contradict each other, or one of them says nothing",
    rationale: "All conditions of a statement must hold. Where two contradict each other the statement has no effect; a condition \
                that is true and false at once always holds.",
    remedy: "keep the condition that is meant, or write two statements",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:PrincipalTag/team\": [\"red\", \"blue\"]}, \"StringNotEquals\": {\"aws:PrincipalTag/team\": \"blue\"}, \"Null\": {\"aws:SourceVpce\": \"true\", \"aws:PrincipalTag/team\": \"false\"}, \"StringEqualsIfExists\": {\"aws:SourceVpce\": \"vpce-1\"}, \"NumericGreaterThan\": {\"aws:MultiFactorAuthAge\": \"10\"}, \"NumericLessThan\": {\"aws:MultiFactorAuthAge\": \"20\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:PrincipalTag/team\": \"red\"}, \"StringNotEquals\": {\"aws:PrincipalTag/team\": [\"red\", \"blue\"]}, \"Bool\": {\"aws:SecureTransport\": [\"true\", \"false\"]}}}}"}}}}"#,
            at: &[r#"\"aws:PrincipalTag/team\""#, r#"\"aws:SecureTransport\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"Null\": {\"aws:SourceVpce\": \"true\"}, \"StringEquals\": {\"aws:SourceVpce\": \"vpce-1\"}, \"NumericGreaterThan\": {\"aws:MultiFactorAuthAge\": \"20\"}, \"NumericLessThan\": {\"aws:MultiFactorAuthAge\": \"10\"}}}}"}}}}"#,
            at: &[r#"\"aws:SourceVpce\""#, r#"\"aws:MultiFactorAuthAge\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements() {
        for (at, condition) in conditions(statement).enumerate() {
            let later = conditions(statement).skip(at.saturating_add(1));
            let mut same_key = later.filter(|other| other.key.eq_ignore_ascii_case(&condition.key));
            let fault = says_nothing(condition)
                .map(|what| (condition, what))
                .or_else(|| same_key.find_map(|other| Some((other, contradiction(condition, other)?))));
            if let Some((condition, what)) = fault {
                judgement.report(Finding::new(&RULE, condition.key_span, &policy.address, what));
            }
        }
    }
}

fn conditions(statement: &Statement) -> impl Iterator<Item = &Condition> {
    statement.condition.known().into_iter().flatten()
}

/// `true` and `false` at once.
fn says_nothing(condition: &Condition) -> Option<String> {
    let operator = Operator::named(&condition.operator)?;
    let values = literals(condition)?;
    let both =
        ["true", "false"].iter().all(|truth| values.iter().any(|value| value.eq_ignore_ascii_case(truth)));
    (both && matches!(operator.comparison, Comparison::Truth | Comparison::Null))
        .then(|| format!("`{}` is `true` or `false` whatever it is", condition.key))
}

/// The values, if all of them are known and none has a policy variable.
fn literals(condition: &Condition) -> Option<BTreeSet<&str>> {
    condition.values.iter().map(|value| value.literal().filter(|text| !text.contains("${"))).collect()
}

fn contradiction(one: &Condition, other: &Condition) -> Option<String> {
    let (first, second) = (Operator::named(&one.operator)?, Operator::named(&other.operator)?);
    absence(one, first, other, second)
        .or_else(|| absence(other, second, one, first))
        .or_else(|| texts(one, first, other, second))
        .or_else(|| texts(other, second, one, first))
        .or_else(|| range(one, first, other, second))
}

/// Absent by one, and something by the other.
fn absence(null: &Condition, of_null: Operator, other: &Condition, operator: Operator) -> Option<String> {
    let absent = of_null.comparison == Comparison::Null
        && of_null.quantifier == Quantifier::None
        && literals(null)?.iter().all(|value| value.eq_ignore_ascii_case("true"));
    let needs_it = operator.comparison != Comparison::Null
        && !operator.negated
        && !operator.if_exists
        && operator.quantifier != Quantifier::All;
    (absent && needs_it).then(|| format!("`{}` cannot be absent and have a value", other.key))
}

/// Equal to nothing that the other admits.
fn texts(equal: &Condition, first: Operator, other: &Condition, second: Operator) -> Option<String> {
    let single = |operator: Operator| {
        operator.quantifier == Quantifier::None && operator.comparison == Comparison::Text(TextKind::Exact)
    };
    if !single(first) || !single(second) || first.negated || first.if_exists {
        return None;
    }
    let (wanted, others) = (literals(equal)?, literals(other)?);
    let none = if second.negated { wanted.is_subset(&others) } else { wanted.is_disjoint(&others) };
    (none && !wanted.is_empty()).then(|| format!("no value of `{}` meets both conditions on it", other.key))
}

/// Below one bound and above a higher one.
fn range(one: &Condition, first: Operator, other: &Condition, second: Operator) -> Option<String> {
    let bounds = |condition: &Condition, kind: Measure| -> Option<Vec<i128>> {
        literals(condition)?.into_iter().map(|text| kind.read(text)).collect()
    };
    let (Comparison::Measure(kind, _), Comparison::Measure(..)) = (first.comparison, second.comparison)
    else {
        return None;
    };
    let says = |condition: &Condition, word: &str| condition.operator.to_ascii_lowercase().contains(word);
    let (below, above) = if says(one, "lessthan") && says(other, "greaterthan") {
        (one, other)
    } else if says(one, "greaterthan") && says(other, "lessthan") {
        (other, one)
    } else {
        return None;
    };
    let highest = bounds(below, kind)?.into_iter().max()?;
    let lowest = bounds(above, kind)?.into_iter().min()?;
    (highest < lowest).then(|| format!("no value of `{}` meets both conditions on it", other.key))
}
