//! Secrets in environments that everybody can read.

use super::{is_candidate, literals, whole};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets;

pub(crate) static RULE: Rule = Rule {
    id: "SEC004",
    name: "secret-in-plain-environment",
    summary: "an environment variable with the name of a secret has a literal value",
    rationale: "Plain environments are shown in the console, in API answers and in every revision, besides the configuration.",
    remedy: "inject it by reference: `runtime_environment_secrets` (App Runner), `secrets` (ECS, Batch), `type = \"SECRETS_MANAGER\"` (CodeBuild), or read it at start (Lambda)",
    sources: &[
        "https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_lambda_function": {"f": {"environment": {"variables": {"SECRET_ARN": "arn:aws:secretsmanager:us-east-2:111122223333:secret:x", "MAX_TOKENS": "4096"}}}}}}"#,
        r#"{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": "[{\"secrets\": [{\"name\": \"GH_TOKEN\", \"valueFrom\": \"arn:aws:ssm:us-east-2:111122223333:parameter/t\"}]}]"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_lambda_function": {"f": {"environment": [{"variables": {"DB_PASSWORD": "hunter2"}}]}}}}"#,
            at: &[r#""hunter2""#],
        },
        Bad {
            document: r#"{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": "[{\"environment\": [{\"name\": \"DB_PASSWORD\", \"value\": \"hunter2\"}]}]"}}}}"#,
            at: &[r#"\"hunter2\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": "${jsonencode([{environment = [{name = \"DB_PASSWORD\", value = \"hunter2\"}]}])}"}}}}"#,
            at: &[r#"\"hunter2\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (literal, block) in literals(subject) {
        let is_shown = literal.is_secret && secrets::is_plain_environment(block, &literal.path);
        if is_shown && is_candidate(literal) {
            judgement.report(whole(
                &RULE,
                subject,
                literal,
                &format!("the plain environment, as `{}`", literal.name),
            ));
        }
    }
    for block in &subject.blocks {
        for later in secrets::unknown_environments(block) {
            judgement.undecided(later.span, format!("what this environment holds: {}", later.why));
        }
    }
}
