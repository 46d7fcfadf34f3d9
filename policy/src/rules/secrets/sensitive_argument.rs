//! Arguments that the provider marks as sensitive.

use super::{is_candidate, literals, whole};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets;
use crate::terraform::{Block, Kind};

pub(crate) static RULE: Rule = Rule {
    id: "SEC003",
    name: "literal-in-sensitive-argument",
    summary: "an argument that the provider marks as sensitive has a literal value",
    rationale: "The provider hides the value in its output; the configuration that everybody can read shows it.",
    remedy: "use a sensitive variable, a secret store or a generated value, and the write-only argument (`…_wo`) where there is one",
    sources: &["https://developer.hashicorp.com/terraform/language/manage-sensitive-data"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_db_instance": {"d": {"password": "${var.db_password}"}}}}"#,
        r#"{"resource": {"aws_secretsmanager_secret_version": {"v": {"secret_id": "s", "secret_string_wo": "${var.t}", "secret_string_wo_version": 1}}}}"#,
        r#"{"resource": {"aws_iam_server_certificate": {"c": {"certificate_body": "-----BEGIN CERTIFICATE-----"}}}}"#,
        r#"{"resource": {"aws_ssm_parameter": {"level": {"name": "/app/log_level", "type": "String", "value": "debug"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_db_instance": {"d": {"password": "hunter2"}}}}"#,
            at: &[r#""hunter2""#],
        },
        Bad {
            document: r#"{"resource": {"aws_secretsmanager_secret_version": {"v": {"secret_string": "${jsonencode({user = \"app\", password = \"hunter2\"})}"}}}}"#,
            at: &[r#"\"hunter2\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_secretsmanager_secret_version": {"v": {"secret_string": "{\"user\": \"app\", \"password\": \"hunter2\"}"}}}}"#,
            at: &[r#"\"hunter2\""#],
        },
        Bad {
            document: r#"{"locals": {"p": "hunt"}, "resource": [{"aws_db_instance": [{"d": [{"password": "${local.p}"}]}]}]}"#,
            at: &[r#""hunt""#],
        },
        Bad {
            document: r#"{"resource": {"aws_ssm_parameter": {"p": {"name": "/app/db_password", "type": "String", "value": "hunter2"}}}}"#,
            at: &[r#""hunter2""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (literal, block) in literals(subject) {
        let may_be_sensitive = matches!(block.kind, Kind::Resource | Kind::Data | Kind::Ephemeral)
            && secrets::has_sensitive(block.type_name());
        if !may_be_sensitive {
            continue;
        }
        let path: Vec<&str> = literal.path.iter().map(String::as_str).collect();
        let Some((last, outer)) = path.split_last() else {
            continue; // a body that is itself a string is no block
        };
        if !secrets::is_sensitive(block.type_name(), &path)
            || is_plain_parameter(block)
            || !is_candidate(literal)
        {
            continue;
        }
        // Of a sensitive map, or JSON in a sensitive string, what its keys call secret.
        let inside = secrets::is_sensitive(block.type_name(), outer);
        let is_container = literal.text.as_str().trim_start().starts_with(['{', '[']);
        if (inside && !literal.is_secret) || (!inside && (is_container || !secrets::is_credential(last))) {
            continue;
        }
        judgement.report(whole(
            &RULE,
            subject,
            literal,
            &format!("the sensitive argument `{}`", path.join(".")),
        ));
    }
}

/// A parameter of type `String` or `StringList`, which its author says is no secret, unless its
/// name says otherwise (Systems Manager, "Parameter types").
fn is_plain_parameter(block: &Block) -> bool {
    let argument = |name: &str| block.body.member(name).and_then(|member| member.value.literal());
    let name = argument("name").and_then(|name| name.rsplit('/').next());
    block.type_name() == "aws_ssm_parameter"
        && matches!(argument("type"), Some("String" | "StringList"))
        && !name.is_some_and(secrets::is_secret)
}
