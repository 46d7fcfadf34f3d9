//! A provider as the system sees it: started in a folder, maybe moved to another one, waited for.

#[cfg(target_os = "linux")]
mod movable;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use rustix::process::{Pid, Signal};
use tokio::net::unix::pipe::Receiver;
use tokio::process::Command;

/// A program and all of its environment.
pub(crate) struct Program {
    pub(crate) path: PathBuf,
    pub(crate) environment: Vec<(OsString, OsString)>,
}

/// A program that runs, in a process group of its own: Ctrl-C at the terminal is terraform's to answer.
pub(crate) struct Started {
    pub(crate) child: Child,
    /// By which it can be moved. It ends when this is dropped.
    pub(crate) mover: Mover,
    pub(crate) output: Receiver,
    pub(crate) errors: Receiver,
}

/// The right to wait for a program.
pub(crate) enum Child {
    Plain(tokio::process::Child),
    #[cfg(target_os = "linux")]
    Movable(movable::Child),
}

/// What moves a program from folder to folder.
pub(crate) enum Mover {
    /// It stays where it is.
    Never,
    #[cfg(target_os = "linux")]
    Thread(movable::Mover),
}

impl Program {
    /// Starts it in `folder`, for good.
    pub(crate) fn start(&self, folder: &Path) -> io::Result<Started> {
        let mut command = Command::new(&self.path);
        command
            .current_dir(folder)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .process_group(0);
        die_with_us(&mut command);
        let mut child = command.spawn()?;
        let (Some(output), Some(errors)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Started {
            child: Child::Plain(child),
            mover: Mover::Never,
            output: Receiver::from_owned_fd(output.into_owned_fd()?)?,
            errors: Receiver::from_owned_fd(errors.into_owned_fd()?)?,
        })
    }

    /// Starts it in `folder`, to be moved where the system can do that.
    pub(crate) async fn start_movable(&self, folder: &Path) -> io::Result<Started> {
        #[cfg(target_os = "linux")]
        if let Ok(started) = movable::start(self, folder).await {
            return Ok(started);
        }
        // What is wrong with the program itself is said here.
        self.start(folder)
    }
}

impl Child {
    /// Its number and its group's.
    pub(crate) fn pid(&self) -> Option<Pid> {
        match self {
            Child::Plain(child) => Pid::from_raw(i32::try_from(child.id()?).ok()?),
            #[cfg(target_os = "linux")]
            Child::Movable(child) => Some(child.pid()),
        }
    }

    /// Waits for its end.
    pub(crate) async fn wait(&mut self) -> io::Result<ExitStatus> {
        match self {
            Child::Plain(child) => child.wait().await,
            #[cfg(target_os = "linux")]
            Child::Movable(child) => child.wait().await,
        }
    }
}

impl Mover {
    /// Moves the program to `folder`.
    ///
    /// # Errors
    /// If it cannot be moved, or is not there afterwards: it may be anywhere then.
    pub(crate) async fn move_to(&self, folder: &Path) -> io::Result<()> {
        match self {
            Mover::Never => Err(io::ErrorKind::Unsupported.into()),
            #[cfg(target_os = "linux")]
            Mover::Thread(mover) => mover.move_to(folder).await,
        }
    }

    /// Whether it can move anything.
    pub(crate) fn moves(&self) -> bool {
        !matches!(self, Mover::Never)
    }
}

/// Has the kernel end the program when the thread that starts it ends: the proxy's own, which lives as long as the
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

/// Elsewhere a program ends with the proxy that ends it, and lives on when that is killed.
#[cfg(not(target_os = "linux"))]
fn die_with_us(_: &mut Command) {}
