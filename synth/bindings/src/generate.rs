//! From a schema to the files of a crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::emit::{self, Kind, MARK, Registry, Root};
use crate::schema::Schema;
use crate::service::Grouping;

/// Which provider a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'s> {
    /// The local name, the first word of its types: `aws`.
    pub name: &'s str,
    /// The source address: `hashicorp/aws`.
    pub source: &'s str,
    /// The version: `5.100.0`.
    pub version: &'s str,
}

/// A generated crate: file contents by path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crate {
    /// Contents by path relative to the crate's folder.
    pub files: BTreeMap<String, String>,
    /// The modules, which are also the cargo features.
    pub modules: Vec<String>,
}

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No type of the schema belongs to any of the wanted modules.
    #[error("the schema of `{0}` holds none of the types that were asked for")]
    Empty(String),
}

/// Generates the sources of a crate: `src/lib.rs`, `src/provider.rs` and one file a module.
///
/// # Errors
/// If no type is left after grouping.
pub fn generate(schema: &Schema, source: Source<'_>, grouping: Grouping) -> Result<Crate, Error> {
    let mut modules: BTreeMap<&str, Vec<Root<'_>>> = BTreeMap::new();
    let kinds = [
        (Kind::Resource, &schema.resource_schemas),
        (Kind::Data, &schema.data_source_schemas),
        (Kind::Ephemeral, &schema.ephemeral_resource_schemas),
    ];
    for (kind, entries) in kinds {
        for (type_name, entry) in entries {
            if let Some((module, short)) = grouping.place(source.name, type_name) {
                modules.entry(module).or_default().push(Root { kind, type_name, short, entry });
            }
        }
    }
    if modules.is_empty() {
        return Err(Error::Empty(source.source.to_owned()));
    }
    let registry = Registry { provider: source.name, source: source.source, version: source.version };
    let mut files = BTreeMap::new();
    let mut required = BTreeSet::new();
    for (module, roots) in &modules {
        let (text, needs) = emit::module(module, roots, &registry);
        files.insert(format!("src/{module}.rs"), text);
        required.extend(needs);
    }
    let (provider, needs) = emit::provider(&schema.provider, &registry);
    files.insert("src/provider.rs".to_owned(), provider);
    required.extend(needs);
    if !schema.functions.is_empty() {
        files.insert("src/functions.rs".to_owned(), emit::functions(&schema.functions, &registry));
    }
    let modules: Vec<String> = modules.into_keys().map(str::to_owned).collect();
    files.insert("src/lib.rs".to_owned(), library(schema, source, &modules, &required));
    Ok(Crate { files, modules })
}

fn library(schema: &Schema, source: Source<'_>, modules: &[String], required: &BTreeSet<String>) -> String {
    let Source { name, source, version } = source;
    let modules: String = modules
        .iter()
        .map(|module| format!("#[cfg(feature = \"{module}\")]\n#[rustfmt::skip]\npub mod {module};\n"))
        .collect();
    let functions = match schema.functions.is_empty() {
        true => "",
        false => "#[rustfmt::skip]\npub mod functions;\n",
    };
    let required: String = required.iter().map(|word| format!("    pub enum {word} {{}}\n")).collect();
    format!(
        "{MARK}
//! Typed bindings of the Terraform provider `{source}` {version}: one module and one cargo feature a service.

#![allow(
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags,
    reason = \"descriptions are the provider's own words\"
)]
#![allow(clippy::new_without_default, reason = \"a default would lack required arguments\")]

{modules}{functions}#[rustfmt::skip]
mod provider;

pub use provider::*;

/// The provider that these bindings are for.
pub static PROVIDER: synth_core::Provider =
    synth_core::Provider {{ name: \"{name}\", source: \"{source}\", version: \"{version}\" }};

/// Names of required arguments, for the compiler's messages.
#[allow(missing_docs, non_camel_case_types, reason = \"each is named as its argument\")]
#[rustfmt::skip]
pub mod required {{
{required}}}
"
    )
}
