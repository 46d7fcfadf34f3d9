//! Values that look like secrets and are none.

use super::{names, uuid};

/// AWS's documented example credentials (IAM user guide, "Manage access keys").
const EXAMPLES: &[&str] = &[
    "AKIAIOSFODNN7EXAMPLE",
    "AKIAI44QH8DHBEXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
];

/// Parts of values that say "put the real value here". `changeme` and Java's `changeit` are what passwords are left at.
const PLACEHOLDERS: &[&str] = &[
    "change-me",
    "change_me",
    "example",
    "externally",
    "fill-in",
    "fill_in",
    "fixme",
    "manually",
    "outside of terraform",
    "placeholder",
    "redacted",
    "replace",
    "to be ",
    "to-be-",
    "to_be_",
    "your-",
    "your_",
    "yourpassword",
    "yoursecret",
    "yourtoken",
];

/// Words that say the same when they stand alone.
const PLACEHOLDER_WORDS: &[&str] =
    &["dummy", "fake", "insert", "mock", "na", "sample", "stub", "tbd", "todo", "undefined", "xxx"];

/// Words that are settings rather than secrets.
const SETTINGS: &[&str] = &[
    "all",
    "allow",
    "always",
    "any",
    "auto",
    "automatic",
    "aws",
    "basic",
    "bearer",
    "custom",
    "days",
    "default",
    "deny",
    "disable",
    "disabled",
    "empty",
    "enable",
    "enabled",
    "env",
    "environment",
    "false",
    "file",
    "hours",
    "iam",
    "inherit",
    "jwt",
    "managed",
    "manual",
    "minutes",
    "never",
    "nil",
    "none",
    "null",
    "off",
    "optional",
    "prompt",
    "random",
    "read",
    "required",
    "rotate",
    "seconds",
    "secretsmanager",
    "ssm",
    "true",
    "unset",
    "vault",
    "write",
];

/// Whether a value under a secret's name is still no secret.
#[must_use]
pub fn is_quiet(value: &str) -> bool {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    value.chars().count() < 3
        || EXAMPLES.contains(&value)
        || SETTINGS.contains(&lower.as_str())
        || is_placeholder(value, &lower)
        || is_marked(value)
        || is_one_character(value)
        || is_setting(value)
        || is_duration(value)
        || is_alphabet(&lower)
        || is_reference(value, &lower)
        || is_public(value)
        || is_prose(value)
}

/// The same where the name that a value stands under is known: a UUID is the id of something, unless a key of a vendor is asked for.
#[must_use]
pub fn is_quiet_under(name: &str, value: &str) -> bool {
    (is_quiet(value) && !uuid::is_key(name, value)) || is_name_of_key(name, value)
}

/// `secretKey: password`: what is kept in a secret is under that key (kubernetes.io, "Secrets"; external-secrets.io).
fn is_name_of_key(name: &str, value: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b'.');
    name.to_ascii_lowercase().replace(['-', '_'], "").ends_with("secretkey")
        && value.bytes().all(is_word)
        && names::is_secret(value)
}

/// The same for something that has the exact form of a vendor's token.
#[must_use]
pub fn is_quiet_token(value: &str) -> bool {
    let distinct: std::collections::BTreeSet<char> = value.chars().collect();
    let lower = value.to_ascii_lowercase();
    // Sixteen random characters of base 32 hold fewer than seven different ones once in 10^5.
    distinct.len() < 7
        || EXAMPLES.contains(&value)
        || value.ends_with("EXAMPLE")
        || ["example", "placeholder", "your_", "your-", "xxxxxxxx", "abcdefghijklmnop", "0123456789"]
            .iter()
            .any(|word| lower.contains(word))
}

fn is_placeholder(value: &str, lower: &str) -> bool {
    let mut words = lower.split(|character: char| !character.is_alphanumeric());
    value == "CHANGEME"
        || PLACEHOLDERS.iter().any(|part| lower.contains(part))
        || words.all(|word| word.is_empty() || PLACEHOLDER_WORDS.contains(&word))
}

/// `<token>`, `{{token}}`, `[token]`, `%TOKEN%`, `***`.
fn is_marked(value: &str) -> bool {
    let marks = [("<", ">"), ("{", "}"), ("[", "]"), ("%", "%"), ("__", "__"), ("$(", ")"), ("${", "}")];
    marks.iter().any(|(start, end)| value.starts_with(start) && value.ends_with(end))
        || value.starts_with("***")
        || value.starts_with("...")
}

fn is_one_character(value: &str) -> bool {
    let mut characters = value.chars();
    let first = characters.next();
    characters.all(|character| Some(character) == first)
}

/// `SYMMETRIC_DEFAULT`: a constant of an API.
fn is_setting(value: &str) -> bool {
    value.contains('_') && value.chars().all(|character| character.is_ascii_uppercase() || character == '_')
}

/// `PT1H`, `3600s`: a time in the form of ISO 8601, or with its unit.
fn is_duration(value: &str) -> bool {
    let counts = |text: &str, units: &str| {
        text.chars().any(|character| character.is_ascii_digit())
            && text.ends_with(|last: char| units.contains(last))
            && text.chars().all(|character| character.is_ascii_digit() || units.contains(character))
    };
    let is_one_count = |units: &str| {
        value
            .strip_suffix(|last: char| units.contains(last))
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    value.strip_prefix('P').is_some_and(|rest| counts(rest, "YMWDTHS")) || is_one_count("smhdw")
}

/// The characters that something is made of.
fn is_alphabet(lower: &str) -> bool {
    lower.contains("abcdefghijklmnopqrstuvwxyz")
}

/// ARNs, paths, names of secrets and parameters, addresses without a password.
fn is_reference(value: &str, lower: &str) -> bool {
    let scheme = lower.split_once("://");
    lower.starts_with("arn:")
        || value.starts_with('/')
        || value.starts_with("./")
        || value.starts_with('~')
        || lower.starts_with("alias/")
        || lower.starts_with("{{resolve:")
        || lower.starts_with("aws_")
        || [
            "data.",
            "env.",
            "env:",
            "local.",
            "module.",
            "process.env",
            "secretsmanager:",
            "ssm:",
            "var.",
            "vault:",
        ]
        .iter()
        .any(|start| lower.starts_with(start))
        || scheme.is_some_and(|(_, rest)| !rest.contains('@'))
        || is_secret_path(value)
}

/// `action-spec/github-token`: words joined by slashes name a secret in a store.
fn is_secret_path(value: &str) -> bool {
    value.contains('/')
        && value.split('/').all(|part| {
            let mut characters = part.chars();
            characters.next().is_some_and(|first| first.is_ascii_lowercase())
                && characters.all(|character| matches!(character, 'a'..='z' | '0'..='9' | '-' | '_' | '.'))
        })
}

/// What is made to be shown: certificates, public keys, UUIDs, digests, ciphertexts of KMS.
fn is_public(value: &str) -> bool {
    let is_pem = value.contains("-----BEGIN") && !value.contains("PRIVATE KEY");
    let is_ssh = ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].iter().any(|start| value.starts_with(start));
    let digests = ["md5", "sha1", "sha256", "sha384", "sha512"];
    let is_digest = digests.iter().any(|name| {
        value.strip_prefix(name).is_some_and(|rest| rest.starts_with([':', '-']) && rest.len() > 16)
    });
    // docs.stripe.com and docs.mapbox.com: keys for browsers.
    let is_publishable = ["pk_live_", "pk_test_", "pk."].iter().any(|start| value.starts_with(start));
    // docs.aws.amazon.com: the ciphertext of "Encrypt" names its key; the token that "AddPermission" takes is the id of a skill.
    let is_named = ["AQICAH", "amzn1.ask.skill."].iter().any(|start| value.starts_with(start));
    is_pem || is_ssh || uuid::is_uuid(value) || is_digest || is_publishable || is_named
}

/// A sentence about a secret.
fn is_prose(value: &str) -> bool {
    value.split_whitespace().count() > 4 && !value.contains("-----BEGIN")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_secret_is_quiet() {
        for value in [
            "",
            "arn:aws:secretsmanager:us-east-2:1:secret:x",
            "AKIAIOSFODNN7EXAMPLE",
            "<token>",
            "CHANGE_ME",
            "xxxxxxxx",
            "action-spec/github-token",
            "/app/db/password",
            "123e4567-e89b-12d3-a456-426614174000",
            "true",
            "https://example.org/token",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI",
            "the token is made by hand",
            "AQICAHhexample",
            "amzn1.ask.skill.123e4567-e89b-12d3-a456-426614174000",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "var.password",
            "prod2/db/password",
            "PT1H",
            "P30D",
            "3600s",
            "to be set by hand",
            "abcdefghijklmnopqrstuvwxyz0123456789",
        ] {
            assert!(is_quiet(value), "{value}");
        }
    }

    #[test]
    fn short_passwords_are_secrets() {
        for value in [
            "hunter2",
            "password",
            "12345678",
            "p/w-9Q",
            "changeme",
            "changeit",
            "PASS",
            "correct horse battery staple",
        ] {
            assert!(!is_quiet(value), "{value}");
        }
    }

    #[test]
    fn what_a_secret_is_kept_under_is_quiet() {
        assert!(is_quiet_under("secretKey", "db-password") && !is_quiet_under("secretKey", "db-Passw0rd"));
        assert!(is_quiet_under("db_password", "<token>") && !is_quiet_under("db_password", "db-password"));
    }
}
