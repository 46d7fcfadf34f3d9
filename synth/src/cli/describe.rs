//! `synth describe`: a page on how to run stacks, from their documents.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use synth::describe::Described;
use synth::output;

use super::exit::{WRONG, failed, written};
use super::stacks;

/// What `synth describe` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A document, or a folder that `--out` wrote; `-` reads standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
}

/// Prints the page and returns the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let stacks = match stacks::read(&arguments.path) {
        Ok(stacks) => stacks,
        Err(error) => return failed(&error),
    };
    let described: Vec<Described<'_>> = stacks.iter().map(|(name, json)| Described { name, json }).collect();
    match synth::describe::describe(&described) {
        Ok(page) => written(output::print(&page)),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(WRONG)
        }
    }
}
