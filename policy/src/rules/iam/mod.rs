//! Rules about who may do what.

pub(super) mod access_key;
pub(super) mod any_principal;
pub(super) mod beside_its_folder;
pub(super) mod broad_managed_policy;
pub(super) mod every_action;
pub(super) mod every_resource;
pub(super) mod github_subject;
pub(super) mod hidden_access;
pub(super) mod missing_permission;
pub(super) mod negated_element;
pub(super) mod pass_role;
pub(super) mod policy_version;
pub(super) mod unneeded_permission;
pub(super) mod whole_service;
pub(super) mod wild_account;

use crate::iam::Statement;

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
