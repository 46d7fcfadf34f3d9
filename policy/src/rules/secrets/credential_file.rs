//! Files that programs read credentials from.

use super::report_form;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC017",
    name: "credential-file",
    summary: "the content of a credential file (`.netrc`, `.npmrc`, `.pgpass`, `.htpasswd`, …) is literal",
    rationale: "The file is protected where it will lie; the configuration that it is written from is read by many.",
    remedy: "write the file at start from a secret store, or assemble it from a sensitive value",
    sources: &[
        "https://docs.npmjs.com/cli/configuring-npm/npmrc",
        "https://www.postgresql.org/docs/current/libpq-pgpass.html",
        "https://developer.wordpress.org/advanced-administration/wordpress/wp-config/",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"locals": {"a": "//registry.npmjs.org/:_authToken=${var.token}", "b": "machine example.org login app password $PASSWORD", "c": "localhost:5432:app:app:${var.password}"}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"locals": {"a": "//registry.npmjs.org/:_authToken=hunter2"}}"#,
            at: &["hunter2"],
        },
        Bad {
            document: r#"{"locals": {"a": "machine example.org login app password hunter2", "b": "db.example.org:5432:app:app:hunter2"}}"#,
            at: &["hunter2", "hunter2"],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_form(&RULE, Kind::CredentialFile, subject, judgement);
}
