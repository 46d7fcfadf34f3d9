//! What the exit codes of `synth` mean.

use std::io;
use std::process::ExitCode;

use command_line::say;

/// Everything was written.
pub(super) const WRITTEN: u8 = command_line::DONE;
/// The stack is wrong; nothing was written.
pub(super) const WRONG: u8 = command_line::FOUND;
/// The command could not do its work: wrong usage, unreadable or unwritable files.
pub(super) const FAILED: u8 = command_line::FAILED;

pub(super) fn written(result: io::Result<()>) -> ExitCode {
    answered(WRITTEN, result)
}

/// The exit code `answer`, if what it is about could be written.
pub(super) fn answered(answer: u8, result: io::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::from(answer),
        // A reader that has seen enough closes the pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(answer),
        Err(error) => failed(&error),
    }
}

pub(super) fn failed(error: &io::Error) -> ExitCode {
    say::error(error);
    ExitCode::from(FAILED)
}
