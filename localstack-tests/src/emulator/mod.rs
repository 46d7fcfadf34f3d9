//! A LocalStack to apply stacks to: one that already runs, a container, or a process of our own.
//!
//! Every caller gets its own container or process: S3 bucket names are global in an emulator, a test may freeze or
//! kill its own, and nothing has to outlive the caller to be shared. It costs 3 s and 300 MB each. Only a given
//! endpoint is shared, and there the accounts keep the deployments apart.

mod docker;
mod given;
mod parts;
mod process;
mod pulse;
pub(crate) mod python;
mod venv;
mod version;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

use parts::Parts;
pub use python::PythonError;
use venv::Purpose;
pub use venv::VenvError;

use crate::settings::{Settings, variable};

/// A running LocalStack; it ends when this value is dropped, unless it was running before.
pub trait Emulator: Debug + Send + Sync {
    /// Where it answers, `http://127.0.0.1:4566`.
    fn endpoint(&self) -> &str;
    /// The services that it has, by botocore's names.
    fn services(&self) -> &BTreeSet<String>;
    /// What it is, for people.
    fn describe(&self) -> String;
    /// Why it no longer works, if so. Called often: it must be quick.
    fn check(&self) -> Result<(), String>;
    /// What it has said until now, where we can know.
    fn log(&self) -> Option<Vec<u8>>;
    /// Whether what was made in it is gone when we are.
    fn span(&self) -> Span {
        Span::Ours
    }
}

/// How long an emulator lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// It ends with us, by the reaper if need be, and with everything in it.
    Ours,
    /// It was there before, and stays.
    Longer,
}

/// An emulator that a deployment uses: the caller's, or one that ends with the last deployment that uses it.
#[derive(Clone, Debug)]
pub enum Lent<'a> {
    /// The caller's.
    Borrowed(&'a dyn Emulator),
    /// Everybody's who uses it.
    Shared(Arc<dyn Emulator>),
}

impl<'a> Deref for Lent<'a> {
    type Target = dyn Emulator + 'a;

    fn deref(&self) -> &(dyn Emulator + 'a) {
        match self {
            Lent::Borrowed(emulator) => *emulator,
            Lent::Shared(emulator) => emulator.as_ref(),
        }
    }
}

impl<'a, 'b: 'a> From<&'a (dyn Emulator + 'b)> for Lent<'a> {
    fn from(emulator: &'a (dyn Emulator + 'b)) -> Lent<'a> {
        Lent::Borrowed(emulator)
    }
}

impl From<Arc<dyn Emulator>> for Lent<'_> {
    fn from(emulator: Arc<dyn Emulator>) -> Self {
        Lent::Shared(emulator)
    }
}

/// Why there is no emulator.
#[derive(Debug, Error)]
pub enum EmulatorError {
    /// The user named an endpoint that does not do.
    #[error("{}=`{endpoint}` cannot be used: {why}", variable::ENDPOINT)]
    Given {
        /// The endpoint.
        endpoint: String,
        /// What is wrong with it.
        why: String,
    },
    /// The user named a way that does not exist.
    #[error("{}=`{way}` is not a way to start LocalStack: `docker` and `process` are", variable::START)]
    UnknownWay {
        /// What was named.
        way: String,
    },
    /// The container could not be used.
    #[error("cannot run LocalStack in Docker: {0}\n  start Docker and `docker pull {IMAGE}` (or `just localstack-image`), or choose another way in {START}", START = variable::START, IMAGE = version::IMAGE)]
    Docker(String),
    /// The process could not be prepared: no Python.
    #[error(
        "no LocalStack to apply stacks to. Any one of these will do:\n  \
         - set {} to the address of a running LocalStack that has this project's plugin\n  \
         - start Docker and `docker pull {}`, or build an image with `just localstack-image` ({docker})\n  \
         - {python}",
        variable::ENDPOINT,
        version::IMAGE
    )]
    Nothing {
        /// Why there is no container.
        docker: String,
        /// Why there is no process.
        python: PythonError,
    },
    /// The virtual environment could not be made.
    #[error(transparent)]
    Venv(#[from] VenvError),
    /// What this crate brings along could not be written into the cache.
    #[error(
        "cannot write `{}`, LocalStack's plugin and locks: {source}; name a folder that can be written in XDG_CACHE_HOME",
        .path.display()
    )]
    Unpacked {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// Nothing could be written where the process was to work.
    #[error("cannot write `{}`: {source}; name a folder that can be written in {}", .path.display(), variable::WORK)]
    Unwritten {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// The folder of the process could not be watched over.
    #[error("cannot watch over `{}`: {source}", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// The process did not become ready.
    #[error("{program} did not become ready: {why}{tail}\n  log: {}", .log.display())]
    NotReady {
        /// What was started.
        program: &'static str,
        /// What went wrong.
        why: String,
        /// The end of the log, for people in a hurry.
        tail: String,
        /// The whole log.
        log: PathBuf,
    },
}

/// Starts, or joins, an emulator: the given endpoint, else Docker, else a process of our own.
pub fn start(settings: &Settings) -> Result<Box<dyn Emulator>, EmulatorError> {
    let emulator = choose(settings)?;
    settings.telling.tell(&format!("  {} at {}", emulator.describe(), emulator.endpoint()));
    Ok(emulator)
}

fn choose(settings: &Settings) -> Result<Box<dyn Emulator>, EmulatorError> {
    if let Some(endpoint) = &settings.endpoint {
        return Ok(Box::new(given::join(endpoint, settings.patience)?));
    }
    match settings.start.as_deref() {
        Some("docker") => Ok(Box::new(docker::start(settings)?)),
        Some("process") => start_process(settings, format!("{}=process", variable::START)),
        Some(other) => Err(EmulatorError::UnknownWay { way: other.to_owned() }),
        None => match docker::possible() {
            Ok(()) => Ok(Box::new(docker::start(settings)?)),
            Err(why) => {
                settings.telling.tell(&format!("  no Docker ({why}): LocalStack runs as a process"));
                start_process(settings, why)
            }
        },
    }
}

fn start_process(settings: &Settings, docker: String) -> Result<Box<dyn Emulator>, EmulatorError> {
    let python = python::find(settings).map_err(|python| EmulatorError::Nothing { docker, python })?;
    let parts = Parts::unpacked(&settings.cache)?;
    let venv = venv::ready(settings, &python, &parts.locks, Purpose::Run)?;
    Ok(Box::new(process::start(settings, &venv, &parts.plugin)?))
}

/// A Python that has LocalStack and what the plugin's own tests and checks need; installed on first use.
///
/// # Errors
/// If there is no Python that LocalStack runs on, or the packages cannot be installed.
pub fn python_for_checks(settings: &Settings) -> Result<PathBuf, EmulatorError> {
    let docker = "the plugin's tests need none".to_owned();
    let python = python::find(settings).map_err(|python| EmulatorError::Nothing { docker, python })?;
    let parts = Parts::unpacked(&settings.cache)?;
    Ok(venv::ready(settings, &python, &parts.locks, Purpose::Check)?.python)
}
