//! `synth STACK-FILE`: a stack file's documents.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use command_line::{say, unread};
use synth::output::{self, Failure, Target};
use synth::stack_file;

use super::exit::{FAILED, WRITTEN, WRONG, failed, written};
use super::input::read;
use super::mistaken;

/// What `synth` is told when no subcommand is named.
#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The stack, in YAML or JSON; `-` reads standard input
    #[arg(value_name = "STACK-FILE", required = true)]
    file: Option<PathBuf>,
    /// Write to FILE, in one step, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write DIR/STACK/main.tf.json, and DIR/manifest.json
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    out: Option<PathBuf>,
    /// Move what was renamed since FILE was written, and bring FILE up to date: commit it
    #[arg(long, value_name = "FILE")]
    addresses: Option<PathBuf>,
}

/// Writes the documents and returns the exit code.
pub(super) fn run(arguments: Arguments) -> ExitCode {
    let Some(file) = &arguments.file else { return ExitCode::from(FAILED) };
    if let Err(complaint) = mistaken::for_stack_file(file) {
        return failed(&complaint.into());
    }
    let (name, text) = match read(file) {
        Ok(read) => read,
        Err(error) => return failed(&unread(file, &error).into()),
    };
    let target = target(arguments.output, arguments.out);
    match documents(&name, &text, &target, arguments.addresses.as_deref()) {
        Ok(()) => ExitCode::from(WRITTEN),
        Err(Failure::Wrong(mistakes)) => {
            say::labelled(&mistakes);
            ExitCode::from(WRONG)
        }
        Err(Failure::Failed(error)) => written(Err(error)),
    }
}

/// Writes the documents of a stack file whose text is known.
pub(super) fn documents(
    name: &str,
    text: &str,
    target: &Target,
    addresses: Option<&Path>,
) -> Result<(), Failure<stack_file::Mistakes>> {
    output::synthesize(target, addresses, |record| match record {
        Some(record) => stack_file::resolve_recorded(name, text, record),
        None => stack_file::resolve(name, text),
    })
}

fn target(file: Option<PathBuf>, folder: Option<PathBuf>) -> Target {
    match (file, folder) {
        (Some(file), _) => Target::File(file),
        (None, Some(folder)) => Target::Folder(folder),
        (None, None) => Target::StandardOutput,
    }
}
