//! `Resource: "*"` where an ARN could stand.

use crate::iam::PolicyKind::Identity;
use crate::iam::grant::{Entry, Reach, Width};
use crate::rules::breadth::{Harm, report_missing_arns};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};

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
    report_missing_arns(&RULE, Harm::More, subject, judgement);
    for (_, _, grant) in subject.grants(&[Identity]) {
        if matches!(grant.reach, Reach::Some) {
            continue; // ARNs limit it, whatever it is
        }
        for entry in grant.entries.iter().filter(|entry| is_unknown(entry)) {
            let why = "whether this action can be limited to resources is not in the catalogue of actions";
            judgement.undecided(entry.text.span(), why);
        }
    }
}

fn is_unknown(entry: &Entry) -> bool {
    entry.width == Width::Unknown && entry.text.literal().is_some()
}
