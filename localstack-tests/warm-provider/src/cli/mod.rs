//! The command line: `warm-provider -- terraform plan`.
//!
//! The command becomes the program that it is given, so that its exit code, its signals and its terminal are the
//! program's own. The proxy runs in a second process beside it, which ends when the program does.

mod beside;
mod decision;

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::Parser;
use command_line::{Generated, Verbosity, say};

use decision::{Decision, Way};

/// Runs terraform or tofu with the AWS provider kept warm: no validation of 1,500 resource types, no schema of 5 MB.
///
/// The provider is the one that `terraform init` has installed in the working folder; its package is compared with the
/// lock file when it is first seen. Commands about providers themselves (`init`, `get`, `providers`) and configurations
/// without hashicorp/aws run as without this command, other providers as terraform runs them.
#[derive(Debug, Parser)]
#[command(
    name = "warm-provider",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = AFTER_HELP
)]
struct Arguments {
    #[command(subcommand)]
    generated: Option<Generated>,

    /// Run the program as if this command were not there
    #[arg(long)]
    no_warm_provider: bool,

    #[command(flatten)]
    verbosity: Verbosity,

    /// Where the provider's schema is kept [default: `warm-provider` in the user's folder for caches]
    #[arg(long, value_name = "FOLDER")]
    cache: Option<PathBuf>,

    /// Serve the program of this number, which is about to run
    #[arg(long, value_name = "PID", hide = true)]
    beside: Option<i32>,

    /// The program and its arguments, as without this command
    #[arg(last = true, required = true, value_name = "PROGRAM")]
    program: Vec<OsString>,
}

const AFTER_HELP: &str = "Examples:
  warm-provider -- terraform plan
  warm-provider --quiet -- tofu -chdir=infrastructure apply -auto-approve

Exit codes:
  0  the program's own, as every other code is
  2  also: the command line is wrong
  127  also: the program cannot be run";

/// Runs the command; returns only when the program did not run.
pub fn run() -> ExitCode {
    match command_line::parse::<Arguments>() {
        Ok(arguments) => command_line::guarded("warm-provider", || answer(&arguments)),
        Err(code) => code,
    }
}

fn answer(arguments: &Arguments) -> ExitCode {
    if let Some(generated) = &arguments.generated {
        return command_line::run("warm-provider", |out| {
            generated.write(command_line::command::<Arguments>(), out).map(|()| command_line::DONE)
        });
    }
    let Some((program, rest)) = arguments.program.split_first() else { return ExitCode::from(NOT_RUN) };
    if let Some(parent) = arguments.beside {
        return beside::serve(parent, decision::decide(arguments, rest));
    }
    let mut command = Command::new(program);
    command.args(rest);
    if !arguments.no_warm_provider {
        match decision::decide(arguments, rest).way {
            Way::Warm { .. } => match beside::start(arguments) {
                Ok(value) => drop(command.env(beside::VARIABLE, value)),
                Err(why) => arguments.tell(&why),
            },
            Way::Alone { why: Some(why) } => arguments.tell(&why),
            Way::Alone { why: None } => {}
        }
    }
    let error = command.exec();
    say::error(&format!("cannot run `{}`: {error}", program.to_string_lossy()));
    ExitCode::from(NOT_RUN)
}

/// As env(1) and the shells say that a program was not found.
const NOT_RUN: u8 = 127;

impl Arguments {
    fn tell(&self, why: &str) {
        self.verbosity.note(&format!("warm-provider is not used: {why}"));
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    #[test]
    fn the_help_keeps_to_the_style() {
        let found = command_line::testing::breaches(command_line::command::<Arguments>());
        assert_eq!(found, Vec::<String>::new());
    }
}
