//! Which arguments and attributes the provider itself marks as sensitive.
//!
//! `data/sensitive.txt` is extracted from the schema of hashicorp/aws by `tests/sensitive_arguments.rs`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

static LINES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/sensitive.txt").lines().collect());

/// Attributes of other providers that are secrets (registry documentation of hashicorp/random and
/// hashicorp/tls).
const OTHERS: &[(&str, &str)] = &[
    ("random_password", "bcrypt_hash"),
    ("random_password", "result"),
    ("tls_private_key", "private_key_openssh"),
    ("tls_private_key", "private_key_pem"),
    ("tls_private_key", "private_key_pem_pkcs8"),
];

/// Whether the argument or attribute at a path of a resource or data source is sensitive.
#[must_use]
pub fn is_sensitive(type_name: &str, path: &[&str]) -> bool {
    if path.is_empty() {
        return false;
    }
    // A sensitive map or list makes everything in it sensitive.
    (1..=path.len()).any(|length| {
        let path = path.get(..length).unwrap_or_default().join(".");
        LINES.contains(format!("{type_name} {path}").as_str()) || OTHERS.contains(&(type_name, path.as_str()))
    })
}

/// Credentials in a provider block of hashicorp/aws, which its schema does not mark.
#[must_use]
pub fn is_sensitive_provider_argument(argument: &str) -> bool {
    matches!(argument, "access_key" | "secret_key" | "token") || super::is_secret(argument)
}
