//! A shell that outlives this process by seconds: it ends what we started when we cannot.
//!
//! It waits on a pipe whose other end only this process holds. A line means "all is cleaned up"; the end of the
//! pipe without a line means that we were killed (SIGKILL, abort, power of the test runner), and it cleans up.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use rustix::process::Pid;

use super::Stop;

/// `$1` is the group, `$2` the signal's number, `$3` the seconds of grace.
const END_GROUP: &str = r#"read -r line && exit 0
kill -s "$2" -- "-$1" 2>/dev/null || exit 0
waited=0
while [ "$waited" -lt "$3" ] && kill -s 0 -- "-$1" 2>/dev/null; do sleep 1; waited=$((waited + 1)); done
kill -s KILL -- "-$1" 2>/dev/null"#;

/// `$1` is the container.
const REMOVE_CONTAINER: &str = r#"read -r line && exit 0
docker rm --force --volumes "$1""#;

/// The waiting shell.
#[derive(Debug)]
pub(crate) struct Reaper {
    shell: Child,
}

impl Reaper {
    pub(crate) fn of_group(group: Pid, stop: Stop) -> io::Result<Reaper> {
        Reaper::start(
            END_GROUP,
            &[
                group.as_raw_nonzero().to_string(),
                stop.signal.as_raw().to_string(),
                stop.grace.as_secs().to_string(),
            ],
        )
    }

    pub(crate) fn of_container(id: &str) -> io::Result<Reaper> {
        Reaper::start(REMOVE_CONTAINER, &[id.to_owned()])
    }

    fn start(script: &str, arguments: &[String]) -> io::Result<Reaper> {
        let shell = Command::new("sh")
            .args(["-c", script, "reaper"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Not in our group: Ctrl-C at the terminal ends us, and then the shell is needed.
            .process_group(0)
            .spawn()?;
        Ok(Reaper { shell })
    }

    /// Sends the shell away: there is nothing left to do for it.
    pub(crate) fn dismiss(mut self) {
        if let Some(mut pipe) = self.shell.stdin.take() {
            // A shell that is gone needs no word.
            let _ = pipe.write_all(b"done\n");
        }
        let _ = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::kill_process_group;
    use std::io::{BufRead, BufReader};
    use std::os::unix::process::ExitStatusExt;
    use std::time::{Duration, Instant};

    /// Starts a program that says a word when it is ready for signals: a shell that starts up may lose them.
    fn start(script: &str) -> (Child, Pid) {
        let mut command = Command::new("sh");
        let mut child = command.args(["-c", script]).stdout(Stdio::piped()).process_group(0).spawn().unwrap();
        let mut word = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut word).unwrap();
        assert_eq!(word, "ready\n");
        let pid = Pid::from_child(&child);
        (child, pid)
    }

    #[test]
    fn a_group_whose_owner_vanishes_is_asked_to_end() {
        let (mut child, pid) = start("trap 'exit 7' INT; echo ready; while :; do sleep 0.05; done");
        let mut reaper = Reaper::of_group(pid, Stop::INTERRUPT).unwrap();
        let vanished = Instant::now();
        drop(reaper.shell.stdin.take());
        assert_eq!(child.wait().unwrap().code(), Some(7));
        assert!(vanished.elapsed() < Duration::from_secs(10));
        reaper.shell.wait().unwrap();
    }

    #[test]
    fn a_group_that_does_not_end_is_killed_after_its_grace() {
        let (mut child, pid) = start("trap '' INT; echo ready; while :; do sleep 60; done");
        let stop = Stop { grace: Duration::from_secs(1), ..Stop::INTERRUPT };
        let mut reaper = Reaper::of_group(pid, stop).unwrap();
        drop(reaper.shell.stdin.take());
        assert_eq!(child.wait().unwrap().signal(), Some(9));
        reaper.shell.wait().unwrap();
    }

    #[test]
    fn a_dismissed_reaper_harms_nobody() {
        let (mut child, pid) = start("echo ready; sleep 60");
        Reaper::of_group(pid, Stop::TERMINATE).unwrap().dismiss();
        assert_eq!(child.try_wait().unwrap().and_then(|status| status.signal()), None);
        kill_process_group(pid, Stop::TERMINATE.signal).unwrap();
        child.wait().unwrap();
    }
}
