//! A test that runs itself once more, in a process of its own that may come to harm.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use std::os::unix::process::CommandExt;

/// Set to the folder of the run in the process that may come to harm.
const FOLDER: &str = "FAULT_FOLDER";

/// The folder to work in, if this is the process that may come to harm.
pub(crate) fn folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// A test in a process of its own.
pub(crate) struct Victim(Child);

/// How this program is called to run the test `name` alone.
pub(crate) fn command(name: &str, folder: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([name, "--exact", "--nocapture"]).env(FOLDER, folder);
    command
}

/// Starts the test `name` in `folder`.
pub(crate) fn start(name: &str, folder: &Path) -> Victim {
    spawn(command(name, folder))
}

pub(crate) fn spawn(mut command: Command) -> Victim {
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    Victim(command.spawn().unwrap())
}

impl Victim {
    /// As Ctrl-C at the terminal: the whole group is told.
    pub(crate) fn interrupt(&self) {
        kill_process_group(self.pid(), Signal::INT).unwrap();
    }

    /// The process alone, without a chance to do anything.
    pub(crate) fn kill(&self) {
        kill_process(self.pid(), Signal::KILL).unwrap();
    }

    /// Waits for its end; what it said.
    pub(crate) fn end(self) -> (Output, String) {
        let output = self.0.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        let said = said.into_owned();
        (output, said)
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.0)
    }
}
