//! A shell that outlives this process by seconds: it ends what we started when we cannot.
//!
//! It waits on a pipe whose other end only this process holds. A line means "all is cleaned up"; the end of the
//! pipe without a line means that we were killed (SIGKILL, abort, power of the test runner), and it cleans up.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::Pid;

use super::Stop;

/// `$1` is the group, `$2` the signal's number, `$3` the seconds of grace. The other ends of the program's pipes are
/// our own output and errors: with nobody to read them it would die of the first line that it says, terraform before
/// it has written its state.
const END_GROUP: &str = r#"read -r line && exit 0
cat <&1 >/dev/null 2>&1 &
cat <&2 >/dev/null 2>&1 &
kill -s "$2" -- "-$1" 2>/dev/null || exit 0
waited=0
while [ "$waited" -lt "$3" ] && kill -s 0 -- "-$1" 2>/dev/null; do sleep 1; waited=$((waited + 1)); done
kill -s KILL -- "-$1" 2>/dev/null"#;

/// `$1` is a folder of which only the log `$2` is kept, beside it. What still ends may write for a moment.
const REMOVE_FOLDER: &str = r#"mv -- "$2" "$1.log" 2>/dev/null
tries=0
while [ "$tries" -lt 10 ] && ! rm -rf -- "$1" 2>/dev/null; do sleep 0.2; tries=$((tries + 1)); done"#;

/// `$1` is a folder in which nobody writes any more.
const REMOVE_ALL: &str = r#"read -r line && exit 0
rm -rf -- "$1""#;

/// `$1` is terraform, `$2` where it says what it does. Whoever holds the lock is being ended by a reaper of its own.
const DESTROY: &str = r#"read -r line && exit 0
exec "$1" destroy -auto-approve -input=false -no-color -lock-timeout=60s >"$2" 2>&1"#;

/// The waiting shell.
#[derive(Debug)]
pub struct Reaper {
    shell: Child,
}

impl Reaper {
    /// Ends the group of `child`, and reads on what it says.
    ///
    /// # Errors
    /// If no shell can be started.
    pub fn of_group(child: &Child, stop: Stop) -> io::Result<Reaper> {
        let arguments = [
            Pid::from_child(child).as_raw_nonzero().to_string(),
            stop.signal.as_raw().to_string(),
            stop.grace.as_secs().to_string(),
        ];
        let mut shell = Reaper::shell(END_GROUP, &arguments);
        if let Some(output) = &child.stdout {
            shell.stdout(output.as_fd().try_clone_to_owned()?);
        }
        if let Some(errors) = &child.stderr {
            shell.stderr(errors.as_fd().try_clone_to_owned()?);
        }
        Ok(Reaper { shell: shell.spawn()? })
    }

    /// Removes a folder but for a log in it.
    ///
    /// # Errors
    /// If no shell can be started.
    pub fn of_folder(folder: &Path, log: &Path) -> io::Result<Reaper> {
        let script = format!("read -r line && exit 0\n{REMOVE_FOLDER}");
        Reaper::start(&script, &[folder, log].map(|path| path.to_string_lossy().into_owned()))
    }

    /// Removes a folder with all that is in it: sockets, or a plan.
    ///
    /// # Errors
    /// If no shell can be started.
    pub fn of_all(folder: &Path) -> io::Result<Reaper> {
        Reaper::start(REMOVE_ALL, &[folder.to_string_lossy().into_owned()])
    }

    /// Has the terraform in the command's folder and environment destroy what it made.
    ///
    /// # Errors
    /// If no shell can be started.
    pub fn of_stack(terraform: &Command, log: &Path) -> io::Result<Reaper> {
        let arguments = [terraform.get_program(), log.as_os_str()];
        let mut shell = Reaper::shell(DESTROY, &arguments.map(|text| text.to_string_lossy().into_owned()));
        shell.env_clear().envs(terraform.get_envs().filter_map(|(name, value)| Some((name, value?))));
        if let Some(folder) = terraform.get_current_dir() {
            shell.current_dir(folder);
        }
        Ok(Reaper { shell: shell.spawn()? })
    }

    /// Runs a script of its own, which begins with `read -r line && exit 0`.
    ///
    /// # Errors
    /// If no shell can be started.
    pub fn start(script: &str, arguments: &[String]) -> io::Result<Reaper> {
        Ok(Reaper { shell: Reaper::shell(script, arguments).spawn()? })
    }

    fn shell(script: &str, arguments: &[String]) -> Command {
        // Not by the path, which need not lead to one.
        let mut shell = Command::new("/bin/sh");
        shell
            .args(["-c", script, "reaper"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Not in our group: Ctrl-C at the terminal ends us, and then the shell is needed.
            .process_group(0);
        shell
    }

    /// Sends the shell away: there is nothing left to do for it.
    pub fn dismiss(mut self) {
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
        let (mut child, _) = start("trap 'exit 7' INT; echo ready; while :; do sleep 0.05; done");
        let mut reaper = Reaper::of_group(&child, Stop::INTERRUPT).unwrap();
        let vanished = Instant::now();
        drop(reaper.shell.stdin.take());
        assert_eq!(child.wait().unwrap().code(), Some(7));
        assert!(vanished.elapsed() < Duration::from_secs(10));
        reaper.shell.wait().unwrap();
    }

    #[test]
    fn a_group_whose_owner_vanishes_can_say_its_last_words() {
        // Most programs die of a pipe that nobody reads; this one comes to its end.
        let script = "trap 'seq 100000; exit 7' INT; echo ready; while :; do sleep 0.05; done";
        let mut command = Command::new("sh");
        let mut child = command.args(["-c", script]).stdout(Stdio::piped()).process_group(0).spawn().unwrap();
        let mut reaper = Reaper::of_group(&child, Stop::INTERRUPT).unwrap();
        let mut word = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut word).unwrap();
        drop(reaper.shell.stdin.take());
        assert_eq!(child.wait().unwrap().code(), Some(7));
        reaper.shell.wait().unwrap();
    }

    #[test]
    fn a_group_that_does_not_end_is_killed_after_its_grace() {
        let (mut child, _) = start("trap '' INT; echo ready; while :; do sleep 60; done");
        let stop = Stop { grace: Duration::from_secs(1), ..Stop::INTERRUPT };
        let mut reaper = Reaper::of_group(&child, stop).unwrap();
        drop(reaper.shell.stdin.take());
        assert_eq!(child.wait().unwrap().signal(), Some(9));
        reaper.shell.wait().unwrap();
    }

    #[test]
    fn a_folder_whose_owner_vanishes_goes_and_its_log_stays() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("it's a folder");
        let log = folder.join("a.log");
        std::fs::create_dir_all(folder.join("data")).unwrap();
        std::fs::write(&log, "last words").unwrap();
        let mut reaper = Reaper::of_folder(&folder, &log).unwrap();
        drop(reaper.shell.stdin.take());
        reaper.shell.wait().unwrap();
        assert!(!folder.exists());
        assert_eq!(std::fs::read_to_string(home.path().join("it's a folder.log")).unwrap(), "last words");
    }

    #[test]
    fn a_stack_whose_owner_vanishes_is_destroyed_in_its_folder_and_environment() {
        let home = tempfile::tempdir().unwrap();
        let mut terraform = Command::new("/bin/sh");
        // As terraform: `sh destroy -auto-approve …` runs the script of that name.
        std::fs::write(home.path().join("destroy"), "echo \"$TF_VAR_token $*\"").unwrap();
        terraform
            .env_clear()
            .env("TF_VAR_token", "given")
            .env("PATH", "/usr/bin:/bin")
            .current_dir(home.path());
        let log = home.path().join("reaper.log");
        let mut reaper = Reaper::of_stack(&terraform, &log).unwrap();
        drop(reaper.shell.stdin.take());
        reaper.shell.wait().unwrap();
        assert!(std::fs::read_to_string(log).unwrap().starts_with("given -auto-approve"));
    }

    #[test]
    fn a_dismissed_reaper_harms_nobody() {
        let (mut child, pid) = start("echo ready; sleep 60");
        Reaper::of_group(&child, Stop::TERMINATE).unwrap().dismiss();
        assert_eq!(child.try_wait().unwrap().and_then(|status| status.signal()), None);
        kill_process_group(pid, Stop::TERMINATE.signal).unwrap();
        child.wait().unwrap();
    }
}
