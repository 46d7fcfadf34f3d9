//! Streams that are full, or that nobody reads.

use std::fs::{File, OpenOptions};
use std::io;
use std::process::{Command, Output};

/// What a command that prints does wrong when it cannot: a full disk is an error, a reader that has left is none, and
/// nothing is a panic.
///
/// # Errors
/// If the machine has no `/dev/full`, or the command does not start.
pub fn streams(command: &dyn Fn() -> Command) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let read = command().output()?;

    let output = command().stdout(full()?).output()?;
    if output.status.code() != Some(2)
        || !said(&output).contains("error: standard output could not be written: ")
    {
        found.push(format!("at a full disk it ends with {}, and says `{}`", output.status, said(&output)));
    }

    let (reader, writer) = io::pipe()?;
    drop(reader);
    let output = command().stdout(writer).output()?;
    if output.status != read.status || output.stderr != read.stderr {
        found.push(format!("without a reader it ends with {}, and says `{}`", output.status, said(&output)));
    }

    let status = command().stdout(full()?).stderr(full()?).status()?;
    if status.code() != Some(2) {
        found.push(format!("where nothing can be said it ends with {status}"));
    }
    Ok(found)
}

fn full() -> io::Result<File> {
    OpenOptions::new().write(true).open("/dev/full")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
