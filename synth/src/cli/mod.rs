//! The command line of the `synth` binary: the only code that reads files. A subcommand is one file.

#[cfg(all(feature = "engine", unix))]
mod apply;
mod check;
#[cfg(feature = "convert")]
mod convert;
mod describe;
#[cfg(all(feature = "engine", unix))]
mod destroy;
#[cfg(all(any(feature = "engine", feature = "get"), unix))]
mod engine;
mod exit;
#[cfg(feature = "get")]
mod get;
#[cfg(feature = "graph")]
mod graph;
mod init;
mod input;
mod manifest;
mod misspelt;
mod mistaken;
#[cfg(all(feature = "engine", unix))]
mod output;
#[cfg(all(feature = "engine", unix))]
mod plan;
#[cfg(all(feature = "engine", unix))]
mod run;
mod schema;
mod stacks;
mod synthesize;
#[cfg(any(feature = "convert", feature = "get"))]
mod unpublished;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use command_line::Generated;

/// Writes a stack as Terraform JSON
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  synth init shop
  synth stack.yaml > main.tf.json
  synth stack.yaml --output main.tf.json
  cat stack.yaml | synth - --out infrastructure
  synth schema > stack.schema.json
  synth get --provider hashicorp/random@3.6.0 --out random
  synth check main.tf.json
  synth convert infrastructure/ --out stack
  synth describe main.tf.json > OPERATIONS.md
  synth graph . > architecture.svg
  synth apply stack.yaml

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
    #[command(after_help = schema::HELP)]
    Schema,
    /// Write typed bindings of a provider, or of a module, as a crate
    #[cfg(feature = "get")]
    Get(get::Arguments),
    /// Write the program, or the stack file, of a configuration in Terraform's own language
    #[cfg(feature = "convert")]
    Convert(convert::Arguments),
    /// Write a page on how to run stacks, in Markdown, from their documents
    Describe(describe::Arguments),
    /// Draw the architecture that documents describe
    #[cfg(feature = "graph")]
    Graph(graph::Arguments),
    /// Show what apply would do, stack after stack
    #[cfg(all(feature = "engine", unix))]
    Plan(plan::Arguments),
    /// Make everything as the stacks say, after policy has judged the plans
    #[cfg(all(feature = "engine", unix))]
    Apply(apply::Arguments),
    /// Remove what was applied, in the other order
    #[cfg(all(feature = "engine", unix))]
    Destroy(destroy::Arguments),
    /// Print the outputs of what was applied
    #[cfg(all(feature = "engine", unix))]
    Output(output::Arguments),
    /// Check Terraform JSON, of anybody, against the provider's schema; terraform is not started
    Check(check::Arguments),
    #[command(flatten)]
    Generated(Generated),
}

/// Runs the command line and returns its exit code.
pub(crate) fn run() -> ExitCode {
    let first = std::env::args_os().nth(1);
    let refused = first.map(|word| misspelt::first_word(command_line::command::<Arguments>(), &word));
    if let Some(Err(complaint)) = refused {
        return exit::failed(&complaint.into());
    }
    match command_line::parse::<Arguments>() {
        Ok(arguments) => command_line::guarded("synth", || answer(arguments)),
        Err(code) => code,
    }
}

fn answer(arguments: Arguments) -> ExitCode {
    match arguments.command {
        Some(Command::Init(arguments)) => init::run(&arguments),
        Some(Command::Schema) => schema::run(),
        #[cfg(feature = "get")]
        Some(Command::Get(arguments)) => get::run(&arguments),
        #[cfg(feature = "convert")]
        Some(Command::Convert(arguments)) => convert::run(&arguments),
        Some(Command::Describe(arguments)) => describe::run(&arguments),
        #[cfg(feature = "graph")]
        Some(Command::Graph(arguments)) => graph::run(&arguments),
        #[cfg(all(feature = "engine", unix))]
        Some(Command::Plan(arguments)) => plan::run(&arguments),
        #[cfg(all(feature = "engine", unix))]
        Some(Command::Apply(arguments)) => apply::run(&arguments),
        #[cfg(all(feature = "engine", unix))]
        Some(Command::Destroy(arguments)) => destroy::run(&arguments),
        #[cfg(all(feature = "engine", unix))]
        Some(Command::Output(arguments)) => output::run(&arguments),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Generated(generated)) => command_line::run("synth", |out| {
            generated.write(command_line::command::<Arguments>(), out).map(|()| exit::WRITTEN)
        }),
        None => synthesize::run(arguments.stack),
    }
}

#[cfg(test)]
mod tests {
    use command_line::testing::{breaches, missing_exit_codes};

    use super::Arguments;

    #[test]
    fn the_help_of_every_subcommand_keeps_to_the_style() {
        assert_eq!(breaches(command_line::command::<Arguments>()), Vec::<String>::new());
    }

    #[test]
    fn the_readme_has_the_exit_codes_that_help_has() {
        let readme = include_str!("../../../README.md");
        assert_eq!(missing_exit_codes(command_line::command::<Arguments>(), readme), Vec::<String>::new());
    }
}
