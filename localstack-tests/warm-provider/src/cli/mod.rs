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

use decision::{Decision, Way};

/// Runs terraform or tofu with the AWS provider kept warm: no validation of 1,500 resource types, no schema of 5 MB.
#[derive(Debug, Parser)]
#[command(name = "warm-provider", version, after_help = AFTER_HELP)]
struct Arguments {
    /// Run the program as if this command were not there
    #[arg(long)]
    no_warm_provider: bool,

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

const AFTER_HELP: &str = "\
The provider is the one that `terraform init` has installed in the working folder; its package is compared with the
lock file when it is first seen. Commands about providers themselves (`init`, `get`, `providers`) and configurations
without hashicorp/aws run as without this command, other providers as terraform runs them.

Exit codes are the program's own; 2 says that the command line is wrong, 127 that the program cannot be run.";

/// Runs the command; returns only when the program could not be run.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let Some((program, rest)) = arguments.program.split_first() else { return ExitCode::from(NOT_RUN) };
    if let Some(parent) = arguments.beside {
        return beside::serve(parent, decision::decide(&arguments, rest));
    }
    let mut command = Command::new(program);
    command.args(rest);
    if !arguments.no_warm_provider {
        match decision::decide(&arguments, rest).way {
            Way::Warm { .. } => match beside::start(&arguments) {
                Ok(value) => drop(command.env(beside::VARIABLE, value)),
                Err(why) => tell(&why),
            },
            Way::Alone { why: Some(why) } => tell(&why),
            Way::Alone { why: None } => {}
        }
    }
    let error = command.exec();
    eprintln!("error: cannot run `{}`: {error}", program.to_string_lossy());
    ExitCode::from(NOT_RUN)
}

/// As env(1) and the shells say that a program was not found.
const NOT_RUN: u8 = 127;

fn tell(why: &str) {
    eprintln!("warm-provider: not used: {why}");
}
