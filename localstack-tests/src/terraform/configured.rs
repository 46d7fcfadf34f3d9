//! What the files of a stack say about the AWS provider.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use thiserror::Error;

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
    pub(super) fn may_need(&self) -> bool {
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
