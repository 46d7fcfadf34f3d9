//! What there is to make larger or smaller, and where it is said.

use serde_json::Value;

use super::document::{Argument, Resource, Stack};
use super::markdown::{Page, code};
use super::{by_stack, row};

/// The arguments that say how much there is of something.
const SIZES: [(&str, &[&str]); 7] = [
    ("aws_apprunner_auto_scaling_configuration_version", &["min_size", "max_size", "max_concurrency"]),
    ("aws_apprunner_service", &["instance_configuration.cpu", "instance_configuration.memory"]),
    ("aws_ecs_service", &["desired_count"]),
    ("aws_ecs_task_definition", &["cpu", "memory"]),
    ("aws_appautoscaling_target", &["min_capacity", "max_capacity"]),
    ("aws_autoscaling_group", &["min_size", "max_size"]),
    ("aws_db_instance", &["instance_class", "allocated_storage", "max_allocated_storage", "multi_az"]),
];

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    let mut rows = Vec::new();
    for stack in stacks {
        for resource in stack.resources() {
            let sizes =
                SIZES.iter().find(|(kind, _)| *kind == resource.kind).map_or(&[][..], |(_, sizes)| sizes);
            rows.extend(sizes.iter().filter_map(|size| {
                Some(row(stacks, stack, [code(&resource.address()), code(size), now(&resource, size)?]))
            }));
        }
    }
    if rows.is_empty() {
        return;
    }
    page.section("Scale");
    page.paragraph("Change the value, plan, read the plan, apply.");
    page.table(&by_stack(stacks, &["resource", "argument", "now"]), &rows);
}

/// The value, and the variable that it comes from.
fn now(resource: &Resource<'_>, argument: &str) -> Option<String> {
    let written = resource.written(argument)?;
    let variable = written.as_str().and_then(|text| text.strip_prefix("${var.")?.strip_suffix('}'));
    let by = variable.map(|name| code(&format!("var.{name}")));
    Some(match (resource.argument(argument), by) {
        (Argument::Is(value), Some(by)) => format!("{by}, by default {}", code(&shown(value))),
        (Argument::Is(value), None) => code(&shown(value)),
        (Argument::Later(_), Some(by)) => by,
        (Argument::Later(expression), None) => code(expression),
        (Argument::Absent, _) => return None,
    })
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
