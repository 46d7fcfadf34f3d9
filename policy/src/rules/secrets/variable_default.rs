//! `variable "token" { default = "…" }`.

use super::{is_candidate, is_candidate_under, literals, whole};
use crate::node::Value;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets;
use crate::terraform::{Block, Kind};

pub(crate) static RULE: Rule = Rule {
    id: "SEC001",
    name: "secret-as-variable-default",
    summary: "a variable that holds a secret has a literal default",
    rationale: "The default is committed with the configuration, and is used unnoticed wherever no value is given.",
    remedy: "remove `default`, set `\"sensitive\": true`, and give the value by `TF_VAR_…` or from a secret store",
    sources: &["https://developer.hashicorp.com/terraform/language/values/variables"],
    severity: Severity::Error,
    good: &[
        r#"{"variable": {"github_token": {"type": "string", "sensitive": true}}}"#,
        r#"{"variable": {"token_ttl": {"default": "3600"}, "db_password": {"default": ""}, "api_key": {"default": null}}}"#,
    ],
    bad: &[
        Bad { document: r#"{"variable": {"db_password": {"default": "hunter2"}}}"#, at: &[r#""hunter2""#] },
        Bad {
            document: r#"{"variable": {"settings": {"sensitive": true, "default": {"a": "hunter2"}}}}"#,
            at: &[r#""hunter2""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (literal, block) in literals(subject) {
        if block.kind != Kind::Variable || literal.path.first().is_none_or(|key| key != "default") {
            continue;
        }
        let named = secrets::is_secret(block.name()) && literal.path.len() == 1;
        let is_one = named && is_candidate_under(block.name(), literal)
            || (says_sensitive(block) || literal.is_secret) && is_candidate(literal);
        if is_one {
            judgement.report(whole(&RULE, subject, literal, "the default of a variable"));
        }
    }
}

fn says_sensitive(block: &Block) -> bool {
    let member = block.written.member("sensitive");
    member.is_some_and(|member| matches!(member.value.value, Value::Bool(true)))
}
