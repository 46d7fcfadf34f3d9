//! What a principal is granted and nothing needs.

use crate::need::{Excess, Extent, sufficient};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM081",
    name: "unneeded-permission",
    summary: "a principal is allowed what nothing it is used for needs",
    rationale: "All that the principal is used for is in the configuration, or declared beside it, and none of it needs this. \
                What is not needed helps only whoever gets hold of the principal.",
    remedy: "remove it; `policy needs` prints the smallest policy that is sufficient. If code calls it, declare that in \
             `policy.needs.json`",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege"],
    severity: Severity::Warning,
    good: &[
        // What the code of a task calls is not in the configuration.
        r#"{"resource": {"aws_iam_role": {"task": {"name": "task", "assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"ecs-tasks.amazonaws.com\"}}}"}}, "aws_iam_role_policy": {"task": {"role": "task", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"arn:aws:sqs:us-east-1:111122223333:jobs\"}}"}}, "aws_ecs_task_definition": {"api": {"task_role_arn": "${aws_iam_role.task.arn}", "container_definitions": "[{\"name\": \"api\", \"image\": \"nginx\"}]"}}}}"#,
        r#"{"resource": {"aws_cloudwatch_log_group": {"logs": {"name": "/ecs/api"}}, "aws_iam_role": {"execution": {"name": "execution", "assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"ecs-tasks.amazonaws.com\"}}}"}}, "aws_iam_role_policy": {"execution": {"role": "execution", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"logs:CreateLogStream\", \"logs:PutLogEvents\"], \"Resource\": \"arn:aws:logs:us-east-1:111122223333:log-group:/ecs/api:*\"}}"}}, "aws_ecs_task_definition": {"api": {"execution_role_arn": "${aws_iam_role.execution.arn}", "container_definitions": "[{\"name\": \"api\", \"image\": \"nginx\", \"logConfiguration\": {\"logDriver\": \"awslogs\", \"options\": {\"awslogs-group\": \"/ecs/api\"}}}]"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_cloudwatch_log_group": {"logs": {"name": "/ecs/api"}}, "aws_iam_role": {"execution": {"name": "execution", "assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"ecs-tasks.amazonaws.com\"}}}"}}, "aws_iam_role_policy": {"execution": {"role": "execution", "policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"logs:CreateLogStream\", \"logs:PutLogEvents\"], \"Resource\": [\"${aws_cloudwatch_log_group.logs.arn}:*\", \"arn:aws:logs:us-east-1:111122223333:log-group:/ecs/web:*\"]}, {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::files/*\"}]}"}}, "aws_ecs_task_definition": {"api": {"execution_role_arn": "${aws_iam_role.execution.arn}", "container_definitions": "[{\"name\": \"api\", \"image\": \"nginx\", \"logConfiguration\": {\"logDriver\": \"awslogs\", \"options\": {\"awslogs-group\": \"${aws_cloudwatch_log_group.logs.name}\"}}}]"}}}}"#,
            at: &[r#"\"arn:aws:logs:us-east-1:111122223333:log-group:/ecs/web:*\""#, r#"\"s3:GetObject\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_cloudwatch_log_group": {"logs": {"name": "/ecs/api"}}, "aws_iam_role": {"execution": {"name": "execution", "assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"ecs-tasks.amazonaws.com\"}}}"}}, "aws_iam_role_policy": {"execution": {"role": "execution", "policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"logs:CreateLog*\", \"logs:PutLogEvents\"], \"Resource\": \"arn:aws:logs:us-east-1:111122223333:log-group:/ecs/*\"}]}"}}, "aws_ecs_task_definition": {"api": {"execution_role_arn": "${aws_iam_role.execution.arn}", "container_definitions": "[{\"name\": \"api\", \"image\": \"nginx\", \"logConfiguration\": {\"logDriver\": \"awslogs\", \"options\": {\"awslogs-group\": \"${aws_cloudwatch_log_group.logs.name}\"}}}]"}}}}"#,
            at: &[r#"\"logs:CreateLog*\""#, r#"\"arn:aws:logs:us-east-1:111122223333:log-group:/ecs/*\""#],
        },
    ],
    check,
};

/// More ways than this to what is needed are counted only: a service may be given dozens of parameters.
const SHOWN_WAYS: usize = 3;

fn check(subject: &Subject, judgement: &mut Judgement) {
    for excess in &subject.excess {
        let Some(message) = message(excess) else { continue };
        judgement.report(
            Finding::new(&RULE, excess.span, excess.address.as_str(), message).instead(instead(excess)),
        );
    }
}

fn message(excess: &Excess) -> Option<String> {
    let granted = &excess.granted;
    let who = principals(excess);
    Some(match &excess.extent {
        Extent::Action => format!("{who} may do `{granted}`, which nothing that it is used for needs"),
        Extent::SomeActions(spare) => {
            let first = spare.first()?;
            let more = spare.len().saturating_sub(1);
            let others = if more == 0 { String::new() } else { format!(" and {more} more") };
            format!("`{granted}` allows {who} `{first}`{others}, which nothing that it is used for needs")
        }
        Extent::Resource => format!("{who} may use `{granted}`, which nothing that it is used for needs"),
        Extent::SomeResources => format!("`{granted}` reaches more than what {who} is used for needs"),
        Extent::ManagedPolicy => format!("nothing that {who} is used for needs any of `{granted}`"),
        Extent::BesideFolder(_) => return None,
    })
}

pub(super) fn principals(excess: &Excess) -> String {
    let named: Vec<String> = excess.principals.iter().map(|address| format!("`{address}`")).collect();
    named.join(", ")
}

/// What is needed of what is granted here, with the way to each need.
pub(super) fn instead(excess: &Excess) -> String {
    if excess.needed.is_empty() {
        return "remove it; if code calls it, declare that in `policy.needs.json`".to_owned();
    }
    let mut ways: Vec<&str> = excess.needed.iter().map(|need| need.because.as_str()).collect();
    ways.dedup();
    let more = ways.len().saturating_sub(SHOWN_WAYS);
    ways.truncate(SHOWN_WAYS);
    let others = if more == 0 { String::new() } else { format!("; and {more} more") };
    let policy = sufficient(&excess.needed);
    format!("{} ({}{others})", policy.statements(), ways.join("; "))
}
