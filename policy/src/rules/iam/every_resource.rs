//! `Resource: "*"` where an ARN could stand.

use crate::iam::PolicyKind::Identity;
use crate::iam::grant::{Entry, Grant, Named, Reach, Width};
use crate::iam::replacement;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

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
    for (policy, _, grant) in subject.grants(&[Identity]) {
        if matches!(grant.reach, Reach::Some) || allows_everything(grant) {
            continue; // limited, or reported as every action
        }
        for entry in grant.entries.iter().filter(|entry| is_unknown(entry)) {
            let why = "whether this action can be limited to resources is not in the catalogue of actions";
            judgement.undecided(entry.text.span(), why);
        }
        let limitable: Vec<&Entry> = grant.entries.iter().filter(|entry| is_reported_here(entry)).collect();
        let named = match limitable.as_slice() {
            [] => continue,
            [one] => format!("`{}`", one.text.as_str()),
            [first, rest @ ..] => format!("`{}` and {} more", first.text.as_str(), rest.len()),
        };
        match &grant.reach {
            Reach::Some => {}
            Reach::Later(later) => {
                let why = "whether this condition picks some resources is known only later";
                judgement.undecided(later.span, why);
            }
            Reach::Every(every) => {
                let all = every.literal().map_or_else(|| "this ARN".to_owned(), |text| format!("`{text}`"));
                let message = format!("{all} reaches every resource, yet {named} can be limited to ARNs");
                let finding = Finding::new(&RULE, every.span(), &policy.address, message);
                let actions: Vec<Named> =
                    limitable.iter().flat_map(|entry| &entry.actions).copied().collect();
                let arns = replacement::of_every_resource(&actions, &policy.address, &subject.blocks);
                judgement.report(match arns {
                    Some(arns) => finding.instead(format!("in `Resource`, {arns}; {AND}")),
                    None => finding,
                });
            }
        }
    }
}

const AND: &str = "put actions that have no resource level in a statement of their own";

fn allows_everything(grant: &Grant) -> bool {
    grant.entries.iter().any(|entry| entry.width == Width::EveryAction)
}

fn is_unknown(entry: &Entry) -> bool {
    entry.width == Width::Unknown && entry.text.literal().is_some()
}

/// A whole service and what is worse than `*` alone (secrets, permissions, …) are other rules'.
fn is_reported_here(entry: &Entry) -> bool {
    matches!(entry.width, Width::Pattern | Width::One) && entry.concern().is_none() && entry.is_limitable()
}
