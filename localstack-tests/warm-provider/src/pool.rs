//! Who works with which provider process.
//!
//! One process serves one terraform with one configuration at a time. A provider keeps the configuration that it was
//! given last for all of its calls: two aliases, or two terraforms, in one process would see each other's accounts.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use crate::answer::Answer;
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

/// A fingerprint of a `Configure` request, which holds secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Configuration([u8; 32]);

impl Configuration {
    pub(crate) fn of(request: &[u8]) -> Configuration {
        Configuration(Sha256::digest(request).into())
    }
}

type Idle = (Configuration, Arc<Process>);
type Key = (Terraform, Configuration);

/// Idle processes that are kept at most; each has some 300 MB.
const MOST_IDLE: usize = 4;

/// The processes of one provider.
pub(crate) struct Pool {
    launcher: Launcher,
    /// Never configured; for every call that needs no configuration.
    unconfigured: tokio::sync::Mutex<Option<Arc<Process>>>,
    shelf: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    /// Configured once and free, the longest idle first.
    idle: Vec<Idle>,
    leases: BTreeMap<Key, Weak<Lease>>,
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

    /// A process in `folder` to configure: one that had the same configuration, any idle one, the unconfigured one if
    /// nobody works with it, a new one.
    async fn take(&self, folder: &Path, configuration: Configuration) -> Result<Arc<Process>, LaunchError> {
        if let Some(process) = self.shelf().take(folder, configuration) {
            return Ok(process);
        }
        let free = |process: &mut Arc<Process>| {
            Arc::strong_count(process) == 1 && process.is_unspoilt() && process.folder() == folder
        };
        if let Some(process) = self.unconfigured.lock().await.take_if(free) {
            return Ok(process);
        }
        self.fresh(folder).await
    }

    fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn take(&mut self, folder: &Path, configuration: Configuration) -> Option<Arc<Process>> {
        self.idle.retain(|(_, process)| process.is_unspoilt());
        let same = |(had, process): &Idle| *had == configuration && process.folder() == folder;
        let near = |(_, process): &Idle| process.folder() == folder;
        let at = self.idle.iter().position(same).or_else(|| self.idle.iter().position(near))?;
        Some(self.idle.remove(at).1)
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
            let process = self.pool.take(folder, self.key.1).await?;
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
                if shelf.idle.len() == MOST_IDLE {
                    drop(shelf.idle.remove(0));
                }
                shelf.idle.push((self.key.1, process));
            }
            Surroundings::Cleared | Surroundings::Inherited => {}
        }
    }
}
