//! Sensitive values that flow to where they are shown.

use super::carried;
use crate::node::{Node, Value};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::{self, Flow};
use crate::terraform::{Kind, ModulePath};

pub(crate) static RULE: Rule = Rule {
    id: "SEC014",
    name: "sensitive-value-shown",
    summary: "a sensitive value reaches a plain environment, user data, a name, a tag, a description or a command",
    rationale: "It is then shown in the console, in API answers or in logs, however it was passed to Terraform.",
    remedy: "store it in Secrets Manager and inject it by reference (`runtime_environment_secrets`, `secrets`)",
    sources: &[
        "https://docs.aws.amazon.com/apprunner/latest/dg/env-variable.html",
        "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"variable": {"t": {"sensitive": true}}, "resource": {"aws_lambda_function": {"f": {"environment": {"variables": {"A": "${var.region}", "B": "${sha256(var.t)}"}}}}}}"#,
        r#"{"variable": {"t": {"sensitive": true}}, "resource": {"aws_ssm_parameter": {"p": {"name": "/app/t", "type": "SecureString", "value_wo": "${var.t}", "value_wo_version": 1}}}}"#,
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
        Bad {
            document: r##"{"locals": {"url": "postgres://app:${random_password.p.result}@db/app", "script": "#!/bin/sh\nexport URL=${local.url}"}, "resource": {"aws_instance": {"i": {"user_data": "${base64encode(local.script)}"}}}}"##,
            at: &[r#"local.script"#],
        },
        Bad {
            document: r#"{"variable": {"t": {"type": "string"}}, "resource": {"aws_ssm_parameter": {"p": {"name": "/app/t", "type": "String", "value": "${sensitive(var.t)}"}}}}"#,
            at: &[r#"sensitive(var.t)"#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    let mut flow = Flow::through(&subject.blocks);
    for block in subject.of_kind(Kind::Resource) {
        secrets::places(&block.written, "", &mut |path, _, leaf| {
            let may_be = matches!(leaf.value, Value::Reference(_) | Value::Call(_));
            if !may_be || !secrets::is_shown(block, path) || !is_origin(leaf, &mut flow, &block.module) {
                return;
            }
            if let Some(value) = flow.sensitive(leaf, &block.module) {
                let message = format!("`{}` is sensitive and is shown in `{}`", value.name, path.join("."));
                judgement.report(carried(&RULE, block, value, message));
            }
        });
    }
}

/// Whether a sensitive value would come from this part of an expression itself: what `sensitive(…)`
/// is given may be sensitive without it.
fn is_origin(leaf: &Node, flow: &mut Flow<'_>, module: &ModulePath) -> bool {
    match &leaf.value {
        Value::Reference(_) => true,
        Value::Call(call) if &*call.name == "sensitive" => {
            call.arguments.iter().all(|argument| flow.sensitive(argument, module).is_none())
        }
        _ => false,
    }
}
