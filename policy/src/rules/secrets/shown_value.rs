//! Sensitive values that flow to where they are shown.

use crate::node::Value;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::secrets::{self, Flow};
use crate::terraform::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC014",
    name: "sensitive-value-shown",
    summary: "a sensitive value reaches a plain environment, a tag, a description or a command",
    rationale: "It is then shown in the console, in API answers or in logs, however it was passed to Terraform.",
    remedy: "store it in Secrets Manager and inject it by reference (`runtime_environment_secrets`, `secrets`)",
    sources: &[
        "https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html",
        "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"variable": {"t": {"sensitive": true}}, "resource": {"aws_lambda_function": {"f": {"environment": {"variables": {"A": "${var.region}", "B": "${sha256(var.t)}"}}}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"variable": {"t": {"sensitive": true}}, "resource": {"aws_lambda_function": {"f": {"environment": {"variables": {"GH": "${var.t}"}}}}}}"#,
            at: &[r#"var.t"#],
        },
        Bad {
            document: r#"{"resource": {"aws_db_instance": {"d": {"tags": {"p": "${random_password.p.result}"}}}}}"#,
            at: &[r#"random_password.p.result"#],
        },
        Bad {
            document: r#"{"variable": {"t": {"sensitive": true}}, "resource": {"terraform_data": {"d": {"provisioner": {"local-exec": {"command": "login ${var.t}"}}}}}}"#,
            at: &[r#"var.t"#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    let mut flow = Flow::through(&subject.blocks);
    for block in subject.of_kind(Kind::Resource) {
        secrets::places(&block.written, "", &mut |path, _, leaf| {
            let in_command = matches!(path, [provisioner, _, key] if provisioner == "provisioner" && (key == "command" || key == "inline"));
            let shown = secrets::is_shown(block, path) || in_command;
            if !shown || !matches!(leaf.value, Value::Reference(_)) {
                return;
            }
            if let Some((span, name)) = flow.sensitive_reference(leaf, &block.module) {
                let message = format!("`{name}` is sensitive and is shown in `{}`", path.join("."));
                judgement.report(Finding::new(&RULE, span, block.address(), message));
            }
        });
    }
}
