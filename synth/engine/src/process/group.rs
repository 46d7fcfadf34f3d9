//! A started program together with everything that it starts itself.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::Reaper;

/// How a program is asked to end, and how long it may take before it is killed.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// The polite request.
    pub signal: Signal,
    /// Time from the request to the kill.
    pub grace: Duration,
}

impl Stop {
    /// Terraform answers an interrupt by ending the running calls and writing its state. Killing it first
    /// instead leaves a lock and an empty state, so that a later destroy leaves resources behind with exit 0.
    pub const INTERRUPT: Stop = Stop { signal: Signal::INT, grace: Duration::from_secs(30) };
    /// For what people apply: their provider may need minutes to end a call, and what it made meanwhile belongs in the state.
    pub const PATIENT: Stop = Stop { signal: Signal::INT, grace: Duration::from_secs(600) };
    /// For programs whose every trace is thrown away: LocalStack takes two to five seconds to end politely.
    pub const KILL: Stop = Stop { signal: Signal::KILL, grace: Duration::ZERO };
    /// For programs with little to save.
    pub const TERMINATE: Stop = Stop { signal: Signal::TERM, grace: Duration::from_secs(5) };
}

/// A running program in a process group of its own; dropping it ends the whole group.
#[derive(Debug)]
pub struct Group {
    child: Child,
    pid: Pid,
    stop: Stop,
    ended: Option<ExitStatus>,
    reaper: Option<Reaper>,
}

/// How often an ending program is looked at.
const LOOK: Duration = Duration::from_millis(20);

impl Group {
    /// Starts `command`. A reaper ends the group should this process vanish without a chance to do so.
    ///
    /// # Errors
    /// If the program, or a shell for the reaper, cannot be started.
    pub fn spawn(command: &mut Command, stop: Stop) -> io::Result<Group> {
        let child = command.process_group(0).spawn()?;
        let pid = Pid::from_child(&child);
        let mut group = Group { child, pid, stop, ended: None, reaper: None };
        group.reaper = Some(Reaper::of_group(&group.child, stop)?);
        Ok(group)
    }

    /// The program itself.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The exit status, once the program has ended by itself.
    ///
    /// # Errors
    /// If the system does not tell.
    pub fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        if self.ended.is_none() {
            self.ended = self.child.try_wait()?;
        }
        Ok(self.ended)
    }

    /// Asks the group to end, waits for the grace period, kills what is left.
    ///
    /// # Errors
    /// If the system does not tell how it ended.
    pub fn stop(&mut self) -> io::Result<ExitStatus> {
        if self.ended()?.is_none() {
            self.signal(self.stop.signal);
            let asked = Instant::now();
            while self.ended()?.is_none() && asked.elapsed() < self.stop.grace {
                thread::sleep(LOOK);
            }
        }
        // Also after a clean end: a provider that lost its terraform stays alive otherwise.
        self.signal(Signal::KILL);
        let status = match self.ended {
            Some(status) => status,
            None => self.child.wait()?,
        };
        self.ended = Some(status);
        if let Some(reaper) = self.reaper.take() {
            reaper.dismiss();
        }
        Ok(status)
    }

    /// Sends a signal to all of the group.
    pub fn signal(&self, signal: Signal) {
        // The only failure is a group without members, which is what we want.
        let _ = kill_process_group(self.pid, signal);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Nobody is left to tell; the reaper still waits behind us.
        let _ = self.stop();
    }
}
