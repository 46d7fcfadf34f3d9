//! Bindings of a provider: from its schema in a file, or as terraform tells it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use synth_bindings::terraform::{self, Fetched, Provider};
use synth_bindings::{Dependency, Previous, Request};

use super::{Arguments, failed};
use crate::cli::input::read;

pub(super) fn files(arguments: &Arguments, core: Dependency<'_>) -> Result<BTreeMap<String, String>, String> {
    let (source, written) = match &arguments.provider {
        Some(provider) => match provider.split_once('@') {
            Some((source, version)) => (Some(source), Some(version)),
            None => (Some(provider.as_str()), None),
        },
        None => (None, None),
    };
    let version = written.or(arguments.version.as_deref());
    let (from, Fetched { schema, version }) = match (&arguments.schema, source) {
        (Some(file), _) => {
            let (_, schema) = read(file).map_err(|error| failed(file, "read", &error))?;
            // The schema does not tell the version.
            let version = version.unwrap_or(">= 0").to_owned();
            (file.display().to_string(), Fetched { schema, version })
        }
        (None, Some(source)) => {
            let provider = Provider::parse(source, version).map_err(|error| error.to_string())?;
            let fetched = terraform::fetch(&program(arguments.terraform.as_deref())?, &provider);
            (source.to_owned(), fetched.map_err(|error| error.to_string())?)
        }
        (None, None) => return Err("name a provider, a schema or a module".to_owned()),
    };
    let before = arguments.out.join("src/types.rs");
    // A crate that is not there yet has no names to keep.
    let before = fs::read_to_string(before).unwrap_or_default();
    let request = Request {
        previous: &Previous::of([("src/types.rs", before)]),
        schema: &schema,
        provider: source,
        version: &version,
        core,
    };
    synth_bindings::get(&request).map_err(|error| format!("`{from}` could not be used: {error}"))
}

/// The program that is asked.
#[cfg(unix)]
fn program(named: Option<&Path>) -> Result<PathBuf, String> {
    let found = crate::cli::engine::find(named).map(|engine| engine.program);
    found.map_err(|error| format!("{error}\n  = help: {ELSEWHERE}"))
}

/// The program that is asked: it is looked for on Unix alone.
#[cfg(not(unix))]
fn program(named: Option<&Path>) -> Result<PathBuf, String> {
    let named = named.map(Path::to_owned);
    named.ok_or_else(|| format!("name terraform or tofu by `--terraform PROGRAM`\n  = help: {ELSEWHERE}"))
}

const ELSEWHERE: &str =
    "what `terraform providers schema -json` prints elsewhere is given by `--schema FILE`";
