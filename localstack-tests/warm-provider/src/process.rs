//! Provider processes: started, greeted, called, and ended.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use hyper::client::conn::http2;
use hyper::header::{CONTENT_TYPE, TE};
use hyper::http::request::Parts;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustix::process::{Pid, Signal};
use thiserror::Error;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::net::UnixStream;
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::answer::{self, Answer, Body};
use crate::handshake::{GREETING, Handshake, HandshakeError, Protocol};
use crate::wire;

/// What a provider process sees of the environment of whoever starts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surroundings {
    /// Nothing: credentials and endpoints come with the configuration alone. Such a process is configured anew for
    /// one terraform after another.
    Cleared,
    /// Everything, as when terraform starts it. Such a process is configured once only: with `AWS_CA_BUNDLE` in its
    /// environment hashicorp/aws 5.100.0 fails on every second configuration.
    Inherited,
}

/// What a provider in cleared surroundings gets instead of the user's environment.
const BARE: [(&str, &str); 2] = [("PATH", "/usr/bin:/bin"), ("HOME", "/nonexistent")];

/// The heap may grow to five times what is in use before it is collected: a fifth less time at start
/// (Go's default is 100).
const GARBAGE_COLLECTION: (&str, &str) = ("GOGC", "400");

/// As long as terraform itself waits for a provider (go-plugin, `StartTimeout`).
const START: Duration = Duration::from_secs(60);

/// How long a broken connection waits for the news that the process has ended.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Flow-control windows that no message of a provider fills: a schema has 5 MB.
pub(crate) const STREAM_WINDOW: u32 = 16 << 20;
const CONNECTION_WINDOW: u32 = 64 << 20;

/// Why a provider could not be started.
#[derive(Clone, Debug, Error)]
pub enum LaunchError {
    /// The system refused.
    #[error("cannot start the provider `{}`: {source}", .binary.display())]
    Start {
        /// The program.
        binary: PathBuf,
        /// The reason.
        source: Arc<io::Error>,
    },
    /// It is no provider that can be talked to.
    #[error("the provider `{}` cannot be used: {why}", .binary.display())]
    Greeting {
        /// The program.
        binary: PathBuf,
        /// What was wrong.
        why: String,
    },
}

/// A provider that ended, or cannot be reached any longer.
#[derive(Clone, Debug, Error)]
#[error("the provider process ended before it answered ({why})")]
pub(crate) struct Gone {
    why: String,
}

/// Starts the processes of one provider.
pub(crate) struct Launcher {
    pub(crate) binary: PathBuf,
    pub(crate) surroundings: Surroundings,
    /// For the sockets.
    pub(crate) scratch: PathBuf,
    pub(crate) tasks: TaskTracker,
    pub(crate) quit: CancellationToken,
}

impl Launcher {
    /// Starts a process that is configured for nobody, in `folder`: relative paths in a configuration (a function's
    /// code, an object's source) are read by the provider, from where it is.
    pub(crate) async fn launch(&self, folder: &Path) -> Result<Process, LaunchError> {
        let start = |source| LaunchError::Start { binary: self.binary.clone(), source: Arc::new(source) };
        let mut child = self.command().current_dir(folder).spawn().map_err(start)?;
        let (tell, ended) = watch::channel(None);
        let end = self.quit.child_token();
        let words = Arc::new(Mutex::new(Words::default()));
        let output = child.stdout.take();
        if let Some(errors) = child.stderr.take() {
            self.tasks.spawn(listen(errors, Arc::clone(&words)));
        }
        self.tasks.spawn(own(child, end.clone(), tell, words));
        // From here on a failure, or the end of whoever waits, ends the process.
        let ending = end.drop_guard();

        let greeting = |why: String| LaunchError::Greeting { binary: self.binary.clone(), why };
        let mut lines = BufReader::new(output.ok_or_else(|| greeting("it has no output".into()))?);
        let mut line = String::new();
        match tokio::time::timeout(START, lines.read_line(&mut line)).await {
            Ok(read) => read.map_err(|why| greeting(why.to_string()))?,
            Err(_) => return Err(greeting(format!("it said nothing for {} s", START.as_secs()))),
        };
        if line.is_empty() {
            let how = how_it_ended(&ended).await;
            return Err(greeting(how.unwrap_or_else(|| "it closed its output".to_owned())));
        }
        let handshake = Handshake::read(&line).map_err(|why: HandshakeError| greeting(why.to_string()))?;
        self.tasks.spawn(drain(lines));
        let unreachable = |why: &dyn std::fmt::Display| greeting(format!("it cannot be reached: {why}"));
        let stream = UnixStream::connect(&handshake.socket).await.map_err(|why| unreachable(&why))?;
        let (client, connection) = http2::Builder::new(TokioExecutor::new())
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|why| unreachable(&why))?;
        self.tasks.spawn(async move { drop(connection.await) });
        Ok(Process {
            client,
            protocol: handshake.protocol,
            folder: folder.to_owned(),
            ended,
            spoilt: AtomicBool::new(false),
            _ending: ending,
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        match self.surroundings {
            Surroundings::Cleared => {
                command.env_clear().envs(BARE).env("TMPDIR", &self.scratch);
            }
            Surroundings::Inherited => {}
        }
        command
            .envs([GARBAGE_COLLECTION])
            .envs(GREETING)
            .env("PLUGIN_UNIX_SOCKET_DIR", &self.scratch)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            // Ctrl-C at the terminal is terraform's to answer.
            .process_group(0);
        die_with_us(&mut command);
        command
    }
}

/// Has the kernel end the provider when the thread that starts it ends: the proxy's own, which lives as long as the
/// proxy does (prctl(2), `PR_SET_PDEATHSIG`).
#[cfg(target_os = "linux")]
fn die_with_us(command: &mut Command) {
    let parent = rustix::process::getpid();
    let ask = move || {
        rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
        // The parent may have ended before it was asked.
        if rustix::process::getppid() == Some(parent) {
            Ok(())
        } else {
            Err(io::ErrorKind::NotConnected.into())
        }
    };
    #[expect(unsafe_code, reason = "the standard library has no other way to ask for the parent's death")]
    // SAFETY: between fork and exec only two system calls are made; nothing allocates, nothing locks.
    unsafe {
        command.pre_exec(ask);
    }
}

/// Elsewhere a provider ends with the proxy that ends it, and lives on when that is killed.
#[cfg(not(target_os = "linux"))]
fn die_with_us(_: &mut Command) {}

/// Waits for the process's end, its own or by `end`, and tells how it came.
async fn own(
    mut child: Child,
    end: CancellationToken,
    tell: watch::Sender<Option<String>>,
    words: Arc<Mutex<Words>>,
) {
    let status = tokio::select! {
        status = child.wait() => status,
        () = end.cancelled() => {
            if let Some(pid) = child.id().and_then(|pid| i32::try_from(pid).ok()).and_then(Pid::from_raw) {
                // Its own group: whatever it started ends as well.
                let _ = rustix::process::kill_process_group(pid, Signal::KILL);
            }
            child.wait().await
        }
    };
    let how = status.map_or_else(|error| error.to_string(), |status: ExitStatus| status.to_string());
    // The pipe is read to its end by another task.
    tokio::task::yield_now().await;
    let words = words.lock().unwrap_or_else(PoisonError::into_inner);
    tell.send_replace(Some(format!("{how}{words}")));
}

async fn how_it_ended(ended: &watch::Receiver<Option<String>>) -> Option<String> {
    let mut ended = ended.clone();
    tokio::time::timeout(LAST_WORDS, ended.wait_for(Option::is_some)).await.ok()?.ok()?.clone()
}

/// The end of what a provider printed on its error stream, or the beginning of its panic.
#[derive(Default)]
struct Words {
    lines: VecDeque<String>,
    panicked: bool,
}

/// More is in nobody's interest: Go prints every goroutine.
const MOST_LINES: usize = 20;

impl Words {
    fn hear(&mut self, line: String) {
        // As Go's runtime begins them, and as terraform recognizes them (`internal/logging/panic.go`).
        if !self.panicked && ["panic: ", "fatal error: "].iter().any(|begin| line.starts_with(begin)) {
            self.lines.clear();
            self.panicked = true;
        }
        if self.lines.len() == MOST_LINES {
            if self.panicked {
                return;
            }
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.lines.is_empty() {
            f.write_str("; it last said:")?;
        }
        self.lines.iter().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

async fn listen(errors: impl AsyncRead + Unpin, words: Arc<Mutex<Words>>) {
    let mut lines = BufReader::new(errors).split(b'\n');
    while let Ok(Some(line)) = lines.next_segment().await {
        let line = String::from_utf8_lossy(&line).into_owned();
        words.lock().unwrap_or_else(PoisonError::into_inner).hear(line);
    }
}

/// Reads a pipe that nobody is interested in, so that it never fills.
async fn drain(mut pipe: impl AsyncRead + Unpin) {
    let _ = tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await;
}

/// A provider at work; it ends when this is dropped.
pub(crate) struct Process {
    client: http2::SendRequest<Body>,
    protocol: Protocol,
    folder: PathBuf,
    ended: watch::Receiver<Option<String>>,
    spoilt: AtomicBool,
    _ending: tokio_util::sync::DropGuard,
}

impl Process {
    pub(crate) fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Where it works.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether it can be called.
    pub(crate) fn is_alive(&self) -> bool {
        self.ended.borrow().is_none() && !self.client.is_closed()
    }

    /// Whether somebody else may be given it: no call was broken off in it, and it was not told to stop.
    pub(crate) fn is_unspoilt(&self) -> bool {
        self.is_alive() && !self.spoilt.load(Ordering::Relaxed)
    }

    /// Keeps it from everybody else: something of its present user may go on in it.
    pub(crate) fn spoil(&self) {
        self.spoilt.store(true, Ordering::Relaxed);
    }

    /// What was feared has not come true.
    pub(crate) fn restore(&self) {
        self.spoilt.store(false, Ordering::Relaxed);
    }

    /// Asks for the whole schema.
    pub(crate) async fn schema(&self) -> Result<Bytes, Gone> {
        let head = Request::post(format!("http://provider{}", self.protocol.schema_call()))
            .header(TE, "trailers")
            .header(CONTENT_TYPE, "application/grpc")
            .body(())
            .map_err(|why| Gone { why: why.to_string() })?
            .into_parts()
            .0;
        let answer = self.ask(&head, wire::framed(&[])).await?;
        answer.message().ok_or_else(|| Gone { why: "it answered without a message".to_owned() })
    }

    /// Passes a call on and reads the answer to its end.
    pub(crate) async fn ask(&self, head: &Parts, body: Bytes) -> Result<Answer, Gone> {
        let response = self.call(Request::from_parts(head.clone(), answer::whole(body))).await?;
        match Answer::read(response).await {
            Ok(answer) => Ok(answer),
            Err(error) => Err(self.gone(&error).await),
        }
    }

    /// Passes a call on.
    pub(crate) async fn call(&self, request: Request<Body>) -> Result<Response<Body>, Gone> {
        match self.client.clone().send_request(request).await {
            Ok(response) => Ok(response.map(answer::boxed)),
            Err(error) => Err(self.gone(&error).await),
        }
    }

    async fn gone(&self, error: &hyper::Error) -> Gone {
        // The connection breaks a moment before the process is seen to have ended.
        let how = how_it_ended(&self.ended).await;
        Gone { why: how.unwrap_or_else(|| error.to_string()) }
    }
}

/// Where a proxy keeps its sockets and those of its providers.
pub(crate) fn scratch() -> io::Result<tempfile::TempDir> {
    let prefix = format!("{SCRATCH}{}-", std::process::id());
    sweep(&std::env::temp_dir());
    tempfile::Builder::new().prefix(&prefix).tempdir()
}

const SCRATCH: &str = "warm-provider-";

/// Removes the folders of proxies that were killed.
fn sweep(folder: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner =
            name.to_str().and_then(|name| name.strip_prefix(SCRATCH)?.split('-').next()?.parse().ok());
        let Some(owner) = owner.and_then(Pid::from_raw) else { continue };
        if rustix::process::test_kill_process(owner) == Err(rustix::io::Errno::SRCH) {
            // Another user's, or another proxy was quicker: neither is ours to say anything about.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(lines: &[&str]) -> String {
        let mut words = Words::default();
        lines.iter().for_each(|line| words.hear((*line).to_owned()));
        words.to_string()
    }

    #[test]
    fn the_last_words_are_the_panic_or_else_the_last_lines() {
        assert_eq!(after(&[]), "");
        assert_eq!(after(&["a", "panic: oh", "b"]), "; it last said:\n  panic: oh\n  b");
        let many: Vec<String> = (0..100).map(|line| line.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(after(&many).starts_with("; it last said:\n  80\n"));
        assert!(after(&[&["panic: oh"], &many[..]].concat()).ends_with("\n  18"));
    }

    #[test]
    fn folders_of_proxies_that_are_gone_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        // No process has this number: Linux ends at 2^22 (proc(5), `pid_max`).
        let gone = folder.path().join(format!("{SCRATCH}{}-x", i32::MAX));
        let ours = folder.path().join(format!("{SCRATCH}{}-x", std::process::id()));
        let other = folder.path().join(format!("{SCRATCH}x"));
        for path in [&gone, &ours, &other] {
            std::fs::create_dir(path).unwrap();
        }
        sweep(folder.path());
        assert_eq!([gone, ours, other].map(|path| path.exists()), [false, true, true]);
    }
}
