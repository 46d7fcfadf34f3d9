//! Sensitive values that are kept in the state although a write-only argument would keep them out.

use super::carried;
use crate::known::Known;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::{self, Flow};
use crate::terraform::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC040",
    name: "sensitive-value-kept-in-state",
    summary: "a sensitive value is kept in the state, and the resource has a write-only argument for it",
    rationale: "Whoever may read the state reads the value. A write-only argument is sent to AWS and kept nowhere.",
    remedy: "give the write-only argument (`…_wo`) an ephemeral value, and count `…_wo_version` up to change it; \
             a generated password comes from `ephemeral \"aws_secretsmanager_random_password\"` or `ephemeral \"random_password\"`",
    sources: &[
        "https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only",
        "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/guides/using-write-only-arguments",
    ],
    severity: Severity::Suggestion,
    good: &[
        r#"{"variable": {"p": {"ephemeral": true}}, "resource": {"aws_db_instance": {"d": {"password_wo": "${var.p}", "password_wo_version": 1}}}}"#,
        r#"{"resource": {"aws_db_instance": {"d": {"manage_master_user_password": true}}}}"#,
        r#"{"resource": {"aws_ssm_parameter": {"p": {"name": "/app/level", "type": "String", "value": "${var.level}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"variable": {"p": {"sensitive": true}}, "resource": {"aws_db_instance": {"d": {"password": "${var.p}"}}}}"#,
            at: &[r#"var.p"#],
        },
        Bad {
            document: r#"{"locals": {"p": "${random_password.p.result}"}, "resource": {"aws_secretsmanager_secret_version": {"v": {"secret_id": "s", "secret_string": "${jsonencode({password = local.p})}"}}}}"#,
            at: &[r#"local.p"#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    let mut flow = Flow::through(&subject.blocks);
    for block in subject.of_kind(Kind::Resource) {
        for member in block.written.members() {
            let Some(argument) = member.name() else {
                continue; // Terraform refuses an argument without a name
            };
            let is_kept = secrets::is_write_only_elsewhere(block.type_name(), argument)
                && !matches!(block.argument(argument), Known::Absent);
            if !is_kept || secrets::is_shown(block, &[argument.to_owned()]) {
                continue;
            }
            if let Some(value) = flow.sensitive(&member.value, &block.module) {
                let message =
                    format!("`{}` is sensitive, and `{argument}` keeps it in the state", value.name);
                let instead =
                    format!("write `{argument}_wo` with an ephemeral value, and `{argument}_wo_version`");
                judgement.report(carried(&RULE, block, value, message).instead(instead));
            }
        }
    }
}
