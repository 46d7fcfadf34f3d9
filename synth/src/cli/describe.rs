//! `synth describe`: a page on how to run stacks, from their documents.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use command_line::say;
use synth::describe::Described;
use synth::output;

use super::exit::{WRONG, failed, written};
use super::stacks;

/// Shown below the options.
const AFTER_HELP: &str = "Examples:
  synth describe main.tf.json > OPERATIONS.md
  synth stack.yaml | synth describe -

Exit codes:
  0  the page was printed
  1  a document is not Terraform's: standard error says why, and nothing was printed
  2  the command could not do its work: wrong usage, a file that cannot be read";

/// What `synth describe` is told.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
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
            say::error(&error);
            ExitCode::from(WRONG)
        }
    }
}
