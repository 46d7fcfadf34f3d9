//! Which arguments and attributes the provider itself marks as sensitive.
//!
//! `data/sensitive.txt` and `data/write_only.txt` are extracted from the schema of hashicorp/aws by
//! `tests/sensitive_arguments.rs`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

static LINES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/sensitive.txt").lines().collect());

static WRITE_ONLY: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/write_only.txt").lines().collect());

/// Attributes of other providers that are secrets (registry documentation of hashicorp/azurerm,
/// hashicorp/google, hashicorp/random, hashicorp/tls and hashicorp/vault).
const OTHERS: &[(&str, &str)] = &[
    ("azurerm_key_vault_secret", "value"),
    ("google_secret_manager_secret_version", "secret_data"),
    ("random_password", "bcrypt_hash"),
    ("random_password", "result"),
    ("tls_private_key", "private_key_openssh"),
    ("tls_private_key", "private_key_pem"),
    ("tls_private_key", "private_key_pem_pkcs8"),
    ("vault_generic_secret", "data"),
    ("vault_generic_secret", "data_json"),
    ("vault_kv_secret", "data"),
    ("vault_kv_secret", "data_json"),
    ("vault_kv_secret_v2", "data"),
    ("vault_kv_secret_v2", "data_json"),
];

/// Names of arguments that the provider hides although they are no credentials: they identify,
/// are public, or are hidden for their size (read off `data/sensitive.txt`).
const NO_CREDENTIALS: &[&str] = &[
    "admin_username",
    "bundle_id",
    "ca_certificate_pem",
    "ca_pem",
    "certificate",
    "certificate_chain",
    "certificate_pem",
    "client_id",
    "content",
    "input",
    "kms_encryption_context",
    "kms_key_id",
    "master_user_name",
    "notes",
    "payload",
    "platform_principal",
    "post_authentication_login_banner",
    "pre_authentication_login_banner",
    "public_key",
    "schema",
    "team_id",
    "token_key_id",
    "token_signing_public_keys",
    "username",
    "verification_certificate_pem",
];

/// Whether a sensitive argument of that name holds a credential.
#[must_use]
pub fn is_credential(argument: &str) -> bool {
    !NO_CREDENTIALS.contains(&argument)
}

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

/// Whether a resource has a write-only argument that stands for this one: its name with `_wo`.
#[must_use]
pub fn is_write_only_elsewhere(type_name: &str, argument: &str) -> bool {
    WRITE_ONLY.contains(format!("{type_name} {argument}_wo").as_str())
}

/// Credentials in a provider block of hashicorp/aws, which its schema does not mark.
#[must_use]
pub fn is_sensitive_provider_argument(argument: &str) -> bool {
    matches!(argument, "access_key" | "secret_key" | "token") || super::is_secret(argument)
}
