//! The command line: a test of a stack for those who write no Rust.

mod expected;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser};
use command_line::{Complaint, DONE, FOUND, Generated, Verbosity, unread};
use localstack_tests::{Deployed, DeploymentError, Harness, Settings, Stack, Telling};

use expected::Expected;

/// Applies a stack to a LocalStack that is started for it, compares what it became, and destroys it
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  localstack-tests main.tf.json
  localstack-tests main.tf.json --expect stack.expected.toml
  synth stack.yaml | localstack-tests - --variable token=none

Exit codes:
  0  the stack was applied, is as expected, stays so, and nothing of it is left
  1  one of these is not so: standard output says which
  2  it could not be tested: wrong usage, a file that cannot be read, no terraform or LocalStack"
)]
struct Arguments {
    #[command(subcommand)]
    generated: Option<Generated>,
    #[command(flatten)]
    test: Test,
}

#[derive(Debug, Args)]
struct Test {
    /// A `main.tf.json`, or a folder of `.tf` and `.tf.json` files; `-` reads a `main.tf.json` from standard input
    #[arg(required = true)]
    stack: Option<PathBuf>,
    /// What its outputs and resources must be, in TOML: `[outputs]`, `[resources."ADDRESS"]`
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
    /// The value of a variable
    #[arg(long = "variable", value_name = "NAME=VALUE", value_parser = variable)]
    variables: Vec<(String, String)>,
    #[command(flatten)]
    verbosity: Verbosity,
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

/// Runs the command line and returns its exit code.
pub(crate) fn run() -> ExitCode {
    match command_line::parse::<Arguments>() {
        Ok(Arguments { generated, test }) => {
            command_line::run("localstack-tests", move |out| match generated {
                Some(generated) => generated.write(command_line::command::<Arguments>(), out).map(|()| DONE),
                None => answer(&test, out),
            })
        }
        Err(code) => code,
    }
}

fn answer(test: &Test, out: &mut impl Write) -> io::Result<u8> {
    let wrong = wrong(test)?;
    if wrong.is_empty() {
        test.verbosity.note(&"the stack is as expected, stays so, and nothing of it is left");
        return Ok(DONE);
    }
    wrong.iter().try_for_each(|one| writeln!(out, "{one}"))?;
    Ok(FOUND)
}

/// All that is wrong with the stack.
fn wrong(test: &Test) -> Result<Vec<String>, Complaint> {
    let expected = match &test.expect {
        Some(file) => Expected::parse(&read(file)?)
            .map_err(|why| Complaint::new(format!("`{}`: {why}", file.display())))?,
        None => Expected::default(),
    };
    let mut stack = stack(test.stack.as_deref())?;
    for (name, value) in &test.variables {
        stack = stack.variable(name, value);
    }
    let mut deployed = match deploy(stack, test.verbosity) {
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

fn deploy(stack: Stack, verbosity: Verbosity) -> Result<Deployed, DeploymentError> {
    let telling = if verbosity.tells() { Telling::Aloud } else { Telling::Silent };
    Harness::start(Settings { telling, ..Settings::from_environment() })?.deploy(stack)
}

/// What terraform says of a variable without a value; it advises arguments of its own.
const UNSET: &str = "No value for required variable";

/// Tells what is wrong with the stack from what kept us from testing it.
fn judged(error: DeploymentError) -> Result<String, Complaint> {
    let mut message = error.to_string();
    if message.contains(UNSET) {
        message.push_str("\n  = help: `--variable NAME=VALUE` gives a variable its value");
    }
    match error {
        DeploymentError::Run(_)
        | DeploymentError::Unstable(_)
        | DeploymentError::Leftovers(_)
        | DeploymentError::AndThen { .. } => Ok(message),
        _ => Err(Complaint::new(message)),
    }
}

fn stack(path: Option<&Path>) -> Result<Stack, Complaint> {
    match path {
        Some(folder) if folder.is_dir() => Ok(Stack::folder(folder)),
        Some(file) => read(file).map(Stack::document),
        None => Err(Complaint::new("there is no stack").help("name a `main.tf.json`, or a folder")),
    }
}

fn read(path: &Path) -> Result<String, Complaint> {
    command_line::read(path).map_err(|error| unread(path, &error))
}

#[cfg(test)]
mod tests {
    use command_line::testing::{breaches, missing_exit_codes};

    use super::Arguments;

    #[test]
    fn the_help_keeps_to_the_style() {
        assert_eq!(breaches(command_line::command::<Arguments>()), Vec::<String>::new());
    }

    #[test]
    fn the_readme_has_the_exit_codes_that_help_has() {
        let readme = include_str!("../../../README.md");
        assert_eq!(missing_exit_codes(command_line::command::<Arguments>(), readme), Vec::<String>::new());
    }
}
