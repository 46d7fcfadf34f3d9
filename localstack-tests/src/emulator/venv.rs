//! The private virtual environment of LocalStack, made once for each lock file.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use sha2::{Digest, Sha256};
use synth_engine::process::{self, Flow, Limits, ProcessError, Stop};
use thiserror::Error;

use super::python::Python;
use crate::progress::Telling;
use crate::settings::Settings;

/// Raised when the way of installing changes, so that older environments are not taken for new ones.
const RECIPE: u8 = 1;

/// What an environment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Running LocalStack.
    Run,
    /// Running LocalStack, and the plugin's own tests and checks.
    Check,
}

impl Purpose {
    /// The lock files beside `bootstrap.lock`, in the order of installation.
    fn locks(self) -> &'static [&'static str] {
        match self {
            Purpose::Run => &["localstack.lock"],
            Purpose::Check => &["localstack.lock", "tests.lock"],
        }
    }
}

/// A finished environment.
#[derive(Clone, Debug)]
pub(crate) struct Venv {
    pub(crate) python: PathBuf,
}

/// Why there is no environment.
#[derive(Debug, Error)]
pub enum VenvError {
    /// A lock file is missing.
    #[error("cannot read the lock file `{}`: {source}", .path.display())]
    Lock {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The cache folder refused.
    #[error("cannot prepare `{}`: {source}", .path.display())]
    Cache {
        /// What was written.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// A program did not run to its end.
    #[error("cannot install LocalStack: {0}")]
    Process(#[from] ProcessError),
    /// pip or venv said no.
    #[error("cannot install LocalStack: {program} says\n    {said}")]
    Install {
        /// Which one.
        program: String,
        /// Its last words.
        said: String,
    },
}

/// What the installation is made from.
#[derive(Debug)]
struct Lock {
    path: PathBuf,
    pinned: String,
}

/// The environment for the lock files in `locks`, installed on first use. Two suites at once install once.
pub(super) fn ready(
    settings: &Settings,
    python: &Python,
    locks: &Path,
    purpose: Purpose,
) -> Result<Venv, VenvError> {
    let cache = settings.cache.as_path();
    let names = ["bootstrap.lock"].into_iter().chain(purpose.locks().iter().copied());
    let locks = names.map(|name| Lock::read(locks.join(name))).collect::<Result<Vec<_>, _>>()?;
    let home = cache.join(key(&locks, python.minor));
    let venv = Venv { python: home.join("bin/python") };
    if home.is_dir() {
        return Ok(venv);
    }
    let in_cache = |path: &Path| {
        let path = path.to_owned();
        move |source| VenvError::Cache { path, source }
    };
    fs::create_dir_all(cache).map_err(in_cache(cache))?;
    let guard = home.with_extension("lock");
    let waiting = File::create(&guard).map_err(in_cache(&guard))?;
    waiting.lock().map_err(in_cache(&guard))?;
    if home.is_dir() {
        // Another suite installed it while we waited.
        return Ok(venv);
    }
    let unfinished = home.with_extension("unfinished");
    if unfinished.is_dir() {
        fs::remove_dir_all(&unfinished).map_err(in_cache(&unfinished))?;
    }
    install(python, &unfinished, &locks, settings.telling)?;
    // Environments are started as `bin/python -m …`, which does not mind having moved.
    fs::rename(&unfinished, &home).map_err(in_cache(&home))?;
    Ok(venv)
}

impl Lock {
    fn read(path: PathBuf) -> Result<Lock, VenvError> {
        match fs::read_to_string(&path) {
            Ok(pinned) => Ok(Lock { path, pinned }),
            Err(source) => Err(VenvError::Lock { path, source }),
        }
    }
}

/// The folder's name says for what it was made.
fn key(locks: &[Lock], minor: u32) -> String {
    let mut digest = Sha256::new();
    for lock in locks {
        digest.update(lock.pinned.len().to_le_bytes());
        digest.update(&lock.pinned);
    }
    let short: String = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("venv-{RECIPE}-py3{minor}-{short}")
}

/// Hashes hold for every package only without isolated builds: those fetch what builds a source package unchecked.
/// `bootstrap.lock` brings it instead.
const CHECKED: [&str; 3] = ["--require-hashes", "--no-deps", "--no-build-isolation"];

fn install(python: &Python, folder: &Path, locks: &[Lock], telling: Telling) -> Result<(), VenvError> {
    let mut make = Command::new(&python.program);
    make.args(["-I", "-m", "venv"]).arg(folder);
    finish(telling, make, "making a virtual environment", Duration::from_secs(120))?;
    let Some((bootstrap, locks)) = locks.split_first() else { return Ok(()) };
    finish(telling, pip(folder, &bootstrap.path), "installing uv and setuptools", Duration::from_secs(300))?;

    let all = Duration::from_secs(1200);
    for Lock { path, .. } in locks {
        let what = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        let mut uv = Command::new(folder.join("bin/uv"));
        uv.args(["pip", "install", "--python"]).arg(folder.join("bin/python"));
        uv.args(CHECKED).arg("--requirement").arg(path);
        match finish(telling, uv, &format!("installing {what} (once, with uv)"), all) {
            // uv does not know the index and the certificates that the user has told pip about.
            Err(VenvError::Install { .. }) => {
                finish(telling, pip(folder, path), &format!("installing {what} (once)"), all)?;
            }
            other => other?,
        }
    }
    Ok(())
}

fn pip(folder: &Path, lock: &Path) -> Command {
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off"]);
    pip.args(CHECKED).arg("--requirement").arg(lock);
    pip
}

fn finish(telling: Telling, command: Command, what: &str, deadline: Duration) -> Result<(), VenvError> {
    let mut progress = telling.begin(what);
    let mut latest = String::new();
    let limits = Limits { deadline, stop: Stop::TERMINATE };
    let finished = process::run(command, limits, |event| {
        if let process::Event::Line(_, line) = event {
            latest = line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        }
        progress.on(std::iter::once(latest.as_str()));
        Flow::GoOn
    })?;
    if finished.code == Some(0) {
        progress.end(finished.took);
        return Ok(());
    }
    let said: Vec<&str> = finished.errors.lines().rev().take(12).collect();
    let said = said.into_iter().rev().collect::<Vec<_>>().join("\n    ");
    Err(VenvError::Install { program: what.to_owned(), said })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caching(cache: &Path) -> Settings {
        Settings { cache: cache.to_owned(), ..Settings::default() }
    }

    fn lock(pinned: &str) -> Lock {
        Lock { path: PathBuf::new(), pinned: pinned.to_owned() }
    }

    #[test]
    fn another_lock_file_or_python_gets_another_environment() {
        let of = |pinned: [&str; 2], minor| key(&pinned.map(lock), minor);
        let keys = [of(["six==1.17.0", ""], 13), of(["", "six==1.17.0"], 13), of(["six==1.17.0", ""], 12)];
        assert_eq!(keys.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
        assert_eq!(of(["six==1.17.0", ""], 13), keys[0]);
    }

    #[test]
    fn a_missing_lock_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let python = Python { program: "python3".into(), minor: 13 };
        let error = ready(&caching(folder.path()), &python, folder.path(), Purpose::Run).unwrap_err();
        assert!(error.to_string().contains("bootstrap.lock"), "{error}");
    }

    #[test]
    fn what_cannot_be_installed_says_so_and_leaves_no_environment() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["bootstrap.lock", "localstack.lock"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let cache = folder.path().join("cache");
        let python = Python { program: "false".into(), minor: 13 };
        let error = ready(&caching(&cache), &python, folder.path(), Purpose::Run).unwrap_err();
        assert!(error.to_string().contains("making a virtual environment"), "{error}");
        let left = fs::read_dir(&cache).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
        assert_eq!(left.count(), 0);
    }

    #[test]
    fn two_at_once_install_once_and_check_every_hash() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["bootstrap.lock", "localstack.lock"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/python-for-venv/python3");
        let python = Python { program, minor: 13 };
        let cache = folder.path().join("cache");
        let homes = std::thread::scope(|scope| {
            [1, 2]
                .map(|_| scope.spawn(|| ready(&caching(&cache), &python, folder.path(), Purpose::Run)))
                .map(|suite| suite.join().unwrap())
        });
        let homes = homes.map(|venv| venv.unwrap().python);
        assert_eq!(homes[0], homes[1]);
        let calls = fs::read_to_string(homes[0].parent().unwrap().with_file_name("calls")).unwrap();
        let calls: Vec<&str> = calls.lines().collect();
        assert_eq!(calls.len(), 2, "{calls:?}");
        for (call, (program, lock)) in calls
            .iter()
            .zip([("python -m pip install", "bootstrap.lock"), ("uv pip install", "localstack.lock")])
        {
            assert!(call.starts_with(program) && call.ends_with(lock), "{call}");
            assert!(call.contains("--require-hashes --no-deps --no-build-isolation"), "{call}");
        }
    }
}
