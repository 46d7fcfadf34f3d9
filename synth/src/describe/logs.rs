//! Where logs are, and how long.

use serde_json::Value;

use super::document::{Argument, Stack};
use super::markdown::{Page, code};
use super::{by_stack, in_region, row};

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    let mut rows = Vec::new();
    for stack in stacks {
        for group in stack.of_type("aws_cloudwatch_log_group") {
            let name = group.called(&["name"]);
            // CloudWatch Logs keeps logs for ever where nothing is said, and where it is 0.
            let kept = match group.argument("retention_in_days") {
                Argument::Is(Value::Number(days)) if days.as_f64() != Some(0.0) => format!("{days} days"),
                Argument::Is(_) | Argument::Absent => "for ever".to_owned(),
                Argument::Later(expression) => code(expression),
            };
            let command =
                format!("aws logs tail {} --follow{}", group.in_command(&["name"]), in_region(stack));
            rows.push(row(stacks, stack, [code(&name), kept, code(&command)]));
        }
        for service in stack.of_type("aws_apprunner_service") {
            // AWS App Runner Developer Guide, "Viewing App Runner logs streamed to CloudWatch Logs".
            let groups = format!("/aws/apprunner/{}/", service.in_command(&["service_name"]));
            let command =
                format!("aws logs describe-log-groups --log-group-name-prefix {groups}{}", in_region(stack));
            let ends = ["application", "service"].map(|end| code(&format!("{groups}SERVICE-ID/{end}")));
            let (groups, kept) = (ends.join(", "), "for ever: App Runner makes them".to_owned());
            rows.push(row(stacks, stack, [groups, kept, code(&command)]));
        }
    }
    if !rows.is_empty() {
        page.section("Logs");
        page.table(&by_stack(stacks, &["log group", "kept", "to read"]), &rows);
    }
}
