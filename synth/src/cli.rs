//! The command line of the `synth` binary: the only code that reads files.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use synth::stack_file;

/// Everything was written.
pub(crate) const WRITTEN: u8 = 0;
/// The stack is wrong; nothing was written.
const WRONG: u8 = 1;
/// The command could not do its work: wrong usage, unreadable or unwritable files.
pub(crate) const FAILED: u8 = 2;

/// Writes a stack as Terraform JSON
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  synth stack.yaml > main.tf.json
  synth stack.yaml -o main.tf.json
  synth schema > stack.schema.json
  terraform providers schema -json | synth get --schema - --provider hashicorp/random --out random

Exit codes:
  0  the document was written
  1  the stack is wrong: every mistake is on standard error, and nothing was written
  2  the command could not do its work: wrong usage, a file that cannot be read or written"
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// The stack, in YAML or JSON; `-` reads standard input
    #[arg(value_name = "STACK-FILE", required = true)]
    file: Option<PathBuf>,
    /// Write to FILE, in one step, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the JSON Schema of stack files
    Schema,
    /// Write typed bindings of a provider as a crate
    #[cfg(feature = "get")]
    Get(crate::get::Arguments),
}

/// Runs the command line and returns its exit code.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match (arguments.command, arguments.file) {
        (Some(Command::Schema), _) => write(&format!("{:#}\n", stack_file::schema()), None),
        #[cfg(feature = "get")]
        (Some(Command::Get(arguments)), _) => crate::get::run(&arguments),
        (None, Some(file)) => synthesize(&file, arguments.output.as_deref()),
        (None, None) => ExitCode::from(FAILED),
    }
}

fn synthesize(file: &Path, output: Option<&Path>) -> ExitCode {
    let (name, text) = match read(file) {
        Ok(read) => read,
        Err(error) => {
            eprintln!("error: `{}` could not be read: {error}", file.display());
            return ExitCode::from(FAILED);
        }
    };
    match stack_file::resolve(&name, &text) {
        Ok(documents) => {
            let text: String = documents.into_iter().map(|document| document.json).collect();
            write(&text, output)
        }
        Err(mistakes) => {
            eprintln!("{mistakes}");
            ExitCode::from(WRONG)
        }
    }
}

pub(crate) fn read(file: &Path) -> io::Result<(String, String)> {
    if file == Path::new("-") {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text)?;
        return Ok(("<standard input>".to_owned(), text));
    }
    Ok((file.display().to_string(), std::fs::read_to_string(file)?))
}

fn write(text: &str, output: Option<&Path>) -> ExitCode {
    match synth::write(text, output) {
        Ok(()) => ExitCode::from(WRITTEN),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(FAILED)
        }
    }
}
