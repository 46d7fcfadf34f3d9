//! `synth schema`: the JSON Schema of stack files.

use std::process::ExitCode;

use synth::{output, stack_file};

use super::exit::written;

/// Shown below the options.
pub(super) const HELP: &str = "Examples:
  synth schema > stack.schema.json

Exit codes:
  0  the schema was printed
  2  wrong usage, or standard output could not be written";

/// Prints the schema and returns the exit code.
pub(super) fn run() -> ExitCode {
    written(output::print(&format!("{:#}\n", stack_file::schema())))
}
