//! What the exit codes of `synth` mean.

use std::io;
use std::process::ExitCode;

/// Everything was written.
pub(super) const WRITTEN: u8 = 0;
/// The stack is wrong; nothing was written.
pub(super) const WRONG: u8 = 1;
/// The command could not do its work: wrong usage, unreadable or unwritable files.
pub(super) const FAILED: u8 = 2;

pub(super) fn written(result: io::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::from(WRITTEN),
        Err(error) => failed(&error),
    }
}

pub(super) fn failed(error: &io::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(FAILED)
}
