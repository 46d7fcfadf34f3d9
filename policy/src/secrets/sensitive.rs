//! Which arguments and attributes the provider itself marks as sensitive.
//!
//! `data/sensitive.txt` and `data/write_only.txt` are extracted from the schema of hashicorp/aws by
//! `tests/sensitive_arguments.rs`.

use std::sync::LazyLock;

static SENSITIVE: LazyLock<ByType> = LazyLock::new(|| ByType::of(include_str!("../../data/sensitive.txt")));

static WRITE_ONLY: LazyLock<ByType> = LazyLock::new(|| ByType::of(include_str!("../../data/write_only.txt")));

/// Paths of arguments, sorted by the types that have them: most types have none.
struct ByType {
    rows: Vec<(&'static str, &'static str)>,
}

impl ByType {
    fn of(lines: &'static str) -> ByType {
        let mut rows: Vec<_> = lines.lines().filter_map(|line| line.split_once(' ')).collect();
        rows.sort_unstable();
        ByType { rows }
    }

    fn paths(&self, type_name: &str) -> &[(&'static str, &'static str)] {
        let start = self.rows.partition_point(|(other, _)| *other < type_name);
        let rest = self.rows.get(start..).unwrap_or_default();
        let end = rest.iter().take_while(|(other, _)| *other == type_name).count();
        rest.get(..end).unwrap_or_default()
    }
}

/// Attributes of other providers that are secrets (registry documentation of hashicorp/azurerm, hashicorp/google,
/// hashicorp/random, hashicorp/tls, hashicorp/vault and integrations/github).
const OTHERS: &[(&str, &str)] = &[
    ("azurerm_key_vault_secret", "value"),
    ("github_actions_environment_secret", "plaintext_value"),
    ("github_actions_organization_secret", "plaintext_value"),
    ("github_actions_secret", "plaintext_value"),
    ("github_codespaces_secret", "plaintext_value"),
    ("github_dependabot_secret", "plaintext_value"),
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
    let rows = SENSITIVE.paths(type_name).iter().chain(OTHERS.iter().filter(|(own, _)| *own == type_name));
    rows.into_iter().any(|(_, sensitive)| leads_to(path, sensitive))
}

/// Whether a resource or data source of a type has a sensitive argument or attribute at all.
#[must_use]
pub fn has_sensitive(type_name: &str) -> bool {
    !SENSITIVE.paths(type_name).is_empty() || OTHERS.iter().any(|(own, _)| *own == type_name)
}

/// Whether a path leads to what is called so, or into it: a sensitive map or list makes everything in it sensitive.
fn leads_to(path: &[&str], sensitive: &str) -> bool {
    let mut steps = path.iter();
    sensitive.split('.').all(|part| steps.next() == Some(&part))
}

/// Whether a resource has a write-only argument that stands for this one: its name with `_wo`.
#[must_use]
pub fn is_write_only_elsewhere(type_name: &str, argument: &str) -> bool {
    let mut rows = WRITE_ONLY.paths(type_name).iter();
    rows.any(|(_, name)| name.strip_suffix("_wo") == Some(argument))
}

/// Credentials in a provider block of hashicorp/aws, which its schema does not mark.
#[must_use]
pub fn is_sensitive_provider_argument(argument: &str) -> bool {
    matches!(argument, "access_key" | "secret_key" | "token") || super::is_secret(argument)
}
