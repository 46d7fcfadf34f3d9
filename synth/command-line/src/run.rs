//! A command from its beginning to its exit code.

use std::io::{self, Write as _};
use std::panic::{self, UnwindSafe};
use std::process::ExitCode;

use crate::{Complaint, FAILED, Output, say};

/// Runs a command that answers with its exit code and writes to standard output.
pub fn run(name: &'static str, answer: impl FnOnce(&mut Output) -> io::Result<u8> + UnwindSafe) -> ExitCode {
    guarded(name, || {
        let mut output = Output::standard();
        match answer(&mut output).and_then(|code| output.flush().map(|()| code)) {
            Ok(code) => ExitCode::from(code),
            Err(error) => {
                say::error(&error);
                ExitCode::from(FAILED)
            }
        }
    })
}

/// Runs a command and answers for its panics. Their messages are not shown: they may quote what the command reads, and
/// that may be secret.
pub fn guarded(name: &'static str, command: impl FnOnce() -> ExitCode + UnwindSafe) -> ExitCode {
    panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let complaint = Complaint::new(format!("this is a mistake of `{name}` itself, at {place}"))
            .help("report that place, and what was asked; what was read is nobody's business");
        say::error(&complaint);
    }));
    panic::catch_unwind(command).unwrap_or(ExitCode::from(FAILED))
}
