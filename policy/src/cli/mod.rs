//! The command line: what is asked, and the exit code that answers.

mod base;
mod baseline;
mod can;
mod changed;
mod check;
mod deployer;
mod diff;
mod forms;
mod generated;
mod git;
mod granted;
mod input;
mod judging;
mod needs;
mod public;
mod rules;
mod text;

use std::io;
use std::panic;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::access::NewAccess;
use crate::output;

pub use text::{Colored, Verdict, check_text};

/// Nothing was found.
const CLEAN: u8 = 0;
/// Something was found.
const FOUND: u8 = 1;
/// Something could not be judged.
const FAILED: u8 = 2;

/// Checks Terraform's configurations, plans and states for least-privilege IAM and plaintext secrets.
///
/// Exit code: 0 nothing found, 1 findings, 2 something could not be judged.
#[derive(Debug, Parser)]
#[command(name = "policy", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge configurations.
    Check(check::Question),
    /// Write what is found as a baseline: `policy check --baseline` reports only what is not in it.
    Baseline(judging::Judging),
    /// Say whether NEW allows a request that OLD does not, and which.
    ///
    /// Exit code: 0 no new access, 1 new access, 2 undecided, or something could not be read.
    Diff {
        /// A policy document, or a configuration (a file or a folder).
        old: PathBuf,
        /// The same in its new version.
        new: PathBuf,
        /// How the answer is written.
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
    },
    /// Say whether a principal may do something, by a policy document or a configuration.
    ///
    /// Exit code: 0 yes, 1 no, 2 undecided, or something could not be read.
    Can(can::Question),
    /// Say whether a policy allows any of some actions on any of some resources.
    ///
    /// Exit code: 0 no, 1 yes, 2 undecided, or something could not be read.
    AccessNotGranted(granted::Question),
    /// Say whether a resource policy allows something to strangers.
    ///
    /// Exit code: 0 no, 1 yes, 2 undecided, or something could not be read.
    NoPublicAccess {
        /// A policy document, or a configuration (a file or a folder).
        file: PathBuf,
        /// How the answer is written.
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
    },
    /// Print the smallest policy that is sufficient for each principal, as far as the configuration says what it is for.
    Needs {
        /// A configuration (a file or a folder), a plan or a state.
        #[arg(default_value = ".")]
        path: PathBuf,
        /// How it is written.
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
    },
    /// Print the least policy that can plan, apply and destroy a stack.
    ///
    /// One policy as IAM reads it, or a list of them where one has not room for all. Exit code: 0, or 2 if what some
    /// block needs is not known, or something could not be read.
    Deployer(deployer::Question),
    /// List every rule.
    Rules {
        /// How the list is written.
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
    },
    /// Print all about a rule.
    Explain {
        /// Its id, such as IAM001.
        id: String,
    },
    /// Print the JSON Schema of a form that is read or written.
    Schema {
        /// Which form.
        #[arg(value_enum)]
        of: generated::Described,
    },
    /// Print what completes this command in a shell.
    Completions {
        /// Which shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a reader.
    Human,
    /// For a program.
    Json,
}

/// Runs the command of this process.
#[must_use]
pub fn run() -> ExitCode {
    // The message of a panic may quote what is judged.
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        output::complain(&format!("this is a mistake of `policy` itself, at {place}"));
    }));
    panic::catch_unwind(answer).unwrap_or(ExitCode::from(FAILED))
}

fn answer() -> ExitCode {
    let out = &mut io::stdout().lock();
    let code = match Arguments::parse().command {
        Command::Check(question) => check::run(&question, out),
        Command::Baseline(judging) => baseline::run(&judging, out),
        Command::Diff { old, new, format } => diff::run(&old, &new, format, out),
        Command::Can(question) => can::run(&question, out),
        Command::AccessNotGranted(question) => granted::run(&question, out),
        Command::NoPublicAccess { file, format } => public::run(&file, format, out),
        Command::Needs { path, format } => needs::run(&path, format, out),
        Command::Deployer(question) => deployer::run(&question, out),
        Command::Rules { format } => rules::list(format, out).map(|()| CLEAN),
        Command::Explain { id } => rules::explain(&id, out).map(|()| CLEAN),
        Command::Schema { of } => generated::schema(of, out).map(|()| CLEAN),
        Command::Completions { shell } => {
            generated::completions(shell, Arguments::command(), out).map(|()| CLEAN)
        }
        Command::Man => generated::man(Arguments::command(), out).map(|()| CLEAN),
    };
    match code {
        Ok(code) => ExitCode::from(code),
        // The reader of a pipe has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(FAILED),
        Err(error) => {
            output::complain(&error.to_string());
            ExitCode::from(FAILED)
        }
    }
}

/// The exit code for what was found of several policies: a request counts more than what is undecided.
fn code<'c>(changes: impl IntoIterator<Item = &'c NewAccess>) -> u8 {
    changes.into_iter().fold(CLEAN, |code, change| match (code, change) {
        (FOUND, _) | (_, NewAccess::Found(_)) => FOUND,
        (_, NewAccess::Undecided(_)) => FAILED,
        (code, NewAccess::None) => code,
    })
}
