//! A terminal that a test looks at.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// What a command has said at a terminal, on both streams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Its exit code, unless a signal has ended it.
    pub code: Option<i32>,
    /// What it has said, as text.
    pub said: String,
}

/// Runs a command with a terminal for standard output and error.
///
/// # Errors
/// If the machine has no terminals to give, or the command does not start.
pub fn at_terminal(command: &mut Command) -> io::Result<Terminal> {
    let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&screen)?;
    unlockpt(&screen)?;
    let path = ptsname(&screen, Vec::new())?;
    let line = OpenOptions::new().read(true).write(true).open(OsStr::from_bytes(path.as_bytes()))?;
    let mut child = command.stdin(Stdio::null()).stdout(line.try_clone()?).stderr(line).spawn()?;
    // Only the child is to hold the line: its end is when nobody holds it.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut said = Vec::new();
    let (mut screen, mut part) = (File::from(screen), [0; 4096]);
    // Linux answers with EIO when the line is no longer held, others with an end.
    while let Ok(count @ 1..) = screen.read(&mut part) {
        said.extend(part.iter().take(count));
    }
    Ok(Terminal { code: child.wait()?.code(), said: String::from_utf8_lossy(&said).into_owned() })
}
