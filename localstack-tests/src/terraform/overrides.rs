//! What is laid beside a stack so that it reaches the emulator, while the stack itself stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::account::Account;

/// Files to write beside a stack, by name.
pub type Files = BTreeMap<&'static str, String>;

/// Terraform merges files of this kind of name into the others ("Override Files").
const OVERRIDE: &str = "localstack_override.tf.json";
/// A provider configuration that is not in the stack cannot be overridden, only added.
const ADDITION: &str = "localstack_provider.tf.json";

/// The provider's own settings, where it is told of the emulator: a provider that is kept warm has no environment.
pub(super) const CONFIGURATION: &str = "aws.config";

/// Why a stack cannot be pointed at the emulator.
#[derive(Debug, Error)]
pub enum OverrideError {
    /// Not JSON.
    #[error("the stack is not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    /// JSON, but no stack.
    #[error("`{place}` of the stack is {found}, expected an object or an array of objects")]
    Shape {
        /// Where in the stack.
        place: String,
        /// What is there.
        found: &'static str,
    },
}

/// What a module says about the AWS provider, and which modules it calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Configured {
    /// The configurations beside the default one.
    pub(super) aliases: Vec<Value>,
    /// Whether there is a default configuration.
    pub(super) default: bool,
    /// Whether anything of the module can need the provider.
    pub(super) needed: bool,
    /// Where the modules are that it calls, of which nothing else is known.
    pub(super) modules: Vec<String>,
    /// The stacks whose states it reads: the names of its `terraform_remote_state` data sources.
    pub(super) states: BTreeSet<String>,
    /// What looks like a region in it.
    pub(super) regions: BTreeSet<String>,
}

impl Configured {
    /// Whether the provider is configured at all, here or by us.
    pub(super) fn uses_aws(&self) -> bool {
        self.default || !self.aliases.is_empty() || self.may_need()
    }

    /// A module takes the default configuration from whoever calls it.
    fn may_need(&self) -> bool {
        self.needed || !self.modules.is_empty()
    }

    /// Adds what another file of the module says.
    pub(super) fn and(mut self, other: Configured) -> Configured {
        self.aliases.extend(other.aliases);
        self.modules.extend(other.modules);
        self.states.extend(other.states);
        self.regions.extend(other.regions);
        Configured {
            aliases: self.aliases,
            modules: self.modules,
            states: self.states,
            regions: self.regions,
            default: self.default || other.default,
            needed: self.needed || other.needed,
        }
    }
}

/// Credentials, few retries and a local backend for every AWS provider configuration of `stack`.
pub fn beside(stack: &[u8], account: &Account) -> Result<Files, OverrideError> {
    Ok(files(in_json(stack)?, account))
}

/// What a file in Terraform's JSON syntax says about the AWS provider.
pub(super) fn in_json(stack: &[u8]) -> Result<Configured, OverrideError> {
    let stack: Value = serde_json::from_slice(stack)?;
    let mut found = Configured { needed: may_use_aws(&stack)?, ..Configured::default() };
    for root in objects(&stack, "the document")? {
        for modules in objects_in(root, "module", "module")? {
            let calls = modules
                .values()
                .flat_map(|calls| calls.as_array().map_or(std::slice::from_ref(calls), Vec::as_slice));
            let sources = calls.filter_map(|call| call.get("source")?.as_str());
            found.modules.extend(sources.map(str::to_owned));
        }
        for types in objects_in(root, "data", "data")? {
            let place = "data.terraform_remote_state";
            for states in objects_in(types, "terraform_remote_state", place)? {
                found.states.extend(states.keys().cloned());
            }
        }
        for providers in objects_in(root, "provider", "provider")? {
            for aws in objects_in(providers, "aws", "provider.aws")? {
                match aws.get("alias") {
                    Some(alias) => found.aliases.push(alias.clone()),
                    None => found.default = true,
                }
            }
        }
    }
    Ok(found)
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

/// Whether anything of the stack can need the provider: one that nothing needs would only cost time.
fn may_use_aws(stack: &Value) -> Result<bool, OverrideError> {
    for root in objects(stack, "the document")? {
        for kind in ["resource", "data", "ephemeral"] {
            for types in objects_in(root, kind, kind)? {
                if types.keys().any(|name| name.starts_with("aws_")) {
                    return Ok(true);
                }
            }
        }
        for terraform in objects_in(root, "terraform", "terraform")? {
            let required = objects_in(terraform, "required_providers", "terraform.required_providers")?;
            if required.iter().any(|providers| providers.contains_key("aws")) {
                return Ok(true);
            }
        }
        if root.get("provider").is_some_and(|providers| !providers.is_null()) {
            return Ok(true);
        }
    }
    Ok(false)
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

fn objects_in<'a>(
    parent: &'a Map<String, Value>,
    key: &str,
    place: &str,
) -> Result<Vec<&'a Map<String, Value>>, OverrideError> {
    parent.get(key).map_or(Ok(Vec::new()), |value| objects(value, place))
}

// HCL lets any label level be an array of objects (json/spec.md, "Blocks").
fn objects<'a>(value: &'a Value, place: &str) -> Result<Vec<&'a Map<String, Value>>, OverrideError> {
    let shape = |found| OverrideError::Shape { place: place.to_owned(), found };
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Object(object) => Ok(vec![object]),
        Value::Array(items) => {
            items.iter().map(|item| item.as_object().ok_or_else(|| shape(kind(item)))).collect()
        }
        other => Err(shape(kind(other))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a bool",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
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
