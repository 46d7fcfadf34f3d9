//! What destroys the stacks, what refuses to go, and what stays.

use serde_json::Value;

use super::deploy::terraform;
use super::document::{Argument, Resource, Stack};
use super::markdown::{Page, code};
use super::{by_stack, row};

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    page.section("Destroy");
    // What was applied last may need what was applied before.
    let commands: Vec<String> =
        stacks.iter().rev().map(|stack| format!("{} destroy", terraform(stacks, stack))).collect();
    page.commands(&commands);
    let mut rows = Vec::new();
    for stack in stacks {
        for resource in stack.resources() {
            let said = stays(&resource).into_iter();
            rows.extend(said.map(|what| row(stacks, stack, [code(&resource.address()), what])));
        }
    }
    page.table(&by_stack(stacks, &["resource", "what destroy finds"]), &rows);
}

fn stays(resource: &Resource<'_>) -> Vec<String> {
    let mut said = Vec::new();
    let is = |argument: &str, expected: bool| matches!(resource.argument(argument), Argument::Is(Value::Bool(set)) if *set == expected);
    for protection in ["deletion_protection", "enable_deletion_protection", "deletion_protection_enabled"] {
        if is(protection, true) {
            said.push(format!("refuses: set {} to false and apply first", code(protection)));
        }
    }
    if is("lifecycle.prevent_destroy", true) {
        said.push(format!("refuses: take {} out first", code("prevent_destroy")));
    }
    match resource.kind {
        "aws_db_instance" if !is("skip_final_snapshot", true) => {
            said.push("leaves a final snapshot, which costs storage until it is deleted".to_owned());
        }
        // AWS Secrets Manager API Reference, "DeleteSecret": 30 days where nothing is said.
        "aws_secretsmanager_secret" => match resource.argument("recovery_window_in_days") {
            Argument::Is(days) if days.as_i64() == Some(0) => said.push("is gone at once".to_owned()),
            Argument::Is(days) => said.push(format!("can be restored, and keeps its name, for {days} days")),
            Argument::Absent => said.push("can be restored, and keeps its name, for 30 days".to_owned()),
            Argument::Later(_) => {}
        },
        // AWS Key Management Service Developer Guide, "Delete an AWS KMS key": 30 days where nothing is said.
        "aws_kms_key" => match resource.argument("deletion_window_in_days") {
            Argument::Is(days) => said.push(format!("is deleted after {days} days")),
            Argument::Absent => said.push("is deleted after 30 days".to_owned()),
            Argument::Later(_) => {}
        },
        "aws_s3_bucket" if !is("force_destroy", true) => {
            said.push("refuses while it holds objects".to_owned())
        }
        "aws_ecr_repository" if !is("force_delete", true) => {
            said.push("refuses while it holds images".to_owned())
        }
        "aws_cloudwatch_log_group" if is("skip_destroy", true) => said.push("stays".to_owned()),
        _ => {}
    }
    said
}
