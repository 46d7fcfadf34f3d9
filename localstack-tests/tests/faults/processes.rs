//! The processes that belong to a run: those that work in its folder or were told of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// A process and how it was called.
#[derive(Clone, Debug)]
pub(crate) struct Process {
    pub(crate) pid: i32,
    pub(crate) command: String,
}

impl Process {
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_raw(self.pid).unwrap(), signal).unwrap();
    }
}

/// Those of this folder that run; this one and what has ended (a zombie has no command line) are not among them.
pub(crate) fn of(folder: &Path) -> Vec<Process> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = folder.to_string_lossy().into_owned();
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<i32>() else { continue };
        // A process may end while it is looked at.
        let read = |file: &str| fs::read(entry.path().join(file)).unwrap_or_default();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\0', " ");
        let works_there =
            fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd: PathBuf| cwd.starts_with(&folder));
        let command = text(&read("cmdline"));
        if pid.unsigned_abs() != std::process::id()
            && !command.is_empty()
            && (works_there || text(&read("environ")).contains(&name) || command.contains(&name))
        {
            found.push(Process { pid, command: command.trim().to_owned() });
        }
    }
    found
}

/// The one whose command contains `part`.
pub(crate) fn find(folder: &Path, part: &str) -> Process {
    wait(&format!("no process `{part}`"), || {
        of(folder).into_iter().find(|process| process.command.contains(part))
    })
}

/// Waits until there is an answer.
pub(crate) fn wait<T>(otherwise: &str, mut answer: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = answer() {
            return answer;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{otherwise}");
        thread::sleep(Duration::from_millis(20));
    }
}
