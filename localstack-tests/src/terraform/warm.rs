//! The AWS provider kept warm between the steps, and beside other deployments.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use synth_engine::process::Reaper;
use thiserror::Error;
use warm_provider::{Endpoint, Extent, Folder, Installed, InstalledError, Proxy, ProxyError, Surroundings};

use crate::settings::{Settings, variable};

/// The proxies of a suite, one for each provider package. Clones share them; they end with the last of all that they
/// have lent.
#[derive(Clone, Debug)]
pub struct Warm(State);

#[derive(Clone, Debug)]
enum State {
    /// Terraform starts its providers itself.
    Off,
    On {
        /// What is known of the providers from earlier runs.
        cache: PathBuf,
        proxies: Arc<Mutex<BTreeMap<PathBuf, Arc<Watched>>>>,
    },
}

/// A proxy, and who removes its sockets when this process ends without a word.
#[derive(Debug)]
struct Watched {
    proxy: Proxy,
    /// Absent only while it is being dropped.
    reaper: Option<Reaper>,
}

/// A way to a warm provider, for the terraforms in one folder.
#[derive(Debug)]
pub struct Lent {
    // First the socket, then what serves it.
    endpoint: Endpoint,
    _proxy: Arc<Watched>,
}

/// Why a provider cannot be kept warm.
#[derive(Debug, Error)]
#[error("{source}\n  {}=off does without the provider that is kept warm", variable::WARM_PROVIDER)]
pub struct WarmError {
    source: Cause,
}

#[derive(Debug, Error)]
enum Cause {
    #[error(transparent)]
    Installed(#[from] InstalledError),
    #[error(transparent)]
    Proxy(#[from] ProxyError),
    #[error("cannot watch over the sockets of the provider: {0}")]
    Unwatched(#[from] io::Error),
}

impl Warm {
    /// As the settings say.
    pub fn new(settings: &Settings) -> Warm {
        if settings.warm_provider.as_deref() == Some("off") {
            return Warm(State::Off);
        }
        Warm(State::On { cache: settings.cache.join("warm-provider"), proxies: Arc::default() })
    }

    /// What is known of the providers from earlier runs, if any is to be kept warm.
    pub(super) fn cache(&self) -> Option<&Path> {
        match &self.0 {
            State::Off => None,
            State::On { cache, .. } => Some(cache),
        }
    }

    /// A way to the provider that init has installed in `folder`; none if there is none that can be kept warm.
    pub fn lend(&self, folder: &Path) -> Result<Option<Lent>, WarmError> {
        self.find(folder).map_err(|source| WarmError { source })
    }

    fn find(&self, folder: &Path) -> Result<Option<Lent>, Cause> {
        let State::On { cache, proxies } = &self.0 else { return Ok(None) };
        let folder = Folder::new(folder);
        let Some(provider) = Installed::find(&folder)? else { return Ok(None) };
        // Held while one is started: two deployments that begin together need one.
        let mut proxies = proxies.lock().unwrap_or_else(PoisonError::into_inner);
        let watched = match proxies.get(&provider.binary) {
            Some(watched) => Arc::clone(watched),
            None => {
                let proxy = Proxy::start(&provider, cache, Surroundings::Cleared)?;
                let reaper = Some(Reaper::of_all(proxy.folder())?);
                let started = Arc::new(Watched { proxy, reaper });
                proxies.insert(provider.binary.clone(), Arc::clone(&started));
                started
            }
        };
        Ok(Some(Lent { endpoint: watched.proxy.endpoint(folder, Extent::Used)?, _proxy: watched }))
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Some(reaper) = self.reaper.take() {
            reaper.dismiss();
        }
    }
}

impl Lent {
    /// The environment variable that leads terraform to it.
    pub fn variable(&self) -> (&'static str, &str) {
        self.endpoint.variable()
    }
}
