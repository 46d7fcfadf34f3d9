//! Tokens whose vendor gave them a recognisable form.

use super::report_form;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC007",
    name: "vendor-token",
    summary: "a token of a known vendor stands in plain text",
    rationale: "Whoever reads the configuration, its history, a plan or the state can use the token.",
    remedy: "revoke the token, then pass its successor by a sensitive variable or a secret reference",
    sources: &[
        "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"locals": {"a": "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "b": "AKIAIOSFODNN7EXAMPLE", "c": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "d": "8cbaaac0d1f3c5b7a9e1f2d3c4b5a69788796a5b"}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"locals": {"a": "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"}}"#,
            at: &[r#""ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8""#],
        },
        Bad {
            document: r#"{"locals": {"a": "header ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8; ${var.x}"}}"#,
            at: &[r#"ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"#],
        },
        Bad {
            document: r#"{"locals": {"a": "${join(\"_\", [\"ghp\", \"a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8\"])}"}}"#,
            at: &[r#"join(\"_\", [\"ghp\", \"a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8\"])"#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_form(&RULE, Kind::VendorToken, subject, judgement);
}
