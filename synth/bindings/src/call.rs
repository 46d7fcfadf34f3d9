//! A whole crate for any module: what `synth get --module` writes.

use std::collections::BTreeMap;

use crate::emit;
use crate::ident::snake;
use crate::library;
use crate::manifest::{self, Dependency};
use crate::module::{Interface, ModuleError};

/// What to write about which module.
#[derive(Clone, Debug)]
pub struct Call<'c> {
    /// What the construct and the crate are named after: `network`.
    pub name: &'c str,
    /// Where Terraform finds the module ("Module Sources").
    pub source: &'c str,
    /// The versions that will do, where a registry has the module.
    pub version: Option<&'c str>,
    /// The module's files, by name: those that are not Terraform's are passed over.
    pub files: &'c BTreeMap<String, String>,
    /// Where the crate finds `synth-core`.
    pub core: Dependency<'c>,
}

/// Writes a typed call of a module as a crate: file contents by path relative to the crate's folder.
///
/// # Errors
/// If a file is not in Terraform's language, or declares a variable or output that Terraform would refuse.
pub fn call(call: &Call<'_>) -> Result<BTreeMap<String, String>, ModuleError> {
    let files = call.files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let interface = Interface::read(files)?;
    let callee = emit::Callee { name: call.name, source: call.source, version: call.version };
    let file = emit::call(callee, &interface);
    let description = format!("A typed call of the Terraform module {}", call.source);
    let manifest = manifest::alone(&crate_name(call.name), &description, call.core);
    Ok(BTreeMap::from([
        ("Cargo.toml".to_owned(), manifest),
        ("src/lib.rs".to_owned(), library::of_module(call.source, &file.required)),
        ("src/call.rs".to_owned(), file.text),
    ]))
}

/// `module-` and the module's name, so that it hides no other crate.
fn crate_name(module: &str) -> String {
    format!("module-{}", snake(module).trim_matches('_').to_ascii_lowercase().replace('_', "-"))
}
