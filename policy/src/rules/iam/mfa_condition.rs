//! Conditions on multi-factor authentication that pass without it.

use crate::access::{Comparison, Operator};
use crate::iam::{Effect, Statement};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM035",
    name: "ineffective-mfa-condition",
    summary: "a condition on multi-factor authentication lets requests without it pass",
    rationale: "`aws:MultiFactorAuthPresent` is absent from requests with long-lived access keys. A Deny where it is `false` does \
                not deny them, and an Allow with `BoolIfExists` allows them.",
    remedy: "deny with `BoolIfExists` and `false`; allow with `Bool` and `true`",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"NotAction\": \"iam:*\", \"Resource\": \"*\", \"Condition\": {\"BoolIfExists\": {\"aws:MultiFactorAuthPresent\": \"false\"}}}, {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"}}}]}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"NotAction\": \"iam:*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"aws:MultiFactorAuthPresent\": \"false\"}}}, {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"Condition\": {\"BoolIfExists\": {\"aws:MultiFactorAuthPresent\": true}}}]}"}}}}"#,
        at: &[r#"\"Bool\""#, r#"\"BoolIfExists\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements() {
        for condition in statement.conditions_on("aws:MultiFactorAuthPresent") {
            let Some(operator) = Operator::named(&condition.operator) else {
                continue; // another rule's
            };
            let is = |truth: &str| {
                let says = |text: &str| text.eq_ignore_ascii_case(truth);
                !condition.values.is_empty()
                    && condition.values.iter().all(|value| value.literal().is_some_and(says))
            };
            let passes = match statement.effect {
                Known::Is(Effect::Deny) => !operator.if_exists && is("false") && !also_absent(statement),
                Known::Is(Effect::Allow) => operator.if_exists && is("true"),
                Known::Absent | Known::Later(_) => false,
            };
            if passes && operator.comparison == Comparison::Truth {
                let (what, instead) = match statement.effect {
                    Known::Is(Effect::Deny) => {
                        ("this does not deny requests with long-lived access keys", "write `BoolIfExists`")
                    }
                    _ => ("this also allows requests with long-lived access keys", "write `Bool`"),
                };
                let finding = Finding::new(&RULE, condition.operator_span, &policy.address, what);
                judgement.report(finding.instead(instead));
            }
        }
    }
}

/// Whether the statement asks of the absent key itself.
fn also_absent(statement: &Statement) -> bool {
    statement
        .conditions_on("aws:MultiFactorAuthPresent")
        .any(|condition| condition.operator.eq_ignore_ascii_case("Null"))
}
