//! What a service needs to start, and may not do.

use std::collections::BTreeSet;

use crate::need::{Missing, sufficient};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM080",
    name: "missing-permission",
    summary: "a principal may not do what it is used for",
    rationale: "What the configuration itself uses the principal for needs this permission: without it tasks do not start, \
                events are not delivered, logs are not written.",
    remedy: "add the statement to a policy of the principal",
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_secretsmanager_secret": {"db": {"name": "db"}}, "aws_iam_role": {"execution": {"assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"ecs-tasks.amazonaws.com\"}}}"}}, "aws_iam_role_policy": {"execution": {"role": "${aws_iam_role.execution.id}", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"secretsmanager:GetSecretValue\", \"Resource\": \"${aws_secretsmanager_secret.db.arn}\"}}"}}, "aws_ecs_task_definition": {"api": {"execution_role_arn": "${aws_iam_role.execution.arn}", "container_definitions": "[{\"name\": \"api\", \"image\": \"nginx\", \"secrets\": [{\"name\": \"DB\", \"valueFrom\": \"${aws_secretsmanager_secret.db.arn}:url::\"}]}]"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_secretsmanager_secret": {"db": {"name": "db"}, "other": {"name": "other"}}, "aws_iam_role": {"execution": {"assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"ecs-tasks.amazonaws.com\"}}}"}}, "aws_iam_role_policy": {"execution": {"role": "${aws_iam_role.execution.id}", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"secretsmanager:GetSecretValue\", \"Resource\": \"${aws_secretsmanager_secret.other.arn}\"}}"}}, "aws_ecs_task_definition": {"api": {"execution_role_arn": "${aws_iam_role.execution.arn}", "container_definitions": "[{\"name\": \"api\", \"image\": \"nginx\", \"secrets\": [{\"name\": \"DB\", \"valueFrom\": \"${aws_secretsmanager_secret.db.arn}:url::\"}]}]"}}}}"#,
            at: &[r#"\"${aws_secretsmanager_secret.db.arn}:url::\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_sqs_queue": {"jobs": {"name": "jobs"}}, "aws_iam_role": {"worker": {"name": "worker", "assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"lambda.amazonaws.com\"}}}"}}, "aws_iam_role_policy": {"worker": {"role": "worker", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"sqs:ReceiveMessage\", \"sqs:DeleteMessage\"], \"Resource\": \"${aws_sqs_queue.jobs.arn}\"}}"}}, "aws_lambda_function": {"worker": {"function_name": "worker", "role": "${aws_iam_role.worker.arn}"}}, "aws_lambda_event_source_mapping": {"jobs": {"function_name": "${aws_lambda_function.worker.arn}", "event_source_arn": "${aws_sqs_queue.jobs.arn}"}}}}"#,
            at: &[r#"aws_sqs_queue.jobs.arn"#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    judgement.undecided.extend_from_slice(&subject.undecided_needs);
    for missing in &subject.missing {
        let Some(need) = missing.lacking.first() else { continue };
        let message = format!("`{}` may not {}: {}", missing.principal, actions(missing), need.because);
        judgement
            .report(Finding::new(&RULE, need.span, need.by.as_str(), message).instead(statements(missing)));
    }
}

fn actions(missing: &Missing) -> String {
    let named = missing.lacking.iter().flat_map(|need| &need.actions).map(|action| format!("`{action}`"));
    named.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}

fn statements(missing: &Missing) -> String {
    format!("allow `{}`: {}", missing.principal, sufficient(&missing.lacking).statements())
}
