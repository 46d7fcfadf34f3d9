//! Runs a program to its end, line by line, under a deadline.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use thiserror::Error;

use super::{Group, Stop};

/// How long a program may run and how it is ended.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// When it is ended.
    pub deadline: Duration,
    /// How.
    pub stop: Stop,
}

/// Where a line came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Its standard output.
    Output,
    /// Its standard error.
    Error,
}

/// What happens while a program runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// A whole line, without its end.
    Line(Stream, &'a str),
    /// Nothing for a moment.
    Quiet,
}

/// What is to become of a program that runs.
#[derive(Debug)]
pub enum Flow {
    /// It goes on.
    GoOn,
    /// It goes on, with a signal to all of its group.
    Signal(Signal),
    /// It is stopped, for a reason.
    Stop(String),
}

/// A program that ended by itself.
#[derive(Debug)]
pub struct Finished {
    /// Absent when a signal ended it.
    pub code: Option<i32>,
    /// Its standard output.
    pub output: String,
    /// Its standard error.
    pub errors: String,
    /// How long it ran.
    pub took: Duration,
}

/// Why a program has no result.
#[derive(Debug, Error)]
pub enum ProcessError {
    /// It could not be started.
    #[error("cannot start `{program}`: {source}")]
    Start {
        /// The program.
        program: String,
        /// The system's reason.
        source: io::Error,
    },
    /// It ran longer than it may.
    #[error("`{program}` was stopped after {} s: it had not ended by its deadline", .deadline.as_secs())]
    Deadline {
        /// The program.
        program: String,
        /// The time that it had.
        deadline: Duration,
    },
    /// Somebody who watched it had it stopped.
    #[error("`{program}` was stopped: {why}")]
    Stopped {
        /// The program.
        program: String,
        /// The watcher's reason.
        why: String,
    },
    /// The system would not tell how it ended.
    #[error("lost sight of `{program}`: {source}")]
    Lost {
        /// The program.
        program: String,
        /// The system's reason.
        source: io::Error,
    },
}

/// Time between two `Quiet` events.
const TICK: Duration = Duration::from_millis(100);

/// How long the pipes of an ended program are read when something that left its group holds them open.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Runs `command`; `watch` sees every event and says whether the run goes on.
///
/// # Errors
/// If it cannot be started, or did not end by itself.
pub fn run(
    mut command: Command,
    limits: Limits,
    mut watch: impl FnMut(Event<'_>) -> Flow,
) -> Result<Finished, ProcessError> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let started = Instant::now();
    let mut group = Group::spawn(&mut command, limits.stop)
        .map_err(|source| ProcessError::Start { program: program.clone(), source })?;
    let lines = follow(&mut group);
    let lost = |source| ProcessError::Lost { program: program.clone(), source };

    let (mut output, mut errors) = (String::new(), String::new());
    let (mut stopped, mut ended) = (None, None);
    loop {
        let flow = match lines.recv_timeout(TICK) {
            Ok((stream, line)) => {
                let text = match stream {
                    Stream::Output => &mut output,
                    Stream::Error => &mut errors,
                };
                text.push_str(&line);
                text.push('\n');
                watch(Event::Line(stream, &line))
            }
            Err(RecvTimeoutError::Timeout) => {
                if group.ended().map_err(lost)?.is_some() {
                    // Something that it left behind may hold the pipes open: end that too.
                    group.stop().map_err(lost)?;
                    if ended.get_or_insert_with(Instant::now).elapsed() > LAST_WORDS {
                        break;
                    }
                }
                watch(Event::Quiet)
            }
            Err(RecvTimeoutError::Disconnected) => break,
        };
        if stopped.is_some() {
            continue;
        }
        match flow {
            Flow::Stop(why) => stopped = Some(ProcessError::Stopped { program: program.clone(), why }),
            Flow::Signal(signal) => group.signal(signal),
            Flow::GoOn => {}
        }
        if stopped.is_none() && started.elapsed() > limits.deadline {
            stopped = Some(ProcessError::Deadline { program: program.clone(), deadline: limits.deadline });
        }
        if stopped.is_some() {
            group.stop().map_err(lost)?;
        }
    }
    let status = wait(&mut group, started, limits).map_err(lost)?;
    match stopped {
        Some(reason) => Err(reason),
        None => Ok(Finished { code: status.code(), output, errors, took: started.elapsed() }),
    }
}

/// A program may close its pipes before it ends.
fn wait(group: &mut Group, started: Instant, limits: Limits) -> io::Result<std::process::ExitStatus> {
    while group.ended()?.is_none() && started.elapsed() < limits.deadline {
        thread::sleep(Duration::from_millis(5));
    }
    group.stop()
}

fn follow(group: &mut Group) -> Receiver<(Stream, String)> {
    let (sender, receiver) = channel();
    let child = group.child();
    if let Some(pipe) = child.stdout.take() {
        read_lines(pipe, Stream::Output, sender.clone());
    }
    if let Some(pipe) = child.stderr.take() {
        read_lines(pipe, Stream::Error, sender);
    }
    receiver
}

fn read_lines(pipe: impl Read + Send + 'static, stream: Stream, sender: Sender<(Stream, String)>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while matches!(reader.read_until(b'\n', &mut bytes), Ok(read) if read > 0) {
            let line = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
            if sender.send((stream, line)).is_err() {
                return;
            }
            bytes.clear();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn within(milliseconds: u64) -> Limits {
        let stop = Stop { signal: Signal::INT, grace: Duration::from_millis(300) };
        Limits { deadline: Duration::from_millis(milliseconds), stop }
    }

    #[test]
    fn lines_of_both_streams_are_seen_and_kept_apart() {
        let mut seen = Vec::new();
        let script = r"echo one; printf '\377two' >&2; exit 3";
        let finished = run(shell(script), within(10_000), |event| {
            if let Event::Line(stream, line) = event {
                seen.push((stream, line.to_owned()));
            }
            Flow::GoOn
        })
        .unwrap();
        assert_eq!((finished.code, finished.output.as_str()), (Some(3), "one\n"));
        assert_eq!(finished.errors, "\u{fffd}two\n");
        assert!(seen.contains(&(Stream::Output, "one".to_owned())));
    }

    #[test]
    fn a_deadline_ends_even_what_ignores_the_request() {
        let started = Instant::now();
        let error = run(shell("trap '' INT; sleep 60; sleep 60"), within(100), |_| Flow::GoOn);
        assert!(matches!(error, Err(ProcessError::Deadline { .. })), "{error:?}");
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_watcher_stops_the_run_with_its_reason() {
        let error = run(shell("sleep 60"), within(60_000), |_| Flow::Stop("enough".to_owned()));
        assert_eq!(error.unwrap_err().to_string(), "`sh` was stopped: enough");
    }

    #[test]
    fn a_signal_is_passed_on_and_the_program_ends_by_itself() {
        let script = "trap 'echo asked; exit 7' INT; echo ready; while :; do sleep 0.05; done";
        let finished = run(shell(script), within(60_000), |event| match event {
            Event::Line(_, "ready") => Flow::Signal(Signal::INT),
            _ => Flow::GoOn,
        });
        let finished = finished.unwrap();
        assert_eq!((finished.code, finished.output.as_str()), (Some(7), "ready\nasked\n"));
    }

    #[test]
    fn what_a_program_leaves_behind_ends_with_it() {
        let started = Instant::now();
        let finished = run(shell("sleep 60 & echo $!"), within(60_000), |_| Flow::GoOn).unwrap();
        assert!(started.elapsed() < Duration::from_secs(10), "the pipes were held open");
        let pid = finished.output.trim().parse().unwrap();
        let pid = rustix::process::Pid::from_raw(pid).unwrap();
        // A kill takes effect a little later; an orphan is a zombie until the system's first process collects it.
        let ended = || {
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
            rustix::process::test_kill_process(pid).is_err() || stat.is_ok_and(|stat| stat.contains(") Z"))
        };
        while !ended() {
            assert!(started.elapsed() < Duration::from_secs(10), "it still runs");
            thread::yield_now();
        }
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = run(Command::new("no-such-program"), within(100), |_| Flow::GoOn);
        assert!(error.unwrap_err().to_string().starts_with("cannot start `no-such-program`: "));
    }
}
