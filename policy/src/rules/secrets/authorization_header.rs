//! Authorization headers.

use super::{finding, literals, report_form};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::{self, Kind};

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
    bad: &[
        Bad {
            document: r#"{"locals": {"a": "Authorization: Basic YXBwOmh1bnRlcjIhIQ=="}}"#,
            at: &["YXBwOmh1bnRlcjIhIQ=="],
        },
        Bad {
            document: r#"{"resource": {"aws_x": {"y": {"headers": {"Authorization": "Basic YXBwOmh1bnRlcjI="}}}}}"#,
            at: &["YXBwOmh1bnRlcjI="],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_form(&RULE, Kind::AuthorizationHeader, subject, judgement);
    // A map of headers: the name is the key.
    for (literal, _) in literals(subject) {
        if !literal.name.eq_ignore_ascii_case("authorization") {
            continue;
        }
        let text = literal.text.as_str();
        let Some((scheme, credential)) = text.split_once(' ') else {
            continue; // a scheme alone, or a reference
        };
        let known = scheme.eq_ignore_ascii_case("basic") || scheme.eq_ignore_ascii_case("bearer");
        let part = text.len().saturating_sub(credential.len())..text.len();
        if known && !literal.text.has_hole(part.clone()) && !secrets::is_quiet(credential) {
            judgement.report(finding(&RULE, subject, literal, part, "the header `Authorization`"));
        }
    }
}
