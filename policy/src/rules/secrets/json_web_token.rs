//! JSON Web Tokens.

use super::report_form;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC010",
    name: "json-web-token",
    summary: "a signed JSON Web Token stands in plain text",
    rationale: "A signed token is accepted until it expires, whoever sends it.",
    remedy: "issue it when it is needed, or pass it by a sensitive variable",
    sources: &["https://www.rfc-editor.org/rfc/rfc7519"],
    severity: Severity::Error,
    good: &[r#"{"locals": {"a": "eyJhbGciOiJIUzI1NiJ9", "b": "a.b.c"}}"#],
    bad: &[Bad {
        document: r#"{"locals": {"a": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r"}}"#,
        at: &[r#""eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_form(&RULE, Kind::JsonWebToken, subject, judgement);
}
