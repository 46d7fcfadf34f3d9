//! What `terraform providers schema -json` prints (format version 1.0), as far as checking needs it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Debug, Deserialize)]
pub(super) struct Export {
    pub(super) provider_schemas: BTreeMap<String, Provider>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Provider {
    pub(super) provider: Entry,
    pub(super) resource_schemas: BTreeMap<String, Entry>,
    pub(super) data_source_schemas: BTreeMap<String, Entry>,
    pub(super) ephemeral_resource_schemas: BTreeMap<String, Entry>,
    pub(super) functions: BTreeMap<String, Function>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    pub(super) block: Block,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Block {
    pub(super) attributes: BTreeMap<String, Attribute>,
    pub(super) block_types: BTreeMap<String, NestedBlock>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Attribute {
    #[serde(rename = "type")]
    pub(super) kind: Option<Type>,
    pub(super) nested_type: Option<NestedType>,
    pub(super) required: bool,
    pub(super) optional: bool,
    pub(super) sensitive: bool,
    pub(super) write_only: bool,
    pub(super) deprecated: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct NestedType {
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, Attribute>,
    pub(super) nesting_mode: Nesting,
}

#[derive(Debug, Deserialize)]
pub(super) struct NestedBlock {
    pub(super) nesting_mode: Nesting,
    #[serde(default)]
    pub(super) block: Block,
    #[serde(default)]
    pub(super) min_items: u16,
    #[serde(default)]
    pub(super) max_items: u16,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Nesting {
    Single,
    Group,
    List,
    Set,
    Map,
}

/// A type constraint: `"string"`, `["list", "string"]`, `["object", {…}]`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Type {
    Primitive(String),
    Collection(String, Box<Type>),
    Object(IgnoredAny, BTreeMap<String, Type>),
}

/// What `terraform metadata functions -json` prints (format version 1.0).
#[derive(Debug, Deserialize)]
pub(super) struct Language {
    pub(super) function_signatures: BTreeMap<String, Function>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Function {
    #[serde(default)]
    pub(super) parameters: Vec<Parameter>,
    pub(super) variadic_parameter: Option<Parameter>,
    pub(super) return_type: Type,
}

#[derive(Debug, Deserialize)]
pub(super) struct Parameter {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: Type,
    #[serde(default)]
    pub(super) is_nullable: bool,
}
