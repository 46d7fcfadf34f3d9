//! Ctrl-C, and whatever else asks this process to end: passed on to the program that it runs.

use std::io;
use std::process::Command;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::process::{self, Event, Finished, Flow, Limits, ProcessError, Signal, Stop, Stream};

/// What asked this process to end, since it began to listen.
#[derive(Debug)]
pub struct Interrupts {
    signals: Signals,
    count: usize,
}

/// What happens while a program is attended to.
#[derive(Debug)]
pub enum Attended<'a> {
    /// A whole line, without its end.
    Line(Stream, &'a str),
    /// Nothing for a moment.
    Quiet,
    /// The program was asked to end, for the first, the second, … time.
    Interrupted(usize),
}

impl Interrupts {
    /// Begins to listen: from now on Ctrl-C does not end this process by itself.
    ///
    /// # Errors
    /// If the system does not let it.
    pub fn listen() -> io::Result<Interrupts> {
        Ok(Interrupts { signals: Signals::new([SIGINT, SIGTERM, SIGHUP])?, count: 0 })
    }

    /// Whether this process was ever asked to end.
    pub fn any(&mut self) -> bool {
        self.another();
        self.count > 0
    }

    /// Whether it was asked once more.
    fn another(&mut self) -> bool {
        let more = self.signals.pending().count();
        self.count = self.count.saturating_add(more);
        more > 0
    }

    /// Runs a program to its end, however long that takes, and passes on what asks this process to end.
    ///
    /// # Errors
    /// If it cannot be started, or is lost sight of.
    pub fn attend(
        &mut self,
        command: Command,
        mut watch: impl FnMut(Attended<'_>),
    ) -> Result<Finished, ProcessError> {
        let limits = Limits { deadline: Duration::MAX, stop: Stop::PATIENT };
        process::run(command, limits, |event| {
            match event {
                Event::Line(stream, line) => watch(Attended::Line(stream, line)),
                Event::Quiet => watch(Attended::Quiet),
            }
            if !self.another() {
                return Flow::GoOn;
            }
            watch(Attended::Interrupted(self.count));
            // SIGTERM would end the providers, which ignore nothing but an interrupt (go-plugin, `Serve`), in the middle of
            // their calls. Terraform itself ends at once on the second interrupt.
            Flow::Signal(if self.count <= 2 { Signal::INT } else { Signal::KILL })
        })
    }
}
