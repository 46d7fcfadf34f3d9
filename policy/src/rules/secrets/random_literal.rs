//! Random strings where secrets are.

use super::{is_candidate, literals, whole};
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};
use crate::secrets::{self, Layer, Literal};
use crate::terraform::{Block, Kind};

pub(crate) static RULE: Rule = Rule {
    id: "SEC015",
    name: "random-literal",
    summary: "a literal looks random, and stands where anything may be written",
    rationale: "Nobody makes up such a string: it is a key or a password, or else an identifier that has a name.",
    remedy: "if it is a secret, use a sensitive variable or a secret reference; if not, give it the name of what it is (`…_id`, `…_hash`)",
    sources: &["https://developer.hashicorp.com/terraform/language/manage-sensitive-data"],
    severity: Severity::Warning,
    good: &[
        r#"{"locals": {"zone_id": "Z0423985X8K2J7Q4M1P9", "source_hash": "x9Kd83jFq0Lm22ZpQ7vTx9Kd83jFq0Lm22ZpQ7vT", "digest": "da39a3ee5e6b4b0d3255bfef95601890afd80709", "name": "AmazonEC2ContainerServiceforEC2Role"}}"#,
        r#"{"resource": {"aws_cloudfront_distribution": {"d": {"web_acl": "x9Kd83jFq0Lm22ZpQ7vT"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_lambda_function": {"f": {"environment": {"variables": {"VENDOR": "x9Kd83jFq0Lm22ZpQ7vT"}}}}}}"#,
            at: &[r#""x9Kd83jFq0Lm22ZpQ7vT""#],
        },
        Bad {
            document: r#"{"locals": {"hmac": "8f3a1c9e0b7d2f4a6c8e1b3d5f7a9c0e"}}"#,
            at: &[r#""8f3a1c9e0b7d2f4a6c8e1b3d5f7a9c0e""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (literal, block) in literals(subject) {
        let name = match (literal.name.as_str(), block.kind) {
            ("default" | "value" | "", Kind::Variable | Kind::Output) => block.name(),
            (name, _) => name,
        };
        // `ec2:productCode` is a condition key: AWS says what it holds.
        let value = literal.text.as_str();
        // Certificates, keys in base64 and images are long; no password or token is.
        let is_word = value.len() <= 256;
        let is_digest = value.len() >= 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
        // RFC 7518, section 6: the public numbers of a key.
        let is_number = matches!(name, "x" | "y" | "n") && literal.layers.last() == Some(&Layer::Json);
        let looks_so = || secrets::is_random(value) || (is_digest && secrets::hints_at_secret(name));
        if !is_word || is_number || !looks_so() || !is_free(literal, block) {
            continue;
        }
        let is_named = secrets::is_about(name) || name.contains(':');
        if !is_named && is_candidate(literal) && !secrets::is_encoded(literal.text) {
            judgement.report(whole(&RULE, subject, literal, &super::place(literal)));
        }
    }
}

/// Whether the author could write anything there; the arguments of resources have meanings of their
/// own, and the identifiers that most of them hold look as random.
fn is_free(literal: Literal<'_>, block: &Block) -> bool {
    match block.kind {
        Kind::Local | Kind::Value | Kind::Variable | Kind::Output | Kind::Module | Kind::Needs => true,
        Kind::Resource => {
            secrets::is_shown(block, &literal.path)
                || literal.path.iter().any(|key| matches!(key.as_str(), "environment" | "provisioner"))
        }
        Kind::Data | Kind::Ephemeral | Kind::Provider | Kind::Terraform | Kind::Other => false,
    }
}
