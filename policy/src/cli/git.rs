//! Asks git.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

/// What git answers to some arguments.
pub(super) fn ask(arguments: &[&str]) -> io::Result<String> {
    tell(arguments, &[], "")
}

/// What git answers to some arguments, in an environment, when it is told something.
pub(super) fn tell(arguments: &[&str], environment: &[(&str, &OsStr)], input: &str) -> io::Result<String> {
    let mut command = Command::new("git");
    command.args(arguments).envs(environment.iter().copied());
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| io::Error::other(format!("git does not start: {error}")))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let why = said.lines().next().unwrap_or("it failed");
    Err(io::Error::other(format!("`git {}`: {why}", arguments.join(" "))))
}
