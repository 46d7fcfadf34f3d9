//! Whether somebody wants what a plan does.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::{End, Planning, Session};

/// Who approves plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Approval {
    /// Whoever started the command has.
    Given,
    /// Whoever sits at the terminal is asked.
    Asked,
}

/// How often it is looked whether somebody interrupts instead of an answer.
const LOOK: Duration = Duration::from_millis(100);

impl Approval {
    /// Refuses to begin where somebody is to be asked and nobody is there.
    pub(in crate::cli) fn check(self, planning: &Planning) -> Result<(), End> {
        match self {
            Approval::Given => Ok(()),
            Approval::Asked if planning.json => {
                Err(End::Failed("with --json nobody is asked: give --auto-approve too".to_owned()))
            }
            Approval::Asked if io::stdin().is_terminal() => Ok(()),
            Approval::Asked => Err(End::Failed(
                "standard input is no terminal, so nobody can be asked: look at `synth plan`, then give \
                 --auto-approve"
                    .to_owned(),
            )),
        }
    }

    /// Asks, if somebody is to be asked.
    pub(super) fn of_plan(self, session: &mut Session, question: &str) -> Result<(), End> {
        if self == Approval::Given {
            return Ok(());
        }
        eprint!("\n{question} Only `yes` is taken for it: ");
        io::stderr().flush()?;
        let (sender, answers) = channel();
        // It may wait for ever; the process ends without it.
        thread::spawn(move || {
            let mut line = String::new();
            let read = io::stdin().read_line(&mut line);
            // Nobody waits for it after an interrupt.
            let _ = sender.send(read.map(|_| line));
        });
        loop {
            match answers.recv_timeout(LOOK) {
                Ok(Ok(answer)) if answer.trim() == "yes" => return Ok(()),
                Ok(Err(error)) => return Err(error.into()),
                Ok(Ok(_)) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(End::Wrong("not approved: nothing was changed".to_owned()));
                }
                Err(RecvTimeoutError::Timeout) if session.is_interrupted() => {
                    eprintln!();
                    return Err(End::Interrupted);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}
