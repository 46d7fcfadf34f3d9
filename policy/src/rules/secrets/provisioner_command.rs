//! Secrets in provisioners.

use super::{finding, literals};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets;

pub(crate) static RULE: Rule = Rule {
    id: "SEC005",
    name: "secret-in-provisioner",
    summary: "a provisioner command holds a literal secret",
    rationale: "The command stands in the configuration and in the logs of every run.",
    remedy: "hand it over in `environment` from a sensitive variable, or let the command read it from a secret store",
    sources: &["https://developer.hashicorp.com/terraform/language/resources/provisioners/local-exec"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"terraform_data": {"d": {"provisioner": {"local-exec": {"command": "deploy --token $TOKEN"}}}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"terraform_data": {"d": {"provisioner": [{"local-exec": {"command": "deploy --token hunter2"}}]}}}}"#,
            at: &[r#"hunter2"#],
        },
        Bad {
            document: r#"{"resource": {"terraform_data": {"d": {"provisioner": {"local-exec": {"command": "deploy", "environment": {"API_TOKEN": "hunter2"}}}}}}}"#,
            at: &[r#""hunter2""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (literal, _) in literals(subject) {
        if literal.path.first().is_none_or(|key| key != "provisioner") {
            continue;
        }
        for found in secrets::assignments(literal.text) {
            judgement.report(finding(
                &RULE,
                subject,
                literal,
                found.range,
                &format!("a provisioner, as `{}`", found.name),
            ));
        }
        let in_environment = literal.path.iter().any(|key| key == "environment");
        if in_environment && literal.is_secret && super::is_candidate(literal) {
            let place = format!("the environment of a provisioner, as `{}`", literal.name);
            judgement.report(super::whole(&RULE, subject, literal, &place));
        }
    }
}
