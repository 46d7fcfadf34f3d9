//! The root of a generated crate: `src/lib.rs`.

use std::collections::BTreeSet;

use crate::emit::{MARK, MODULE_MARK, docs};
use crate::generate::Source;
use crate::service::TOGETHER;

/// How the crate is divided.
#[derive(Clone, Copy)]
pub(crate) enum Features<'s> {
    /// Into a module and a cargo feature for each of these services.
    Services(&'s [String]),
    /// Not at all.
    None,
}

/// What the compiler does not warn of in a generated crate.
const ALLOWED: &str = "\
#![allow(
    deprecated,
    missing_docs,
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags,
    rustdoc::invalid_rust_codeblocks,
    reason = \"descriptions are the provider's own words, and few\"
)]
#![allow(
    ambiguous_glob_reexports,
    hidden_glob_reexports,
    reason = \"a provider may have names of its own for what every crate of bindings has\"
)]
#![allow(non_camel_case_types, non_snake_case, reason = \"each is named as the provider names it\")]
#![allow(clippy::all, reason = \"names and numbers of arguments are the provider's\")]";

/// The root of a crate with the call of a module.
pub(crate) fn of_module(source: &str, required: &BTreeSet<String>) -> String {
    let (source, required) = (docs::code(source), markers(required));
    format!(
        "{MODULE_MARK}
//! A typed call of the Terraform module `{source}`.

{ALLOWED}

#[rustfmt::skip]
mod call;

pub use call::*;

{required}"
    )
}

/// The names of required arguments as types, for the compiler's messages.
fn markers(required: &BTreeSet<String>) -> String {
    let required: String = required.iter().map(|word| format!("    pub enum {word} {{}}\n")).collect();
    format!(
        "/// Names of required arguments, for the compiler's messages.
#[allow(non_camel_case_types, reason = \"each is named as its argument\")]
#[rustfmt::skip]
pub mod required {{
{required}}}
"
    )
}

/// Writes the crate's root; `required` are the names of required arguments.
pub(crate) fn write(
    source: Source<'_>,
    features: Features<'_>,
    has_functions: bool,
    required: &BTreeSet<String>,
) -> String {
    let Source { name, source, version } = source;
    let (source_words, version_words) = (docs::code(source), docs::code(version));
    let (modules, division): (String, &str) = match features {
        Features::Services(services) => (
            services
                .iter()
                .map(|it| format!("#[cfg(feature = \"{it}\")]\n#[rustfmt::skip]\npub mod {it};\n"))
                .collect(),
            ": one module and one cargo feature a service",
        ),
        Features::None => (format!("#[rustfmt::skip]\nmod {TOGETHER};\n"), ""),
    };
    let together = match features {
        Features::Services(_) => String::new(),
        Features::None => format!("pub use {TOGETHER}::*;\n"),
    };
    let functions = if has_functions { "#[rustfmt::skip]\npub mod functions;\n" } else { "" };
    let required = markers(required);
    let [name, source_text, version_text] = [name, source, version].map(|text| format!("{text:?}"));
    format!(
        "{MARK}
//! Typed bindings of the Terraform provider `{source_words}` {version_words}{division}.

{ALLOWED}

{modules}{functions}#[rustfmt::skip]
mod provider;

{together}pub use provider::*;

/// The provider that these bindings are for.
pub static PROVIDER: synth_core::Provider =
    synth_core::Provider {{ name: {name}, source: {source_text}, version: {version_text} }};

{required}"
    )
}
