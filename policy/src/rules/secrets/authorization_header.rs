//! Authorization headers.

use super::report_form;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC011",
    name: "authorization-header",
    summary: "an Authorization header holds a literal credential",
    rationale: "Basic credentials are the password itself in base64; a bearer token is all that a caller needs.",
    remedy: "keep the header in a secret store, or assemble it from a sensitive value",
    sources: &["https://www.rfc-editor.org/rfc/rfc7617"],
    severity: Severity::Error,
    good: &[
        r#"{"locals": {"a": "Authorization: Basic ${base64encode(var.login)}", "b": "Authorization: Bearer ${var.token}"}}"#,
    ],
    bad: &[Bad {
        document: r#"{"locals": {"a": "Authorization: Basic YXBwOmh1bnRlcjIhIQ=="}}"#,
        at: &[r#"YXBwOmh1bnRlcjIhIQ=="#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_form(&RULE, Kind::AuthorizationHeader, subject, judgement);
}
