//! Condition keys that the actions of their statement never have.

use super::condition_key;
use crate::access::{Comparison, Operator, Quantifier};
use crate::iam::actions::{self, Action};
use crate::iam::catalogue::{Service, global_condition_key, is_named};
use crate::iam::{Condition, Statement, pattern};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM017",
    name: "unsupported-condition-key",
    summary: "a condition tests a key that actions of its statement do not have",
    rationale: "A request has only the keys that are documented for its action. A condition on another key never holds: the \
                statement does not allow, or does not deny, the action. Negated or with `IfExists` it always holds.",
    remedy: "put the actions that have the key, and those that do not, in two statements",
    sources: &[
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:ListBucket\", \"s3:ListBucketVersions\"], \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"StringEquals\": {\"s3:prefix\": \"a\", \"aws:PrincipalTag/team\": \"red\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"ec2:Region\": \"us-east-2\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:ListBucket\", \"s3:GetObject\"], \"Resource\": [\"arn:aws:s3:::b\", \"arn:aws:s3:::b/*\"], \"Condition\": {\"StringLike\": {\"s3:prefix\": \"a/*\"}}}}"}}}}"#,
            at: &[r#"\"s3:prefix\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"Condition\": {\"StringNotEquals\": {\"s3:prefix\": \"a/*\"}}}}"}}}}"#,
            at: &[r#"\"s3:prefix\""#],
        },
    ],
    check,
};

/// Keys of all services that a request has for some actions only (IAM user guide, "AWS global condition context keys").
const FOR_SOME: &[&str] = &["aws:RequestTag/tag-key", "aws:ResourceTag/tag-key", "aws:TagKeys"];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements() {
        // Of everything, and of all but something, some action has every key.
        let Some(named) = named(statement) else {
            continue;
        };
        for condition in statement.condition.known().into_iter().flatten() {
            if !is_for_some(&condition.key) || condition_key(&condition.key, statement).is_none() {
                continue; // every request may have it, or another rule says that nobody does
            }
            if let Some(what) = unsupported(&named, condition, statement) {
                judgement.report(Finding::new(&RULE, condition.key_span, &policy.address, what));
            }
        }
    }
}

fn is_for_some(key: &str) -> bool {
    let provider = key.split_once(':').is_some_and(|(prefix, _)| prefix.contains('.'));
    !provider && (global_condition_key(key).is_none() || FOR_SOME.iter().any(|name| is_named(name, key)))
}

/// An action as it is written, and what it stands for.
struct Named<'t> {
    written: &'t str,
    service: &'static Service,
    found: Vec<&'static Action>,
}

/// The actions of a statement, if all of them are known.
fn named(statement: &Statement) -> Option<Vec<Named<'_>>> {
    let Known::Is(entries) = &statement.action else {
        return None;
    };
    let named = entries.texts.iter().map(|text| {
        let written = text.literal()?;
        let (service, found) = actions::of_service(written)?;
        // Where only CloudFormation's linter knows an action, its keys are not known.
        let known = !found.is_empty() && found.iter().all(|action| action.level.is_some());
        known.then_some(Named { written, service, found })
    });
    named.collect()
}

fn unsupported(named: &[Named<'_>], condition: &Condition, statement: &Statement) -> Option<String> {
    let (with, without): (Vec<_>, Vec<_>) = named
        .iter()
        .partition(|named| named.found.iter().any(|action| has(named.service, action, &condition.key)));
    let effect = if statement.allows() { "allow" } else { "deny" };
    let key = &condition.key;
    if with.is_empty() && !without.is_empty() {
        let always = if needs_the_key(condition) {
            format!("the statement does not {effect} anything")
        } else {
            "the condition always holds".to_owned()
        };
        return Some(format!("no action of this statement has the key `{key}`: {always}"));
    }
    let first = without.iter().find(|named| !pattern::is_wild(named.written))?;
    needs_the_key(condition)
        .then(|| format!("`{}` never has the key `{key}`: the statement does not {effect} it", first.written))
}

/// Whether the condition fails where the key is absent.
fn needs_the_key(condition: &Condition) -> bool {
    match Operator::named(&condition.operator) {
        Some(operator) if operator.comparison == Comparison::Null => condition
            .values
            .iter()
            .all(|value| value.literal().is_some_and(|text| text.eq_ignore_ascii_case("false"))),
        Some(operator) => !operator.negated && !operator.if_exists && operator.quantifier != Quantifier::All,
        None => false,
    }
}

fn has(service: &Service, action: &Action, key: &str) -> bool {
    let of_types = action.targets.iter().flat_map(|target| {
        let of_type = service.resource_type(target.resource_type).into_iter();
        target.condition_keys.iter().chain(of_type.flat_map(|known| &known.condition_keys))
    });
    action.condition_keys.iter().chain(of_types).any(|name| is_named(name, key))
}
