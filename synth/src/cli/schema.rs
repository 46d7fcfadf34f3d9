//! `synth schema`: the JSON Schema of stack files.

use std::process::ExitCode;

use synth::{output, stack_file};

use super::exit::written;

/// Prints the schema and returns the exit code.
pub(super) fn run() -> ExitCode {
    written(output::print(&format!("{:#}\n", stack_file::schema())))
}
