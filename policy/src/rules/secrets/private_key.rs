//! Private keys.

use super::report_form;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC008",
    name: "private-key",
    summary: "a private key stands in plain text",
    rationale: "Whoever reads it can be the server or the user it belongs to.",
    remedy: "make a new key and pass it by a sensitive variable or a secret store",
    sources: &["https://www.rfc-editor.org/rfc/rfc7468#section-10"],
    severity: Severity::Error,
    good: &[
        r#"{"locals": {"a": "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----", "b": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_x": {"y": {"pem": "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----"}}}}"#,
        at: &[r#""-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_form(&RULE, Kind::PrivateKey, subject, judgement);
}
