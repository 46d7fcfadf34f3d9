//! `sqs:*`.

use std::collections::{BTreeMap, BTreeSet};

use super::is_account_delegation;
use crate::iam::PolicyKind::{Identity, Resource};
use crate::iam::grant::{Entry, Grant, Named, Width, tally};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM001",
    name: "whole-service-action",
    summary: "an Allow statement grants every action of a service",
    rationale: "`service:*` includes the actions that delete data and change permissions, and every action AWS adds to \
                the service later.",
    remedy: "name the actions that are called, such as `sqs:SendMessage`",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:jobs\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}"}}}}"#,
        r#"{"resource": {"aws_kms_key": {"k": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:jobs\"}}"}}}}"#,
            at: &[r#"\"sqs:*\""#],
        },
        Bad {
            document: r#"{"data": {"aws_iam_policy_document": {"d": {"statement": {"actions": ["sqs:*"], "resources": ["arn:aws:sqs:us-east-2:111122223333:jobs"]}}}}}"#,
            at: &[r#""sqs:*""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Statement = [{Effect = \"Allow\", Action = [\"sqs:*\"], Resource = \"arn:aws:sqs:us-east-2:111122223333:jobs\"}]})}"}}}}"#,
            at: &[r#"\"sqs:*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"SQS:?*\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:jobs\"}}"}}}}"#,
            at: &[r#"\"SQS:?*\""#],
        },
    ],
    check,
};

/// Fewer actions than these are no wide grant, though they be all that a service has.
const MANY: usize = 10;

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement, grant) in subject.grants(&[Identity, Resource]) {
        if is_account_delegation(statement) {
            continue; // the account's own policies decide
        }
        for entry in grant.entries.iter().filter(|entry| entry.width == Width::WholeService) {
            let service = entry.text.as_str().split_once(':').map_or("", |(prefix, _)| prefix);
            let message = match entry.actions.as_slice() {
                [] => format!("this statement allows every action of `{service}`"),
                all => format!("this statement allows every action of `{service}`, which is {}", tally(all)),
            };
            judgement.report(Finding::new(&RULE, entry.text.span(), &policy.address, message));
        }
        for (first, all) in whole_together(grant) {
            let service = all.first().map_or("", |named| named.service.prefix);
            let message = format!("together these are every action of `{service}`, which is {}", tally(&all));
            judgement.report(Finding::new(&RULE, first.text.span(), &policy.address, message));
        }
    }
    permissions(subject, judgement);
}

/// `aws_lambda_permission` says the same without a document.
fn permissions(subject: &Subject, judgement: &mut Judgement) {
    for block in subject.blocks.iter().filter(|block| block.is_resource("aws_lambda_permission")) {
        let actions = block.bodies().iter().filter_map(|body| body.member("action"));
        for action in actions.filter(|action| action.value.literal().is_some_and(is_every_action)) {
            let message = "this permission allows every action of `lambda` on the function";
            judgement.report(Finding::new(&RULE, action.value.span, block.address(), message));
        }
    }
}

fn is_every_action(action: &str) -> bool {
    action == "*" || action.eq_ignore_ascii_case("lambda:*")
}

/// The services all of whose actions are allowed by several texts together, with the first of these.
fn whole_together(grant: &Grant) -> Vec<(&Entry, Vec<Named>)> {
    let mut services: BTreeMap<&str, (&Entry, BTreeSet<&str>, Vec<Named>)> = BTreeMap::new();
    let partial = |entry: &&Entry| matches!(entry.width, Width::Pattern | Width::One);
    for entry in grant.entries.iter().filter(partial) {
        for named in &entry.actions {
            let empty = (entry, BTreeSet::new(), Vec::new());
            let (_, names, actions) = services.entry(named.service.prefix).or_insert(empty);
            if names.insert(named.action.name) {
                actions.push(*named);
            }
        }
    }
    let is_whole = |all: &[Named]| {
        let service = all.first().map_or(0, |named| named.service.actions.len());
        all.len() >= MANY && all.len() == service
    };
    let whole = services.into_values().filter(|(_, _, all)| is_whole(all));
    whole.map(|(first, _, all)| (first, all)).collect()
}
