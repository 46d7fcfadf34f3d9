//! From what the user typed to a command's arguments.

use std::io;
use std::process::ExitCode;

use clap::{Command, Parser};

use crate::{FAILED, generated, say};

/// The whole command, as it is parsed, shown, completed and described.
#[must_use]
pub fn command<A: Parser>() -> Command {
    generated::with_examples(A::command())
}

/// The arguments of this process.
///
/// # Errors
/// What the process ends with if there is nothing to do: help was asked for, or the arguments make no sense. It is said
/// already.
pub fn parse<A: Parser>() -> Result<A, ExitCode> {
    let parsed = command::<A>().try_get_matches().and_then(|matches| A::from_arg_matches(&matches));
    parsed.map_err(|answer| match answer.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe && !answer.use_stderr() => {
            say::error(&format!("standard output could not be written: {error}"));
            ExitCode::from(FAILED)
        }
        _ => u8::try_from(answer.exit_code()).map_or(ExitCode::from(FAILED), ExitCode::from),
    })
}
