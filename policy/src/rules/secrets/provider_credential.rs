//! Credentials in `provider` and `terraform` blocks.

use super::{is_candidate, literals, whole};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::{self, Literal};
use crate::terraform::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "SEC002",
    name: "provider-credential",
    summary: "a provider or backend block holds a literal credential",
    rationale: "The credential is committed with the configuration, and Terraform copies that of a backend into `.terraform` and plan files.",
    remedy: "remove it: the AWS provider takes credentials from the environment, a profile or `assume_role`; others take a sensitive variable",
    sources: &[
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration",
        "https://developer.hashicorp.com/terraform/language/backend/s3#credentials-and-shared-configuration",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"provider": {"aws": {"region": "us-east-2", "profile": "dev", "secret_key": "${var.key}"}}, "variable": {"key": {"sensitive": true}}}"#,
        r#"{"provider": {"aws": {"access_key": "test", "secret_key": "test", "endpoints": {"s3": "http://localhost:4566"}}}}"#,
        r#"{"provider": {"aws": {"access_key": "AKIAIOSFODNN7EXAMPLE", "secret_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"provider": {"aws": [{}, {"alias": "x", "secret_key": "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy"}]}}"#,
            at: &[r#""Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy""#],
        },
        Bad {
            document: r#"{"terraform": {"backend": {"s3": {"secret_key": "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy"}}}}"#,
            at: &[r#""Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (literal, block) in literals(subject) {
        if !matches!(block.kind, Kind::Provider | Kind::Terraform) || !is_candidate(literal) {
            continue;
        }
        if secrets::is_sensitive_provider_argument(&literal.name) && !is_of_emulator(literal) {
            let place = format!(
                "`{}` of a {} block",
                literal.name,
                if block.kind == Kind::Provider { "provider" } else { "terraform" }
            );
            judgement.report(whole(&RULE, subject, literal, &place));
        }
    }
}

/// What LocalStack takes for credentials (docs.localstack.cloud, "Terraform"), and nobody else does.
fn is_of_emulator(literal: Literal<'_>) -> bool {
    matches!(literal.name.as_str(), "access_key" | "secret_key") && literal.text.literal() == Some("test")
}
