//! The command line of the `synth` binary: the only code that reads files. A subcommand is one file.

mod check;
mod describe;
mod exit;
#[cfg(feature = "get")]
mod get;
mod init;
mod input;
mod schema;
mod stacks;
mod synthesize;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Writes a stack as Terraform JSON
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  synth init shop
  synth stack.yaml > main.tf.json
  synth stack.yaml -o main.tf.json
  synth schema > stack.schema.json
  synth get --provider hashicorp/random@3.6.0 --out random
  synth check main.tf.json
  synth describe main.tf.json > OPERATIONS.md

Exit codes:
  0  the document was written
  1  the stack is wrong: every mistake is on standard error, and nothing was written
  2  the command could not do its work: wrong usage, a file that cannot be read or written"
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    stack: synthesize::Arguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Begin a project: files that build, pass their checks and stand in LocalStack as they are
    Init(init::Arguments),
    /// Print the JSON Schema of stack files
    Schema,
    /// Write typed bindings of a provider, or of a module, as a crate
    #[cfg(feature = "get")]
    Get(get::Arguments),
    /// Write a page on how to run stacks, in Markdown, from their documents
    Describe(describe::Arguments),
    /// Check Terraform JSON, of anybody, against the provider's schema; terraform is not started
    Check(check::Arguments),
}

/// Runs the command line and returns its exit code.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command {
        Some(Command::Init(arguments)) => init::run(&arguments),
        Some(Command::Schema) => schema::run(),
        #[cfg(feature = "get")]
        Some(Command::Get(arguments)) => get::run(&arguments),
        Some(Command::Describe(arguments)) => describe::run(&arguments),
        Some(Command::Check(arguments)) => check::run(&arguments),
        None => synthesize::run(arguments.stack),
    }
}
