//! What is laid beside a stack so that it reaches the emulator, while the stack itself stays as it is.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::configured::{self, Configured, OverrideError};
use crate::account::Account;

/// Files to write beside a stack, by name.
pub type Files = BTreeMap<&'static str, String>;

/// Terraform merges files of this kind of name into the others ("Override Files").
const OVERRIDE: &str = "localstack_override.tf.json";
/// A provider configuration that is not in the stack cannot be overridden, only added.
const ADDITION: &str = "localstack_provider.tf.json";

/// The provider's own settings, where it is told of the emulator: a provider that is kept warm has no environment.
pub(super) const CONFIGURATION: &str = "aws.config";

/// Credentials, few retries and a local backend for every AWS provider configuration of `stack`.
pub fn beside(stack: &[u8], account: &Account) -> Result<Files, OverrideError> {
    Ok(files(configured::in_json(stack)?, account))
}

/// The files that point a module at the emulator.
pub(super) fn files(found: Configured, account: &Account) -> Files {
    let may_need = found.may_need();
    let aliased = found.aliases.into_iter().map(|alias| configuration(account, Some(alias)));
    let default = configuration(account, None);
    let mut configurations: Vec<Value> = aliased.collect();
    let mut files = Files::new();
    if found.default {
        configurations.push(default);
    } else if may_need {
        files.insert(ADDITION, pretty(&json!({ "provider": { "aws": default } })));
    }
    let mut document = Map::from_iter([("terraform".into(), json!({ "backend": { "local": {} } }))]);
    if !configurations.is_empty() {
        document.insert("provider".into(), json!({ "aws": configurations }));
    }
    let states: Map<String, Value> =
        found.states.into_iter().map(|stack| (stack.clone(), kept_beside(&stack, account))).collect();
    if !states.is_empty() {
        document.insert("data".into(), json!({ "terraform_remote_state": states }));
    }
    files.insert(OVERRIDE, pretty(&Value::Object(document)));
    files
}

/// The name of the folder of a stack's deployment in an account.
pub(super) fn folder(stack: &str, account: &Account) -> String {
    format!("{stack}-{account}")
}

/// How the state of a stack that lies beside is read.
fn kept_beside(stack: &str, account: &Account) -> Value {
    let path = format!("${{path.module}}/../{}/terraform.tfstate", folder(stack, account));
    json!({ "backend": "local", "config": { "path": path } })
}

fn configuration(account: &Account, alias: Option<Value>) -> Value {
    let mut arguments = json!({
        "access_key": account.as_str(),
        "secret_key": "test",
        // The default of 25 lets one broken call hang for twenty minutes.
        "max_retries": 2,
        "s3_use_path_style": true,
        "shared_config_files": [CONFIGURATION],
        "skip_credentials_validation": true,
        "skip_metadata_api_check": true,
        "skip_region_validation": true,
    });
    if let (Some(alias), Some(arguments)) = (alias, arguments.as_object_mut()) {
        arguments.insert("alias".into(), alias);
    }
    arguments
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn aliases_of(stack: &str) -> Vec<Option<String>> {
        let files = beside(stack.as_bytes(), &Account::numbered(7)).unwrap();
        let document: Value = serde_json::from_str(&files[OVERRIDE]).unwrap();
        let configurations = document["provider"]["aws"].as_array().cloned().unwrap_or_default();
        configurations.iter().map(|aws| aws["alias"].as_str().map(str::to_owned)).collect()
    }

    #[test]
    fn every_spelling_of_provider_blocks_is_overridden_alike() {
        let expected = [Some("west".to_owned()), None];
        for stack in [
            r#"{"provider": {"aws": [{}, {"alias": "west"}]}}"#,
            r#"{"provider": [{"aws": {}}, {"aws": {"alias": "west"}}]}"#,
            r#"[{"provider": {"aws": {}}}, {"provider": [{"aws": [{"alias": "west"}]}]}]"#,
        ] {
            assert_eq!(aliases_of(stack), expected, "{stack}");
        }
    }

    #[test]
    fn a_stack_without_a_default_configuration_gets_one_beside_it() {
        for stack in [
            r#"{"provider": {"aws": {"alias": "west"}}}"#,
            r#"{"resource": {"aws_sqs_queue": {}}}"#,
            r#"[{"data": [{"aws_region": {}}]}]"#,
            r#"{"module": {"queue": {"source": "./queue"}}}"#,
            r#"{"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}}}"#,
        ] {
            let files = beside(stack.as_bytes(), &Account::numbered(7)).unwrap();
            let added: Value = serde_json::from_str(&files[ADDITION]).unwrap();
            assert_eq!(added["provider"]["aws"]["access_key"], "000000000007", "{stack}");
        }
    }

    #[test]
    fn a_stack_that_cannot_use_aws_gets_no_configuration() {
        for stack in ["{}", "[]", r#"{"resource": {"terraform_data": {"x": {}}}}"#] {
            let files = beside(stack.as_bytes(), &Account::numbered(7)).unwrap();
            assert!(!files.contains_key(ADDITION), "{stack}");
        }
    }

    #[test]
    fn the_backend_becomes_a_local_one() {
        let files = beside(br#"{"provider": {"aws": {}}}"#, &Account::numbered(7)).unwrap();
        let document: Value = serde_json::from_str(&files[OVERRIDE]).unwrap();
        assert_eq!(document["terraform"]["backend"], json!({ "local": {} }));
        assert!(!files.contains_key(ADDITION));
    }

    #[test]
    fn states_of_stacks_are_read_where_they_are_kept() {
        let stack = br#"{"data": {"terraform_remote_state": {"network": {"backend": "s3", "config": {"bucket": "b"}}}}}"#;
        let files = beside(stack, &Account::numbered(7)).unwrap();
        let document: Value = serde_json::from_str(&files[OVERRIDE]).unwrap();
        assert_eq!(
            document["data"]["terraform_remote_state"]["network"],
            json!({ "backend": "local", "config": { "path": "${path.module}/../network-000000000007/terraform.tfstate" } })
        );
    }

    #[test]
    fn what_is_no_stack_is_refused_with_its_place() {
        for (stack, message) in [
            ("7", "`the document` of the stack is a number, expected an object or an array of objects"),
            (
                r#"{"provider": "aws"}"#,
                "`provider` of the stack is a string, expected an object or an array of objects",
            ),
            (
                r#"{"provider": {"aws": [true]}}"#,
                "`provider.aws` of the stack is a bool, expected an object or an array of objects",
            ),
        ] {
            let error = beside(stack.as_bytes(), &Account::numbered(7)).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    proptest! {
        #[test]
        fn every_alias_is_overridden_once_whatever_it_is_called(names in prop::collection::btree_set(".+", 0..5)) {
            let blocks: Vec<Value> = names.iter().map(|name| json!({ "alias": name, "region": "x" })).collect();
            let stack = json!({ "provider": { "aws": blocks } }).to_string();
            let overridden: Vec<String> = aliases_of(&stack).into_iter().flatten().collect();
            prop_assert_eq!(overridden, names.into_iter().collect::<Vec<_>>());
        }
    }
}
