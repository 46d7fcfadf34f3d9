//! Documents that are shown: each is read by what it is for.

use std::str::FromStr as _;

use policy::Sources;
use policy::settings::Settings;
use synth::stack_file;

pub(crate) fn json(text: &str) -> Option<String> {
    let read: Result<serde_json::Value, _> = serde_json::from_str(text);
    read.err().map(|error| format!("it is not JSON: {error}"))
}

pub(crate) fn toml(text: &str) -> Option<String> {
    toml::from_str::<toml::Table>(text).err().map(|error| format!("it is not TOML: {error}"))
}

/// Settings of `policy`.
pub(crate) fn settings(text: &str) -> Option<String> {
    let mut sources = Sources::default();
    let file = sources.add(".policy.toml", text);
    Settings::read(&sources, file).err().map(|error| format!("it is no `.policy.toml`: {error}"))
}

/// Terraform's native syntax.
pub(crate) fn configuration(text: &str) -> Option<String> {
    hcl_edit::parser::parse_body(text).err().map(|error| format!("it is not HCL: {error}"))
}

pub(crate) fn expression(text: &str) -> Option<String> {
    hcl_edit::expr::Expression::from_str(text.trim()).err().map(|error| format!("it is not HCL: {error}"))
}

/// A file of settings of another program.
pub(crate) fn yaml(text: &str) -> Option<String> {
    use saphyr::LoadableYamlNode as _;
    saphyr::Yaml::load_from_str(text).err().map(|error| format!("it is not YAML: {error}"))
}

/// A stack file, from which a document is written.
pub(crate) fn stack_file(text: &str) -> Option<String> {
    stack_file::resolve("stack.yaml", text).err().map(|error| format!("it is no stack file: {error}"))
}
