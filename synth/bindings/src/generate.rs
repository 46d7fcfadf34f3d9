//! From a schema to the files of a crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::emit::{self, File, Registry, Root, TypeKind};
use crate::library::{self, Features};
use crate::previous::Previous;
use crate::schema::Schema;
use crate::service::{Grouping, Placed};

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
    /// The services, which are modules and cargo features.
    pub services: Vec<String>,
    /// Types that belong to no service and were left out.
    pub left_out: Vec<String>,
}

/// Generates the sources of a crate: `src/lib.rs`, `src/provider.rs`, `src/functions.rs` where the provider has
/// any, and one file a service. `previous` are the names that an earlier version of the crate has.
pub fn generate(schema: &Schema, source: Source<'_>, grouping: Grouping, previous: &Previous) -> Crate {
    let (modules, left_out) = modules(schema, source.name, grouping);
    let registry = Registry { provider: source.name, source: source.source, version: source.version };
    let mut files = BTreeMap::new();
    let mut required = BTreeSet::new();
    let mut keep = |name: &str, file: File| {
        files.insert(format!("src/{name}.rs"), file.text);
        required.extend(file.required);
    };
    for (module, roots) in &modules {
        keep(module, emit::module(module, roots, &registry, previous));
    }
    keep("provider", emit::provider(&schema.provider, &registry));
    if !schema.functions.is_empty() {
        keep("functions", emit::functions(&schema.functions, &registry));
    }
    let services: Vec<String> = match grouping {
        Grouping::Services(_) => modules.into_keys().map(str::to_owned).collect(),
        Grouping::Together => Vec::new(),
    };
    let features = match grouping {
        Grouping::Services(_) => Features::Services(&services),
        Grouping::Together => Features::None,
    };
    let library = library::write(source, features, !schema.functions.is_empty(), &required);
    files.insert("src/lib.rs".to_owned(), library);
    Crate { files, services, left_out }
}

/// The types of each module, and those that belong to none.
pub(crate) fn modules<'s>(
    schema: &'s Schema,
    provider: &str,
    grouping: Grouping,
) -> (BTreeMap<&'static str, Vec<Root<'s>>>, Vec<String>) {
    let mut modules: BTreeMap<&str, Vec<Root<'_>>> = BTreeMap::new();
    let mut left_out = Vec::new();
    let kinds = [
        (TypeKind::Resource, &schema.resource_schemas),
        (TypeKind::Data, &schema.data_source_schemas),
        (TypeKind::Ephemeral, &schema.ephemeral_resource_schemas),
    ];
    for (kind, entries) in kinds {
        for (type_name, entry) in entries {
            match grouping.place(provider, type_name) {
                Some(Placed { module, short }) => {
                    modules.entry(module).or_default().push(Root { kind, type_name, short, entry });
                }
                None => left_out.push(type_name.clone()),
            }
        }
    }
    (modules, left_out)
}
