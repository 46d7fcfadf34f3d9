//! The provider's schema, as `terraform providers schema -json` prints it (format version 1.0,
//! "terraform providers schema": JSON output format).

use std::collections::BTreeMap;
use std::io::Read;

use serde::Deserialize;

use crate::signature::Signature;

/// One provider's schema.
#[derive(Debug, Deserialize)]
pub struct Schema {
    pub(crate) provider: Entry,
    #[serde(default)]
    pub(crate) resource_schemas: BTreeMap<String, Entry>,
    #[serde(default)]
    pub(crate) data_source_schemas: BTreeMap<String, Entry>,
    #[serde(default)]
    pub(crate) ephemeral_resource_schemas: BTreeMap<String, Entry>,
    #[serde(default)]
    pub(crate) functions: BTreeMap<String, Signature>,
}

#[derive(Debug, Deserialize)]
struct Export {
    provider_schemas: BTreeMap<String, Schema>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    #[serde(default)]
    pub(crate) block: Block,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Block {
    #[serde(default)]
    pub(crate) attributes: BTreeMap<String, Attribute>,
    #[serde(default)]
    pub(crate) block_types: BTreeMap<String, NestedBlock>,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) deprecated: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Attribute {
    #[serde(rename = "type")]
    pub(crate) kind: Option<Type>,
    pub(crate) nested_type: Option<NestedType>,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) optional: bool,
    #[serde(default)]
    pub(crate) computed: bool,
    #[serde(default)]
    pub(crate) sensitive: bool,
    #[serde(default)]
    pub(crate) deprecated: bool,
    #[serde(default)]
    pub(crate) write_only: bool,
}

impl Attribute {
    /// An attribute of a type, which nobody can set or read yet.
    pub(crate) fn of(kind: Type) -> Self {
        Attribute {
            kind: Some(kind),
            nested_type: None,
            description: String::new(),
            required: false,
            optional: false,
            computed: false,
            sensitive: false,
            deprecated: false,
            write_only: false,
        }
    }
}

/// An attribute with attributes of its own, as providers on the plugin framework have them.
#[derive(Debug, Deserialize)]
pub(crate) struct NestedType {
    #[serde(default)]
    pub(crate) attributes: BTreeMap<String, Attribute>,
    pub(crate) nesting_mode: Nesting,
}

#[derive(Debug, Deserialize)]
pub(crate) struct NestedBlock {
    pub(crate) nesting_mode: Nesting,
    #[serde(default)]
    pub(crate) block: Block,
    #[serde(default)]
    pub(crate) min_items: u64,
    #[serde(default)]
    pub(crate) max_items: u64,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Nesting {
    Single,
    Group,
    List,
    Set,
    Map,
}

/// A type constraint: `"string"`, `["list", "string"]`, `["object", {…}]`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(from = "serde_json::Value")]
pub(crate) enum Type {
    Text,
    Number,
    Bool,
    Any,
    List(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>),
    Object(BTreeMap<String, Type>),
    /// An object of a module's variable, whose attributes may be optional; no schema has it.
    Structure(BTreeMap<String, (Type, Presence)>),
}

/// Whether an attribute of an object must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Presence {
    Required,
    Optional,
}

impl From<serde_json::Value> for Type {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::String(name) => match name.as_str() {
                "string" => Type::Text,
                "number" => Type::Number,
                "bool" => Type::Bool,
                _ => Type::Any,
            },
            Value::Array(parts) => match <[Value; 2]>::try_from(parts) {
                Ok([Value::String(constructor), of]) => match (constructor.as_str(), of) {
                    ("list", of) => Type::List(Box::new(of.into())),
                    ("set", of) => Type::Set(Box::new(of.into())),
                    ("map", of) => Type::Map(Box::new(of.into())),
                    ("object", Value::Object(fields)) => {
                        Type::Object(fields.into_iter().map(|(name, of)| (name, of.into())).collect())
                    }
                    _ => Type::Any,
                },
                _ => Type::Any,
            },
            _ => Type::Any,
        }
    }
}

/// Why a schema could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// The input could not be decompressed or read.
    #[error("the schema could not be read")]
    Read(#[from] std::io::Error),
    /// The input is not what `terraform providers schema -json` prints.
    #[error("this is not the output of `terraform providers schema -json`")]
    Format(#[from] serde_json::Error),
    /// The output holds no provider of that address.
    #[error("the schema holds no provider `{wanted}`; it holds {found}")]
    Provider {
        /// The address that was asked for.
        wanted: String,
        /// The addresses that are there.
        found: String,
    },
    /// The output holds not one provider, and none was asked for.
    #[error("the schema does not hold exactly one provider: say which of {found}")]
    Several {
        /// The addresses that are there.
        found: String,
    },
}

impl Schema {
    /// Reads the schema of the provider whose address ends in `source` (`hashicorp/aws`) from a gzip file.
    ///
    /// # Errors
    /// If the input is not gzip, not such JSON, or does not hold the provider.
    pub fn read_gzip(input: impl Read, source: &str) -> Result<Schema, SchemaError> {
        let mut json = String::new();
        flate2::read::GzDecoder::new(input).read_to_string(&mut json)?;
        Schema::read(&json, source)
    }

    /// Reads the schema of the provider whose address ends in `source` (`hashicorp/aws`).
    ///
    /// # Errors
    /// If the input is not such JSON, or does not hold the provider.
    pub fn read(json: &str, source: &str) -> Result<Schema, SchemaError> {
        Schema::find(json, Some(source)).map(|(_, schema)| schema)
    }

    /// Reads the schema of a provider by the end of its address, or of the only one, with its address.
    pub(crate) fn find(json: &str, source: Option<&str>) -> Result<(Address, Schema), SchemaError> {
        let mut export: Export = serde_json::from_str(json)?;
        let ends = |address: &str, end: &str| {
            address.strip_suffix(end).is_some_and(|host| host.is_empty() || host.ends_with('/'))
        };
        let mut matching = export
            .provider_schemas
            .keys()
            .filter(|address| source.is_none_or(|source| ends(address, source)))
            .cloned();
        if let (Some(address), None) = (matching.next(), matching.next())
            && let Some(schema) = export.provider_schemas.remove(&address)
        {
            return Ok((Address::of(&address), schema));
        }
        let found = export.provider_schemas.into_keys().collect::<Vec<_>>().join(", ");
        Err(match source {
            Some(wanted) => SchemaError::Provider { wanted: wanted.to_owned(), found },
            None => SchemaError::Several { found },
        })
    }
}

/// A provider's address as a document names it.
#[derive(Debug)]
pub(crate) struct Address {
    /// The source, without the host where it is the public registry: `hashicorp/random`.
    pub(crate) source: String,
    /// The last word, with which its types begin: `random`.
    pub(crate) name: String,
}

impl Address {
    fn of(address: &str) -> Self {
        let public = ["registry.terraform.io/", "registry.opentofu.org/"];
        let source = public.iter().find_map(|host| address.strip_prefix(host)).unwrap_or(address);
        let name = source.rsplit('/').next().unwrap_or(source);
        Address { source: source.to_owned(), name: name.to_owned() }
    }
}
