//! Passwords among the arguments of commands.

use super::report_form;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC016",
    name: "password-on-command-line",
    summary: "a command is given a literal password",
    rationale: "Everybody on the machine sees the arguments of its processes, and the command stands in the configuration.",
    remedy: "let the command read the password from a file, from standard input or from a secret store",
    sources: &[
        "https://dev.mysql.com/doc/refman/8.4/en/password-security-user.html",
        "https://curl.se/docs/manpage.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_instance": {"i": {"user_data": "mysql -u root -p < dump.sql; curl -u $USER:$PASSWORD https://example.org; docker login --password-stdin"}}}}"#,
        r#"{"locals": {"a": "mkdir -p /var/lib/mysql", "b": "aws ecr get-login-password | docker login --username AWS --password-stdin x"}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_instance": {"i": {"user_data": "mysql -u root -phunter2 < dump.sql"}}}}"#,
            at: &["hunter2"],
        },
        Bad {
            document: r#"{"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": "[{\"command\": [\"curl\", \"-u\", \"app:hunter2\", \"https://example.org\"]}]"}}}}"#,
            at: &["hunter2"],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_form(&RULE, Kind::Command, subject, judgement);
}
