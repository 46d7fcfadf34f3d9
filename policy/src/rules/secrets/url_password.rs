//! Passwords in URLs and connection strings.

use super::report_form;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC009",
    name: "password-in-url",
    summary: "a URL or connection string holds a password",
    rationale: "Connection strings are logged, shown in consoles and kept in the state.",
    remedy: "keep the whole connection string in a secret store and inject it by reference, or assemble it from a sensitive value",
    sources: &["https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1"],
    severity: Severity::Error,
    good: &[
        r#"{"locals": {"a": "postgres://app:${var.password}@db/app", "b": "https://example.org/a:b@c", "c": "git@github.com:o/r.git", "d": "redis://cache:6379"}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_apprunner_service": {"s": {"source_configuration": {"image_repository": {"image_configuration": {"runtime_environment_variables": {"DATABASE_URL": "postgres://app:hunter2@${aws_db_instance.d.address}/app"}}}}}}}}"#,
            at: &[r#"hunter2"#],
        },
        Bad {
            document: r#"{"locals": {"a": "Server=db;Database=app;User Id=app;Password=hunter2;"}}"#,
            at: &[r#"hunter2"#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_form(&RULE, Kind::UrlPassword, subject, judgement);
}
