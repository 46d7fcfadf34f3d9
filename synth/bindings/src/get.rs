//! A whole crate for any provider: what `synth get` writes.

use std::collections::BTreeMap;

use crate::generate::{Source, generate};
use crate::ident::snake;
use crate::manifest::{self, Dependency};
use crate::previous::Previous;
use crate::schema::{Address, Schema, SchemaError};
use crate::service::Grouping;

/// What to write.
#[derive(Clone, Debug)]
pub struct Request<'r> {
    /// The output of `terraform providers schema -json`.
    pub schema: &'r str,
    /// The provider's source address, whole or its end: `hashicorp/random`. It can be left out where the schema
    /// holds one provider.
    pub provider: Option<&'r str>,
    /// The provider's version; the schema does not tell it.
    pub version: &'r str,
    /// The names that an earlier version of the crate has.
    pub previous: &'r Previous,
    /// Where the crate finds `synth-core`.
    pub core: Dependency<'r>,
}

/// Writes the bindings of a provider as a crate: file contents by path relative to the crate's folder.
///
/// # Errors
/// If the schema cannot be read, does not hold the provider, or holds several and none is asked for.
pub fn get(request: &Request<'_>) -> Result<BTreeMap<String, String>, SchemaError> {
    let (Address { source, name }, schema) = Schema::find(request.schema, request.provider)?;
    let source = Source { name: &name, source: &source, version: request.version };
    let mut made = generate(&schema, source, Grouping::Together, request.previous);
    let manifest = manifest::alone(
        &crate_name(&name),
        &format!("Typed bindings of the Terraform provider {}", source.source),
        request.core,
    );
    made.files.insert("Cargo.toml".to_owned(), manifest);
    Ok(made.files)
}

/// `terraform-` and the provider's name: a crate named `random` or `core` would hide another one.
fn crate_name(provider: &str) -> String {
    format!("terraform-{}", snake(provider).trim_matches('_').to_ascii_lowercase().replace('_', "-"))
}
