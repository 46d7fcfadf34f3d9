//! `synth get`: typed bindings of any provider, as a crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use synth_bindings::{Dependency, Previous, Request};

use crate::cli::{FAILED, WRITTEN, read};

/// What `synth get` is told.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What `terraform providers schema -json` printed; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    schema: PathBuf,
    /// The provider's source address; needed where the schema holds several
    #[arg(long, value_name = "SOURCE")]
    provider: Option<String>,
    /// The provider's version, which the schema does not tell
    #[arg(long, value_name = "VERSION", default_value = ">= 0")]
    version: String,
    /// The crate's folder; files of the same names in it are replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Where `synth-core` is, instead of in the registry
    #[arg(long, value_name = "DIR")]
    core: Option<PathBuf>,
}

/// Writes the crate and returns the exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match write(arguments) {
        Ok(()) => ExitCode::from(WRITTEN),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(FAILED)
        }
    }
}

fn write(arguments: &Arguments) -> Result<(), String> {
    let file = &arguments.schema;
    let failed = |path: &Path, what: &str, error: &dyn std::fmt::Display| {
        format!("`{}` could not be {what}: {error}", path.display())
    };
    let (_, schema) = read(file).map_err(|error| failed(file, "read", &error))?;
    let core = match &arguments.core {
        // The manifest stands in another folder than this command.
        Some(path) => Some(fs::canonicalize(path).map_err(|error| failed(path, "found", &error))?),
        None => None,
    };
    let core = core.map(|path| path.display().to_string());
    let before = arguments.out.join("src/types.rs");
    // A crate that is not there yet has no names to keep.
    let before = fs::read_to_string(before).unwrap_or_default();
    let request = Request {
        previous: &Previous::of([("src/types.rs", before)]),
        schema: &schema,
        provider: arguments.provider.as_deref(),
        version: &arguments.version,
        core: core.as_deref().map_or(Dependency::Version(env!("CARGO_PKG_VERSION")), Dependency::Path),
    };
    let files = synth_bindings::get(&request).map_err(|error| failed(file, "used", &error))?;
    for (path, text) in files {
        let path = arguments.out.join(path);
        let folder = path.parent().unwrap_or(&arguments.out);
        fs::create_dir_all(folder).map_err(|error| failed(folder, "made", &error))?;
        fs::write(&path, text).map_err(|error| failed(&path, "written", &error))?;
    }
    Ok(())
}
