//! `synth get`: typed bindings of any provider, or of a module, as a crate.

mod module;
mod provider;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use command_line::say;
use synth_bindings::Dependency;

use crate::cli::exit::{FAILED, WRITTEN};
use crate::cli::unpublished;

pub(crate) const AFTER_HELP: &str = "Examples:
  synth get --provider hashicorp/random@3.6.0 --out random
  terraform providers schema -json | synth get --schema - --provider hashicorp/random --out random
  synth get --module ./modules/network --source ./modules/network --out network
  synth get --module vpc/ --source terraform-aws-modules/vpc/aws --version '~> 5.0' --out vpc

Exit codes:
  0  the crate was written
  2  the command could not do its work: wrong usage, or what cannot be read, understood or written";

/// What `synth get` is told.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = AFTER_HELP, group = clap::ArgGroup::new("of").required(true).multiple(true).args(["schema", "provider", "module"]))]
pub(crate) struct Arguments {
    /// The provider, SOURCE or SOURCE@VERSION; without `--schema`, terraform is asked for its schema
    #[arg(long, value_name = "SOURCE")]
    provider: Option<String>,
    /// What `terraform providers schema -json` printed; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "module")]
    schema: Option<PathBuf>,
    /// A folder with a module's files
    #[arg(long, value_name = "DIR", conflicts_with = "provider", requires = "source")]
    module: Option<PathBuf>,
    /// Where Terraform finds the module: a folder relative to the stack's, a registry's or a Git repository's address
    #[arg(long, value_name = "SOURCE", requires = "module")]
    source: Option<String>,
    /// The provider's version, or the versions of a registry's module that will do
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// The crate's folder; files of the same names in it are replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The program that is asked for a provider's schema, instead of $SYNTH_TERRAFORM or the terraform or tofu on the path
    #[arg(long, value_name = "PROGRAM", conflicts_with_all = ["schema", "module"])]
    terraform: Option<PathBuf>,
    /// Where `synth-core` is, instead of in the registry
    #[arg(long, value_name = "DIR")]
    core: Option<PathBuf>,
}

/// Writes the crate and returns the exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match write(arguments) {
        Ok(()) => ExitCode::from(WRITTEN),
        Err(error) => {
            say::error(&error);
            ExitCode::from(FAILED)
        }
    }
}

fn write(arguments: &Arguments) -> Result<(), String> {
    let core = match &arguments.core {
        // The manifest stands in another folder than this command.
        Some(path) => Some(fs::canonicalize(path).map_err(|error| failed(path, "found", &error))?),
        None => None,
    };
    let core = core.map(|path| path.display().to_string());
    let core = core.as_deref().map_or(Dependency::Version(env!("CARGO_PKG_VERSION")), Dependency::Path);
    let files = match (&arguments.module, &arguments.source) {
        (Some(folder), Some(source)) => module::files(folder, source, arguments.version.as_deref(), core)?,
        _ => provider::files(arguments, core)?,
    };
    store(&arguments.out, files)?;
    if arguments.core.is_none() {
        unpublished::warn("synth-core", "`--core DIR`, the folder `synth/core`");
    }
    Ok(())
}

fn store(out: &Path, files: BTreeMap<String, String>) -> Result<(), String> {
    for (path, text) in files {
        let path = out.join(path);
        let folder = path.parent().unwrap_or(out);
        fs::create_dir_all(folder).map_err(|error| failed(folder, "made", &error))?;
        fs::write(&path, text).map_err(|error| failed(&path, "written", &error))?;
    }
    Ok(())
}

fn failed(path: &Path, what: &str, error: &dyn Display) -> String {
    format!("`{}` could not be {what}: {error}", path.display())
}
