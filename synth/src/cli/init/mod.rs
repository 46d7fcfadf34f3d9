//! `synth init`: a project to begin with, in an empty folder.

mod folder;

use std::fmt::Display;
use std::fs;
use std::io;
use std::path::{self, Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use command_line::{Complaint, Verbosity, say};

use super::exit::{FAILED, WRITTEN};
use crate::init::{Files, Kind, Name, Origin, files};

/// Shown below the options.
const AFTER_HELP: &str = "Examples:
  synth init shop
  synth init --name shop
  synth init shop --kind program --synth ../synth

Exit codes:
  0  the project was written
  2  it was not: the folder holds something, the name cannot be one, a file cannot be written";

/// What `synth init` is told.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// The project's folder: empty but for `.git`, or not there yet
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// What the stack is written in
    #[arg(long, value_enum, default_value_t = Kind::StackFile)]
    kind: Kind,
    /// What the stack is called, if not like the folder
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Where the crates and programs of synth come from: a clone of its repository, or the address of one
    #[arg(long, value_name = "DIR|ADDRESS")]
    synth: Option<PathBuf>,
    #[command(flatten)]
    verbosity: Verbosity,
}

/// Writes the project and returns the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    match write(arguments) {
        Ok(said) => {
            arguments.verbosity.tell(&said);
            ExitCode::from(WRITTEN)
        }
        Err(error) => {
            say::error(&error);
            ExitCode::from(FAILED)
        }
    }
}

/// Writes the project and returns what is to be said of it.
fn write(arguments: &Arguments) -> Result<String, Complaint> {
    let Arguments { folder, kind, .. } = arguments;
    folder::is_empty(folder)?;
    let name = name(arguments)?;
    let origin = origin(arguments.synth.as_deref())?;
    let files = files(*kind, &name, &origin).map_err(complaint)?;
    folder::fill(folder, &files)?;
    Ok(said(folder, *kind, &name, &files))
}

fn name(arguments: &Arguments) -> Result<Name, Complaint> {
    if let Some(name) = &arguments.name {
        return Name::parse(name).map_err(complaint);
    }
    let folder = &arguments.folder;
    // `.` has no name of its own, and a folder that is not there has no other path than the one that is given.
    let whole = fs::canonicalize(folder).or_else(|_| path::absolute(folder));
    let whole = whole.map_err(|error| unfound(folder, &error))?;
    let text = whole.file_name().unwrap_or_default().to_string_lossy();
    Name::of_folder(&text)
        .map_err(|error| complaint(error).help("say what the stack is called: `--name NAME`"))
}

fn origin(said: Option<&Path>) -> Result<Origin, Complaint> {
    let Some(said) = said else { return Ok(Origin::Unsaid) };
    let origin = match said.to_str().and_then(Origin::address) {
        Some(address) => address,
        // The manifest stands in another folder than this command.
        None => Origin::clone_in(fs::canonicalize(said).map_err(|error| unfound(said, &error))?),
    };
    origin.map_err(complaint)
}

fn unfound(path: &Path, error: &io::Error) -> Complaint {
    Complaint::new(format!("`{}` could not be found: {error}", path.display()))
}

fn complaint(error: impl Display) -> Complaint {
    Complaint::new(error.to_string())
}

/// What was written, and what to do with it.
fn said(folder: &Path, kind: Kind, name: &Name, files: &Files) -> String {
    let mut said = format!("the stack `{name}`, in `{}`:\n", folder.display());
    for path in files.keys() {
        said.push_str(&format!("  {path}\n"));
    }
    let steps: &[&str] = match kind {
        Kind::StackFile => &[
            "synth stack.yaml -o main.tf.json",
            "policy check main.tf.json",
            "localstack-tests main.tf.json --expect stack.expected.toml",
        ],
        Kind::Program => &["cargo run --quiet -- -o main.tf.json", "policy check main.tf.json", "cargo test"],
    };
    said.push_str("next:\n");
    if folder != Path::new(".") {
        said.push_str(&format!("  cd {}\n", quoted(folder)));
    }
    for step in steps {
        said.push_str(&format!("  {step}\n"));
    }
    said + "README.md has the rest"
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}
