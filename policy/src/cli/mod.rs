//! The command line: what is asked, and the exit code that answers.

mod base;
mod baseline;
mod can;
mod changed;
mod check;
mod deployer;
mod diff;
mod forms;
mod git;
mod granted;
mod input;
mod judging;
mod needs;
mod public;
mod roots;
mod rules;
mod schema;
mod text;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PathBufValueParser, TypedValueParser as _};
use clap::{Parser, Subcommand, ValueEnum};
use command_line::{Generated, Output};

use self::base::Base;
use crate::access::NewAccess;

pub use text::{Colored, Verdict, check_plan};

/// Nothing was found.
const CLEAN: u8 = command_line::DONE;
/// Something was found.
const FOUND: u8 = command_line::FOUND;
/// Something could not be judged.
const FAILED: u8 = command_line::FAILED;

/// Checks Terraform's configurations, plans and states for least-privilege IAM and plaintext secrets.
#[derive(Debug, Parser)]
#[command(
    name = "policy",
    version,
    after_help = "Examples:
  policy check infrastructure/
  synth stack.yaml | policy check -
  policy diff git:main .
  policy help can

Exit codes:
  0  nothing was found
  1  something was found: `policy help check`, and so on, say what that means
  2  something could not be judged, or the command could not do its work"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge configurations.
    #[command(after_help = check::HELP)]
    Check(check::Question),
    /// Write what is found as a baseline: `policy check --baseline` reports only what is not in it.
    #[command(after_help = baseline::HELP)]
    Baseline(judging::Judging),
    /// Say whether NEW allows a request that OLD does not, and which.
    #[command(after_help = diff::HELP)]
    Diff {
        /// A policy document, or a configuration (a file or a folder); `git:REVISION` is NEW as it was then.
        #[arg(value_parser = PathBufValueParser::new().try_map(Base::of))]
        old: Base,
        /// The same in its new version.
        new: PathBuf,
        /// How the answer is written.
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
    },
    /// Say whether a principal may do something, by a policy document or a configuration.
    #[command(after_help = can::HELP)]
    Can(can::Question),
    /// Say whether a policy allows any of some actions on any of some resources.
    #[command(after_help = granted::HELP)]
    AccessNotGranted(granted::Question),
    /// Say whether a resource policy allows something to strangers.
    #[command(after_help = public::HELP)]
    NoPublicAccess {
        /// A policy document, or a configuration (a file or a folder).
        file: PathBuf,
        /// How the answer is written.
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
    },
    /// Print the smallest policy that is sufficient for each principal, as far as the configuration says what it is for.
    #[command(after_help = needs::HELP)]
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
    /// One policy as IAM reads it, or a list of them where one has not room for all.
    #[command(after_help = deployer::HELP)]
    Deployer(deployer::Question),
    /// List every rule.
    #[command(after_help = rules::LIST_HELP)]
    Rules {
        /// How the list is written.
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
    },
    /// Print all about a rule.
    #[command(after_help = rules::EXPLAIN_HELP)]
    Explain {
        /// Its id, such as IAM001.
        id: String,
    },
    /// Print the JSON Schema of a form that is read or written.
    #[command(after_help = schema::HELP)]
    Schema {
        /// Which form.
        #[arg(value_enum)]
        of: schema::Described,
    },
    #[command(flatten)]
    Generated(Generated),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a reader.
    Human,
    /// For a program.
    Json,
}

/// The command line, as it is parsed, shown, completed and described.
#[must_use]
pub fn command() -> clap::Command {
    command_line::command::<Arguments>()
}

/// Runs the command of this process.
#[must_use]
pub fn run() -> ExitCode {
    match command_line::parse::<Arguments>() {
        Ok(Arguments { command }) => command_line::run("policy", |out| answer(command, out)),
        Err(code) => code,
    }
}

fn answer(command: Command, out: &mut Output) -> io::Result<u8> {
    match command {
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
        Command::Schema { of } => schema::write(of, out).map(|()| CLEAN),
        Command::Generated(generated) => generated.write(self::command(), out).map(|()| CLEAN),
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
