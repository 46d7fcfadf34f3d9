//! `Resource: "*"` where an ARN could stand.

use crate::iam::PolicyKind::Identity;
use crate::iam::Statement;
use crate::iam::actions::{self, Action, Scope};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "IAM003",
    name: "every-resource",
    summary: "an Allow statement covers every resource although actions of it can be limited to some",
    rationale: "The actions work on named resources, so `*` extends them to those of every other application in the \
                account. Actions that have no resource level need `*`: they are not reported, and excuse no others.",
    remedy: "name the ARNs in `Resource`; put actions that have no resource level in a statement of their own",
    sources: &[
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ecr:GetAuthorizationToken\", \"Resource\": \"*\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"logs:PutLogEvents\", \"Resource\": \"${aws_cloudwatch_log_group.l.arn}:*\"}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"logs:CreateLogStream\", \"logs:PutLogEvents\"], \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"ecr:GetAuthorizationToken\", \"ecr:BatchGetImage\"], \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"*\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Identity]) {
        for resource in statement.resources() {
            if !matches!(resource.literal(), Some("*" | "arn:*" | "arn:aws:*")) {
                continue;
            }
            if let Some(named) = limitable(statement, judgement) {
                let message = format!(
                    "`{}` reaches every resource, yet {named} can be limited to ARNs",
                    resource.as_str()
                );
                judgement.report(Finding::new(&RULE, resource.span(), &policy.address, message));
            }
        }
    }
}

/// The actions that have a resource level, in words. Patterns for a whole service are another rule's; an action nobody
/// knows is said to be undecided.
fn limitable(statement: &Statement, judgement: &mut Judgement) -> Option<String> {
    let mut named = Vec::new();
    let mut unknown: Option<Span> = None;
    for action in statement.actions() {
        let text = action.literal()?;
        if matches!(text.split_once(':'), None | Some((_, "*"))) {
            return None;
        }
        match actions::matching(text) {
            Some(found) if found.is_empty() => unknown = Some(action.span()),
            Some(found) if is_limitable(&found) => named.push(format!("`{text}`")),
            Some(_) => {}
            None => unknown = Some(action.span()),
        }
    }
    if let Some(span) = unknown {
        let why = "whether this action can be limited to resources is not in the catalogue of actions";
        judgement.undecided(span, why);
    }
    match named.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [first, rest @ ..] => Some(format!("{first} and {} more", rest.len())),
    }
}

/// An action with a resource level; of a pattern, most of its actions, so that `s3:Get*` is not
/// excused by the few of them that need `*`.
fn is_limitable(found: &[&Action]) -> bool {
    let limited = found.iter().filter(|action| action.scope() == Scope::Resource).count();
    limited > found.len() / 2
}
