//! Starts provider processes.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;

use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustix::process::Signal;
use thiserror::Error;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::net::UnixStream;
use tokio::net::unix::pipe::Receiver;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::child::{Child, Program, Started};
use crate::handshake::{GREETING, Handshake, HandshakeError};
use crate::process::{self, Place, Process};
use crate::words;

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

/// A provider logs everything unless it is told not to, for terraform to choose from (terraform-plugin-go and
/// terraform-plugin-log, `TF_LOG_SDK…` and `TF_LOG_PROVIDER_…`). Here nobody reads it.
const SILENCE: [(&str, &str); 5] = [
    ("TF_LOG_SDK", "off"),
    ("TF_LOG_SDK_PROTO", "off"),
    ("TF_LOG_SDK_MUX", "off"),
    ("TF_LOG_PROVIDER", "off"),
    ("TF_LOG_PROVIDER_AWS", "off"),
];

/// As long as terraform itself waits for a provider (go-plugin, `StartTimeout`).
const START: Duration = Duration::from_secs(60);

/// How long the error stream of an ended provider is read.
const PIPE: Duration = Duration::from_secs(1);

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
    /// Starts a process that is configured for nobody, in `folder`.
    pub(crate) async fn launch(&self, folder: &Path) -> Result<Process, LaunchError> {
        let start = |source| LaunchError::Start { binary: self.binary.clone(), source: Arc::new(source) };
        let started = match self.surroundings {
            Surroundings::Cleared => self.program().start_movable(folder).await,
            Surroundings::Inherited => self.program().start(folder),
        };
        let Started { child, mover, output, errors } = started.map_err(start)?;
        let (tell, ended) = watch::channel(None);
        let end = self.quit.child_token();
        self.tasks.spawn(own(child, end.clone(), errors, tell));
        // From here on a failure, or the end of whoever waits, ends the process.
        let ending = end.drop_guard();

        let greeting = |why: String| LaunchError::Greeting { binary: self.binary.clone(), why };
        let mut lines = BufReader::new(output);
        let mut line = String::new();
        match timeout(START, lines.read_line(&mut line)).await {
            Ok(read) => read.map_err(|why| greeting(why.to_string()))?,
            Err(_) => return Err(greeting(format!("it said nothing for {} s", START.as_secs()))),
        };
        if line.is_empty() {
            let how = process::how_it_ended(&ended).await;
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
        let process = Process::new(client, handshake.protocol, Place::new(folder, mover), ended, ending);
        self.tasks.spawn(process.stdio());
        Ok(process)
    }

    fn program(&self) -> Program {
        let own = |(name, value): (&str, &str)| (OsString::from(name), OsString::from(value));
        let sockets = ("PLUGIN_UNIX_SOCKET_DIR".into(), self.scratch.clone().into());
        let mut environment: BTreeMap<OsString, OsString> = match self.surroundings {
            Surroundings::Cleared => {
                BARE.map(own).into_iter().chain([("TMPDIR".into(), self.scratch.clone().into())]).collect()
            }
            Surroundings::Inherited => env::vars_os().collect(),
        };
        environment.extend([GARBAGE_COLLECTION].into_iter().chain(GREETING).chain(SILENCE).map(own));
        environment.extend([sockets]);
        Program { path: self.binary.clone(), environment: environment.into_iter().collect() }
    }
}

/// Waits for the process's end, its own or by `end`, and tells how it came.
async fn own(
    mut child: Child,
    end: CancellationToken,
    errors: Receiver,
    tell: watch::Sender<Option<String>>,
) {
    let hearing = tokio::spawn(words::listen(errors));
    let status = tokio::select! {
        status = child.wait() => status,
        () = end.cancelled() => {
            if let Some(pid) = child.pid() {
                // Its own group: whatever it started ends as well.
                let _ = rustix::process::kill_process_group(pid, Signal::KILL);
            }
            child.wait().await
        }
    };
    let how = status.map_or_else(|error| error.to_string(), |status: ExitStatus| status.to_string());
    // Something that the provider left behind may hold the pipe open.
    let words = timeout(PIPE, hearing).await.ok().and_then(Result::ok).unwrap_or_default();
    tell.send_replace(Some(format!("{how}{words}")));
}

/// Reads a pipe that nobody is interested in, so that it never fills.
async fn drain(mut pipe: impl AsyncRead + Unpin) {
    let _ = tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await;
}
