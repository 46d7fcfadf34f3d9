//! LocalStack as a process of our own, on a free port of the loopback interface.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use synth_engine::process::{Group, Reaper, Stop};

use super::pulse::Pulse;
use super::venv::Venv;
use super::version::{self, Answer};
use super::{Emulator, EmulatorError};
use crate::account::Account;
use crate::progress::Progress;
use crate::settings::Settings;

/// Ten times and more what it takes (2-3 s): two cores may be shared by many.
const START: Duration = Duration::from_secs(90);
/// How often a new port is tried when somebody else was quicker to take the free one.
const ATTEMPTS: usize = 3;

/// A LocalStack that ends when this is dropped.
#[derive(Debug)]
pub(super) struct Process {
    // Declared before the folder: it must have ended when its folder goes.
    group: Mutex<Group>,
    endpoint: String,
    services: BTreeSet<String>,
    pulse: Pulse,
    folder: Folder,
}

/// Everything that LocalStack writes; removed with it, once it has been ready.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    log: PathBuf,
    keep: bool,
    /// Removes it should that never happen here.
    reaper: Option<Reaper>,
}

pub(super) fn start(settings: &Settings, venv: &Venv, plugin: &Path) -> Result<Process, EmulatorError> {
    let session = format!("process-{}", Account::fresh());
    let folder = settings.work.join(format!("localstack-{session}"));
    let mut folder = Folder::at(folder)?;
    let mut progress = settings.telling.begin("starting LocalStack");
    let begun = Instant::now();
    let mut why = String::new();
    for _ in 0..ATTEMPTS {
        match attempt(settings, venv, plugin, &folder, &session, &mut progress) {
            Ok((group, endpoint, services)) => {
                progress.end(begun.elapsed());
                let pulse = Pulse::of(&endpoint, settings.patience);
                return Ok(Process { group: Mutex::new(group), endpoint, services, pulse, folder });
            }
            Err(Failure::PortTaken) => {
                why = format!(
                    "another LocalStack, or one without the plugin `{}`, answers on its port",
                    plugin.display()
                );
            }
            Err(Failure::Broken(reason)) => {
                why = reason;
                break;
            }
        }
    }
    let log = folder.log.clone();
    let tail = tail(&log);
    // The log is all that explains it.
    folder.keep = true;
    Err(EmulatorError::NotReady { program: "LocalStack", why, tail, log })
}

enum Failure {
    PortTaken,
    Broken(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Broken(error.to_string())
    }
}

fn attempt(
    settings: &Settings,
    venv: &Venv,
    plugin: &Path,
    folder: &Folder,
    session: &str,
    progress: &mut Progress,
) -> Result<(Group, String, BTreeSet<String>), Failure> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let endpoint = format!("http://127.0.0.1:{port}");
    let mut group = Group::spawn(&mut command(settings, venv, plugin, folder, session, port)?, Stop::KILL)?;
    let begun = Instant::now();
    loop {
        if let Some(status) = group.ended()? {
            // 69 is the plugin's word for a port that it cannot have (`compat/listen.py`).
            let taken = status.code() == Some(69);
            return Err(if taken {
                Failure::PortTaken
            } else {
                Failure::Broken(format!("it ended: {status}"))
            });
        }
        match version::ask(&endpoint, Some(session)) {
            Answer::Ready(services) => return Ok((group, endpoint, services)),
            Answer::Stranger => return Err(Failure::PortTaken),
            Answer::Starting(why) if begun.elapsed() > START => {
                return Err(Failure::Broken(format!("{} s are over ({why})", START.as_secs())));
            }
            Answer::Starting(_) => {
                progress.on(std::iter::empty());
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

fn command(
    settings: &Settings,
    venv: &Venv,
    plugin: &Path,
    folder: &Folder,
    session: &str,
    port: u16,
) -> io::Result<Command> {
    let log = File::options().create(true).append(true).open(&folder.log)?;
    let mut command = Command::new(&venv.python);
    command
        .args(["-m", "localstack.runtime.main"])
        .current_dir(&folder.path)
        .env_clear()
        .envs(settings.inherited.iter().map(|(name, value)| (name, value)))
        .env("PYTHONPATH", plugin)
        .env("PYTHONUNBUFFERED", "1")
        // The plugin's folder holds what its name says, and others use it at the same time.
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SYNTH_SESSION", session)
        .env("GATEWAY_LISTEN", format!("127.0.0.1:{port}"))
        // Its own place for everything: two instances would share and wipe one otherwise.
        .env("FILESYSTEM_ROOT", &folder.path)
        .env("LOCALSTACK_VOLUME_DIR", folder.path.join("volume"))
        .env("XDG_CACHE_HOME", folder.path.join("cache"))
        .env("TMPDIR", folder.temporary())
        // On a machine that is a container itself it would take the container's fixed folders.
        .env("OVERRIDE_IN_DOCKER", "0")
        // No telemetry, no downloads, no licence check, no name server.
        .envs([
            ("DISABLE_EVENTS", "1"),
            ("SKIP_SSL_CERT_DOWNLOAD", "1"),
            ("ACTIVATE_PRO", "0"),
            ("DNS_ADDRESS", "0"),
        ])
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    Ok(command)
}

/// The last lines of a log, to be appended to a message.
fn tail(log: &Path) -> String {
    // Without a log there is nothing to show, and the message names its path anyway.
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().rev().take(8).collect();
    lines.into_iter().rev().map(|line| format!("\n    {line}")).collect()
}

impl Emulator for Process {
    fn endpoint(&self) -> &str {
        &self.endpoint
    }

    fn services(&self) -> &BTreeSet<String> {
        &self.services
    }

    fn describe(&self) -> String {
        "LocalStack as a process".to_owned()
    }

    fn check(&self) -> Result<(), String> {
        match self.group.lock().unwrap_or_else(PoisonError::into_inner).ended() {
            Ok(None) => {
                self.pulse.check().map_err(|why| format!("{why}; its log: {}", self.folder.log.display()))
            }
            Ok(Some(status)) => {
                Err(format!("LocalStack ended in between ({status}); its log: {}", self.folder.log.display()))
            }
            Err(error) => Err(format!("lost sight of LocalStack: {error}")),
        }
    }

    fn log(&self) -> Option<Vec<u8>> {
        fs::read(&self.folder.log).ok()
    }
}

impl Folder {
    fn at(path: PathBuf) -> Result<Folder, EmulatorError> {
        let log = path.join("localstack.log");
        let reaper = Reaper::of_folder(&path, &log)
            .map_err(|source| EmulatorError::Folder { path: path.clone(), source })?;
        let folder = Folder { path, log, keep: false, reaper: Some(reaper) };
        fs::create_dir_all(folder.temporary())
            .map_err(|source| EmulatorError::Unwritten { path: folder.path.clone(), source })?;
        Ok(folder)
    }

    /// What it takes for the temporary folder.
    fn temporary(&self) -> PathBuf {
        self.path.join("tmp")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(reaper) = self.reaper.take() {
            reaper.dismiss();
        }
        if !self.keep {
            // A folder that stays behind in the temporary folder does no harm.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
