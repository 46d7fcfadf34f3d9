//! Who works with which provider process.
//!
//! One process serves one terraform with one configuration at a time. A provider keeps the configuration that it was
//! given last for all of its calls: two aliases, or two terraforms, in one process would see each other's accounts.
//! When it is free it is moved to whoever comes next and configured anew, unless something would be left of before.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use tokio::sync::OnceCell;

use crate::answer::Answer;
use crate::configuration::Configuration;
use crate::launch::{LaunchError, Launcher, Surroundings};
use crate::process::Process;

/// A terraform: the processes that connect are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Terraform {
    /// By the number of the process.
    Process(i32),
    /// By the connection, where the system does not say whose it is.
    Connection(u64),
}

type Key = (Terraform, Configuration);

/// How long a process is kept that nobody uses. There are never more of them than were used at once: each is some
/// 200 MB of memory that was needed a minute ago, and a start that is saved to whoever comes next.
const IDLE: Duration = Duration::from_secs(60);

/// The processes of one provider.
pub(crate) struct Pool {
    launcher: Launcher,
    /// Never configured; for every call that needs no configuration.
    unconfigured: tokio::sync::Mutex<Option<Arc<Process>>>,
    shelf: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    /// Free, the longest idle first.
    idle: Vec<Idle>,
    leases: BTreeMap<Key, Weak<Lease>>,
}

/// A process that was configured and is free.
struct Idle {
    configuration: Configuration,
    since: Instant,
    process: Arc<Process>,
}

/// A process that one terraform has for one configuration. It is free again when the last connection lets go.
pub(crate) struct Lease {
    pool: Arc<Pool>,
    key: Key,
    configured: OnceCell<Configured>,
}

/// A process and what it said when it was configured.
pub(crate) struct Configured {
    pub(crate) process: Arc<Process>,
    /// Also for further connections with the same configuration.
    pub(crate) answer: Answer,
}

impl Pool {
    pub(crate) fn new(launcher: Launcher) -> Pool {
        Pool { launcher, unconfigured: tokio::sync::Mutex::default(), shelf: Mutex::default() }
    }

    /// The process for calls that need no configuration, which everybody shares; it is started in `folder` if there
    /// is none.
    pub(crate) async fn unconfigured(&self, folder: &Path) -> Result<Arc<Process>, LaunchError> {
        let mut shared = self.unconfigured.lock().await;
        match shared.as_ref() {
            Some(process) if process.is_unspoilt() => Ok(Arc::clone(process)),
            _ => Ok(Arc::clone(shared.insert(Arc::new(self.launcher.launch(folder).await?)))),
        }
    }

    /// A process of one's own, never configured.
    pub(crate) async fn fresh(&self, folder: &Path) -> Result<Arc<Process>, LaunchError> {
        Ok(Arc::new(self.launcher.launch(folder).await?))
    }

    /// What `terraform` has for `configuration`, or the place for it.
    pub(crate) fn lease(self: &Arc<Pool>, terraform: Terraform, configuration: Configuration) -> Arc<Lease> {
        let key = (terraform, configuration);
        let standing = self.shelf().leases.get(&key).and_then(Weak::upgrade);
        if let Some(lease) = standing.filter(|lease| lease.is_usable()) {
            return lease;
        }
        let lease = Arc::new(Lease { pool: Arc::clone(self), key, configured: OnceCell::new() });
        self.shelf().leases.insert(key, Arc::downgrade(&lease));
        lease
    }

    /// A process in `folder` to configure: an idle one in which nothing will be left of what it was used for, the
    /// unconfigured one if nobody works with it, a new one.
    async fn take(&self, folder: &Path, configuration: &Configuration) -> Result<Arc<Process>, LaunchError> {
        loop {
            let Some(process) = self.idle(folder, configuration).await else {
                return self.fresh(folder).await;
            };
            // What cannot be moved ends here.
            if process.move_to(folder).await.is_ok() {
                return Ok(process);
            }
        }
    }

    async fn idle(&self, folder: &Path, configuration: &Configuration) -> Option<Arc<Process>> {
        if let Some(process) = self.shelf().take(folder, configuration) {
            return Some(process);
        }
        let free = |process: &mut Arc<Process>| {
            Arc::strong_count(process) == 1 && process.is_unspoilt() && process.can_work_in(folder)
        };
        self.unconfigured.lock().await.take_if(free)
    }

    /// Ends what nobody has used for long.
    pub(crate) fn tidy(&self) {
        self.shelf().idle.retain(|idle| idle.since.elapsed() < IDLE);
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    /// Of those that will do the one with the same configuration, or in the same folder, or used last.
    fn take(&mut self, folder: &Path, configuration: &Configuration) -> Option<Arc<Process>> {
        self.idle.retain(|idle| idle.process.is_unspoilt());
        let fits = |idle: &Idle| {
            idle.process.can_work_in(folder)
                && configuration.replaces(&idle.configuration)
                && (idle.configuration == *configuration || !idle.process.is_bound())
        };
        let nearness =
            |idle: &Idle| (idle.configuration == *configuration, idle.process.works_in(folder), idle.since);
        let fitting = self.idle.iter().enumerate().filter(|(_, idle)| fits(idle));
        let (at, _) = fitting.max_by_key(|(_, idle)| nearness(idle))?;
        Some(self.idle.remove(at).process)
    }
}

impl Lease {
    /// Whether its process, if it has one by now, can be called.
    fn is_usable(&self) -> bool {
        self.configured.get().is_none_or(|configured| configured.process.is_alive())
    }

    /// The process, which `configure` has configured the first time.
    pub(crate) async fn configured<E: From<LaunchError>>(
        &self,
        folder: &Path,
        configure: impl AsyncFnOnce(&Process) -> Result<Answer, E>,
    ) -> Result<&Configured, E> {
        let first = async || {
            let process = self.pool.take(folder, &self.key.1).await?;
            let answer = configure(&process).await?;
            Ok(Configured { process, answer })
        };
        self.configured.get_or_try_init(first).await
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut shelf = self.pool.shelf();
        // A new lease of the same terraform may stand there already.
        if shelf.leases.get(&self.key).is_some_and(|lease| lease.strong_count() == 0) {
            shelf.leases.remove(&self.key);
        }
        let Some(Configured { process, .. }) = self.configured.take() else { return };
        match self.pool.launcher.surroundings {
            Surroundings::Cleared if process.is_unspoilt() => {
                shelf.idle.push(Idle { configuration: self.key.1, since: Instant::now(), process });
            }
            Surroundings::Cleared | Surroundings::Inherited => {}
        }
    }
}
