//! How to go back: the stack to an earlier version, data to an earlier time.

use serde_json::Value;

use super::document::{Argument, Resource, Stack};
use super::markdown::{Page, code};
use super::{by_stack, in_region, row};

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    page.section("Roll back");
    let files = if stacks.len() > 1 { "*/main.tf.json" } else { "main.tf.json" };
    page.paragraph(
        "What was deployed is what is committed: take the documents of an earlier commit, plan, read the plan, apply.",
    );
    page.commands(&[format!("git checkout COMMIT -- {files}")]);
    let mut rows = Vec::new();
    for stack in stacks {
        let back = stack.resources().filter_map(|resource| Some((resource, back(&resource)?)));
        rows.extend(back.map(|(resource, how)| row(stacks, stack, [code(&resource.address()), how])));
    }
    page.table(&by_stack(stacks, &["resource", "how it goes back"]), &rows);
}

fn back(resource: &Resource<'_>) -> Option<String> {
    let is_true = |argument| matches!(resource.argument(argument), Argument::Is(Value::Bool(true)));
    match resource.kind {
        // AWS App Runner Developer Guide, "Deploying a new application version to App Runner".
        "aws_apprunner_service" => Some(
            "the running version serves until the new one is healthy; then deploy the commit or image before"
                .to_owned(),
        ),
        // Amazon ECS Developer Guide, "How the Amazon ECS deployment circuit breaker detects failures".
        "aws_ecs_service" if is_true("deployment_circuit_breaker.rollback") => Some(
            "by itself, if the new tasks do not become healthy; else by the task definition before"
                .to_owned(),
        ),
        "aws_ecs_service" => Some("by the task definition before".to_owned()),
        // Amazon RDS User Guide, "Restoring a DB instance to a specified time".
        "aws_db_instance" => {
            let (name, days) =
                (resource.in_command(&["identifier"]), resource.argument("backup_retention_period"));
            let command = format!(
                "aws rds restore-db-instance-to-point-in-time{} --source-db-instance-identifier {name} \
                 --target-db-instance-identifier {name}-restored --use-latest-restorable-time",
                in_region(resource.stack)
            );
            match days {
                Argument::Is(days) => Some(format!(
                    "to any second of the last {days} days, as a new instance: {}",
                    code(&command)
                )),
                Argument::Later(_) | Argument::Absent => None,
            }
        }
        // AWS Secrets Manager User Guide, "What's in a Secrets Manager secret?".
        "aws_secretsmanager_secret" => Some("the value before is the stage `AWSPREVIOUS`".to_owned()),
        // Amazon S3 User Guide, "Restoring previous versions".
        "aws_s3_bucket_versioning" => Some("every object keeps its earlier versions".to_owned()),
        _ => None,
    }
}
