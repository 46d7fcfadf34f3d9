//! Values that look like secrets and are none.

/// AWS's documented example credentials (IAM user guide, "Manage access keys").
const EXAMPLES: &[&str] = &[
    "AKIAIOSFODNN7EXAMPLE",
    "AKIAI44QH8DHBEXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
];

/// Words that say "put the real value here".
const PLACEHOLDERS: &[&str] = &[
    "changeme",
    "change-me",
    "change_me",
    "dummy",
    "example",
    "fixme",
    "insert",
    "placeholder",
    "redacted",
    "replace",
    "sample",
    "todo",
    "your-",
    "your_",
    "yourtoken",
];

/// Words that are settings rather than secrets.
const SETTINGS: &[&str] = &[
    "days", "default", "disabled", "enabled", "false", "hours", "minutes", "none", "null", "optional",
    "required", "seconds", "true", "unset",
];

/// Whether a value under a secret's name is still no secret.
#[must_use]
pub fn is_quiet(value: &str) -> bool {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    value.chars().count() < 3
        || EXAMPLES.contains(&value)
        || SETTINGS.contains(&lower.as_str())
        || PLACEHOLDERS.iter().any(|word| lower.contains(word))
        || is_marked(value)
        || is_one_character(value)
        || is_setting(value)
        || is_reference(value, &lower)
        || is_public(value)
        || is_prose(value)
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
        || lower.starts_with("vault:")
        || scheme.is_some_and(|(_, rest)| !rest.contains('@'))
        || is_secret_path(value)
}

/// `action-spec/github-token`: words joined by slashes name a secret in a store.
fn is_secret_path(value: &str) -> bool {
    value.contains('/')
        && value.split('/').all(|part| {
            let mut characters = part.chars();
            characters.next().is_some_and(|first| first.is_ascii_lowercase())
                && characters
                    .all(|character| character.is_ascii_lowercase() || matches!(character, '-' | '_' | '.'))
        })
}

/// Certificates, public keys, UUIDs.
fn is_public(value: &str) -> bool {
    let is_pem = value.contains("-----BEGIN CERTIFICATE") || value.contains("-----BEGIN PUBLIC KEY");
    let is_ssh = value.starts_with("ssh-rsa ")
        || value.starts_with("ssh-ed25519 ")
        || value.starts_with("ecdsa-sha2-");
    let groups: Vec<usize> = value.split('-').map(str::len).collect();
    let is_uuid = groups == [8, 4, 4, 4, 12]
        && value.chars().all(|character| character.is_ascii_hexdigit() || character == '-');
    is_pem || is_ssh || is_uuid
}

/// A sentence about a secret.
fn is_prose(value: &str) -> bool {
    value.split_whitespace().count() > 3 && !value.contains("-----BEGIN")
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
        ] {
            assert!(is_quiet(value), "{value}");
        }
    }

    #[test]
    fn short_passwords_are_secrets() {
        for value in ["hunter2", "password", "12345678", "p/w-9Q"] {
            assert!(!is_quiet(value), "{value}");
        }
    }
}
