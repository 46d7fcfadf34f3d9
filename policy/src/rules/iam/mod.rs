//! Rules about who may do what.

pub(super) mod access_key;
pub(super) mod account_wide_control;
pub(super) mod account_wide_trust;
pub(super) mod any_principal;
pub(super) mod beside_its_folder;
pub(super) mod broad_managed_policy;
pub(super) mod condition_type;
pub(super) mod confused_deputy;
pub(super) mod console_password;
pub(super) mod credentials_of_all;
pub(super) mod data_of_all;
pub(super) mod decrypt_with_all;
pub(super) mod deletion_of_all;
pub(super) mod empty_element;
pub(super) mod every_action;
pub(super) mod every_resource;
pub(super) mod every_resource_described;
pub(super) mod exclusive_attachment;
pub(super) mod foreign_action;
pub(super) mod github_subject;
pub(super) mod group_without_mfa;
pub(super) mod hidden_access;
pub(super) mod impossible_condition;
pub(super) mod insecure_transport;
pub(super) mod literal_wildcard;
pub(super) mod malformed_arn;
pub(super) mod malformed_policy;
pub(super) mod malformed_principal;
pub(super) mod mfa_condition;
pub(super) mod missing_permission;
pub(super) mod monitoring_off;
pub(super) mod negated_element;
pub(super) mod new_access;
pub(super) mod no_resource_level;
pub(super) mod open_endpoint;
pub(super) mod organization_policy;
pub(super) mod pass_role;
pub(super) mod permissions_on_all;
pub(super) mod policy_on_user;
pub(super) mod policy_size;
pub(super) mod policy_variable;
pub(super) mod policy_version;
pub(super) mod privilege_escalation;
pub(super) mod public_access_allowed;
pub(super) mod public_share;
pub(super) mod redundant_entry;
pub(super) mod resource_mismatch;
pub(super) mod saml_audience;
pub(super) mod service_linked_role;
pub(super) mod set_operator;
pub(super) mod several_environments;
pub(super) mod source_address;
pub(super) mod statement_id;
pub(super) mod trust_action;
pub(super) mod unauthenticated_endpoint;
pub(super) mod unknown_action;
pub(super) mod unknown_condition_key;
pub(super) mod unknown_managed_policy;
pub(super) mod unknown_operator;
pub(super) mod unnamed_source;
pub(super) mod unneeded_permission;
pub(super) mod unpaired_key;
pub(super) mod unsupported_condition_key;
pub(super) mod weak_password_policy;
pub(super) mod web_identity_subject;
pub(super) mod whole_service;
pub(super) mod wide_managed_policy;
pub(super) mod wild_account;
pub(super) mod wrong_elements;

use crate::iam::Statement;
use crate::iam::catalogue::{ConditionKey, global_condition_key, service};

/// Whether every principal of a statement is an account as a whole (`…:root`), which is how a key
/// policy hands control to the account's own IAM policies (KMS developer guide, "Default key
/// policy").
fn is_account_delegation(statement: &Statement) -> bool {
    let Some(principals) = statement.principal.known() else {
        return false;
    };
    !principals.is_empty()
        && principals
            .iter()
            .all(|principal| principal.kind == "AWS" && principal.id.as_str().ends_with(":root"))
}

/// What is known of a condition key: as one of all services, of its own service, or of those of the actions.
fn condition_key(key: &str, statement: &Statement) -> Option<&'static ConditionKey> {
    let own = || service(key.split_once(':')?.0)?.condition_key(key);
    let of_actions = || {
        let mut prefixes =
            statement.named_actions().filter_map(|action| Some(action.literal()?.split_once(':')?.0));
        prefixes.find_map(|prefix| service(prefix)?.condition_key(key))
    };
    global_condition_key(key).or_else(own).or_else(of_actions)
}
