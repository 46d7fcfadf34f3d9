//! Literals under the name of a secret, anywhere else.

use super::{finding, is_candidate_under, literals, whole};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets;
use crate::terraform::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC012",
    name: "secret-named-literal",
    summary: "a value with the name of a secret is literal",
    rationale: "A password needs no special form: its name says what it is, and the configuration shows it.",
    remedy: "use a sensitive variable, a secret reference or a generated value",
    sources: &["https://developer.hashicorp.com/terraform/language/manage-sensitive-data"],
    severity: Severity::Error,
    good: &[
        r#"{"locals": {"db_password": "${var.p}", "secret_name": "action-spec/github-token", "token_ttl": "1h"}, "output": {"secret_arn": {"value": "${aws_secretsmanager_secret.s.arn}"}}}"#,
        r#"{"data": {"aws_iam_policy_document": {"d": {"statement": {"condition": {"test": "StringEquals", "variable": "token.actions.githubusercontent.com:sub", "values": ["repo:o/r:ref:refs/heads/main"]}}}}}}"#,
        r#"{"resource": {"aws_x": {"y": {"note": "the password: see the vault", "url": "https://example.org/?a=b&token=$TOKEN"}}}}"#,
    ],
    bad: &[
        Bad { document: r#"{"locals": {"db_password": "hunter2"}}"#, at: &[r#""hunter2""#] },
        Bad {
            document: r#"{"module": {"m": {"source": "./m", "api_key": "hunter2"}}}"#,
            at: &[r#""hunter2""#],
        },
        Bad {
            document: r#"{"resource": {"aws_ssm_parameter": {"p": {"tags": {"password": "hunter2"}}}}}"#,
            at: &[r#""hunter2""#],
        },
        Bad { document: r#"{"output": {"admin_password": {"value": "hunter2"}}}"#, at: &[r#""hunter2""#] },
        Bad {
            document: r#"{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": "[{\"command\": [\"app\", \"--db-password=hunter2\"]}]"}}}}"#,
            at: &["hunter2"],
        },
        Bad {
            document: r#"{"resource": {"aws_dms_endpoint": {"d": {"extra_connection_attributes": "sslmode=require;password=hunter2"}}}}"#,
            at: &["hunter2"],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (literal, block) in literals(subject) {
        // The name of an output is that of its value; what variables and providers are given has rules of its own.
        let (name, is_secret) = match (block.kind, literal.path.as_slice()) {
            (Kind::Variable | Kind::Provider | Kind::Terraform, _) => ("", false),
            (Kind::Output, [key]) if key == "value" => (block.name(), secrets::is_secret(block.name())),
            _ => (literal.name.as_str(), literal.is_secret),
        };
        // What is in a container is a literal of its own.
        if literal.text.as_str().trim_start().starts_with(['{', '[']) {
            continue;
        }
        if is_secret && is_candidate_under(name, literal) {
            judgement.report(whole(&RULE, subject, literal, &format!("`{name}`")));
        }
        for found in secrets::assignments(literal.text) {
            judgement.report(finding(
                &RULE,
                subject,
                literal,
                found.range,
                &format!("{}, as `{}`", super::place(literal), found.name),
            ));
        }
    }
}
