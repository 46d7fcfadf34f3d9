//! The command line: a test of a stack for those who write no Rust.

mod expected;

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use localstack_tests::{DeploymentError, Stack, deploy};

use expected::Expected;

/// The stack is as expected, and gone again.
const AS_EXPECTED: u8 = 0;
/// The stack cannot be applied, is another one, changes by itself, or leaves something behind.
const WRONG: u8 = 1;
/// The stack could not be tested.
const FAILED: u8 = 2;

/// Applies a stack to a LocalStack that is started for it, compares what it became, and destroys it
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Examples:
  localstack-tests main.tf.json
  localstack-tests main.tf.json --expect stack.expected.toml
  synth stack.yaml | localstack-tests - --variable token=none

Exit codes:
  0  it was applied, is as expected, a second plan was empty, and nothing of it is left
  1  one of these is not so: standard output says which
  2  it could not be tested: wrong usage, an unreadable file, no terraform or LocalStack"
)]
struct Arguments {
    /// A `main.tf.json`, or a folder of `.tf` and `.tf.json` files; `-` reads a `main.tf.json` from standard input
    stack: PathBuf,
    /// What its outputs and resources must be, in TOML: `[outputs]`, `[resources."ADDRESS"]`
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
    /// The value of a variable
    #[arg(long = "variable", value_name = "NAME=VALUE", value_parser = variable)]
    variables: Vec<(String, String)>,
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

/// Runs the command and returns its exit code.
pub(crate) fn run() -> ExitCode {
    match test(&Arguments::parse()) {
        Ok(wrong) if wrong.is_empty() => {
            eprintln!("  as expected, stable, and gone again");
            ExitCode::from(AS_EXPECTED)
        }
        Ok(wrong) => {
            for one in wrong {
                println!("{one}");
            }
            ExitCode::from(WRONG)
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(FAILED)
        }
    }
}

/// All that is wrong with the stack.
fn test(arguments: &Arguments) -> Result<Vec<String>, String> {
    let expected = match &arguments.expect {
        Some(file) => read(file).and_then(|text| Expected::parse(&text).map_err(|why| at(file, &why)))?,
        None => Expected::default(),
    };
    let mut stack = stack(&arguments.stack)?;
    for (name, value) in &arguments.variables {
        stack = stack.variable(name, value);
    }
    let mut deployed = match deploy(stack) {
        Ok(deployed) => deployed,
        Err(error) => return judged(error).map(|why| vec![why]),
    };
    let mut wrong = expected.differences(deployed.state());
    let stable = deployed.expect_stable();
    // Whatever was wrong before: nothing of it stays.
    let destroyed = deployed.destroy();
    for result in [stable, destroyed] {
        if let Err(error) = result {
            wrong.push(judged(error)?);
        }
    }
    Ok(wrong)
}

/// Tells what is wrong with the stack from what kept us from testing it.
fn judged(error: DeploymentError) -> Result<String, String> {
    let message = error.to_string();
    match error {
        DeploymentError::Run(_)
        | DeploymentError::Unstable(_)
        | DeploymentError::Leftovers(_)
        | DeploymentError::AndThen { .. } => Ok(message),
        _ => Err(message),
    }
}

fn stack(path: &Path) -> Result<Stack, String> {
    if path.is_dir() {
        return Ok(Stack::folder(path));
    }
    read(path).map(Stack::document)
}

fn read(path: &Path) -> Result<String, String> {
    let mut text = String::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    read.map_err(|error| format!("`{}` could not be read: {error}", path.display()))
}

fn at(file: &Path, why: &str) -> String {
    format!("`{}`: {why}", file.display())
}
