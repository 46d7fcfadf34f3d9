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
