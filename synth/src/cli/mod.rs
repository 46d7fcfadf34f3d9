//! The command line of the `synth` binary: the only code that reads files.

mod check;
#[cfg(feature = "get")]
mod get;
mod stacks;

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use synth::describe::Described;
use synth::output::{self, Failure, Target};
use synth::{Record, stack_file};

use self::check::Format;

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

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the JSON Schema of stack files
    Schema,
    /// Write typed bindings of a provider, or of a module, as a crate
    #[cfg(feature = "get")]
    Get(get::Arguments),
    /// Write a page on how to run stacks, in Markdown, from their documents
    Describe {
        /// A document, or a folder that `--out` wrote; `-` reads standard input
        #[arg(value_name = "PATH")]
        path: PathBuf,
    },
    /// Check Terraform JSON, of anybody, against the provider's schema; terraform is not started
    #[command(after_help = check::AFTER_HELP)]
    Check {
        /// Files, and folders of `*.tf.json`; files of one folder are one module; `-` reads standard input
        #[arg(required = true, value_name = "FILE")]
        paths: Vec<PathBuf>,
        /// More providers, as `terraform providers schema -json` prints them
        #[arg(long = "schema", value_name = "FILE")]
        schemas: Vec<PathBuf>,
        /// How findings are written
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
}

/// Runs the command line and returns its exit code.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match (arguments.command, arguments.file) {
        #[cfg(feature = "get")]
        (Some(Command::Get(arguments)), _) => get::run(&arguments),
        (Some(Command::Check { paths, schemas, format }), _) => check::run(&paths, &schemas, format),
        (Some(Command::Describe { path }), _) => describe(&path),
        (Some(Command::Schema), _) => written(output::print(&format!("{:#}\n", stack_file::schema()))),
        (None, Some(file)) => {
            synthesize(&file, &target(arguments.output, arguments.out), arguments.addresses.as_deref())
        }
        (None, None) => ExitCode::from(FAILED),
    }
}

fn describe(path: &Path) -> ExitCode {
    let stacks = match stacks::read(path) {
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

fn target(file: Option<PathBuf>, folder: Option<PathBuf>) -> Target {
    match (file, folder) {
        (Some(file), _) => Target::File(file),
        (None, Some(folder)) => Target::Folder(folder),
        (None, None) => Target::StandardOutput,
    }
}

fn synthesize(file: &Path, target: &Target, addresses: Option<&Path>) -> ExitCode {
    let (name, text) = match read(file) {
        Ok(read) => read,
        Err(error) => {
            eprintln!("error: `{}` could not be read: {error}", file.display());
            return ExitCode::from(FAILED);
        }
    };
    let resolve = |record: Option<&mut Record>| match record {
        Some(record) => stack_file::resolve_recorded(&name, &text, record),
        None => stack_file::resolve(&name, &text),
    };
    match output::synthesize(target, addresses, resolve) {
        Ok(()) => ExitCode::from(WRITTEN),
        Err(Failure::Wrong(mistakes)) => {
            eprintln!("{mistakes}");
            ExitCode::from(WRONG)
        }
        Err(Failure::Failed(error)) => failed(&error),
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

fn written(result: io::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::from(WRITTEN),
        Err(error) => failed(&error),
    }
}

fn failed(error: &io::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(FAILED)
}
