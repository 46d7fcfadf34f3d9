//! LocalStack as a container, through testcontainers.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use synth_engine::process::Reaper;
use testcontainers::core::client::docker_client_instance;
use testcontainers::core::{IntoContainerPort, Mount, WaitFor};
use testcontainers::runners::SyncRunner;
use testcontainers::{Container, GenericImage, ImageExt};

use super::pulse::Pulse;
use super::version::{self, Answer};
use super::{Emulator, EmulatorError, Parts};
use crate::account::Account;
use crate::settings::Settings;

/// Where the plugin is inside the container.
const PLUGIN: &str = "/synth-plugin";
/// The port on which LocalStack listens inside the container.
const PORT: u16 = 4566;
/// An engine that does not answer at once is not asked to run anything.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often the engine is asked whether the container runs: that takes milliseconds.
const LOOK: Duration = Duration::from_secs(1);
/// `$1` is the container.
const REMOVE_CONTAINER: &str = r#"read -r line && exit 0
docker rm --force --volumes "$1""#;
/// Ten times and more what it takes (2.8 s): two cores may be shared by many.
const START: Duration = Duration::from_secs(90);

/// A container that is removed when this is dropped; the reaper removes it should that never happen.
#[derive(Debug)]
pub(super) struct Docker {
    image: &'static str,
    endpoint: String,
    services: BTreeSet<String>,
    pulse: Pulse,
    /// When the engine was last asked whether the container runs, and why it does not.
    asked: Mutex<(Instant, Result<(), String>)>,
    reaper: Option<Reaper>,
    /// Absent only while it is being dropped.
    container: Option<Container<GenericImage>>,
}

/// Whether an engine answers and has an image; the reason if not.
pub(super) fn possible() -> Result<(), String> {
    image().map(drop)
}

/// The image that the engine has. Nothing is downloaded unasked.
fn image() -> Result<&'static str, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let asked = tokio::time::timeout(PATIENCE, async {
            let docker = docker_client_instance().await.map_err(|error| error.to_string())?;
            docker.ping().await.map_err(|_| "no Docker engine answers".to_owned())?;
            for image in [version::IMAGE, version::BUILT] {
                if docker.inspect_image(image).await.is_ok() {
                    return Ok(image);
                }
            }
            Err(format!("the Docker engine has no image `{}`", version::IMAGE))
        });
        asked.await.unwrap_or_else(|_| Err("the Docker engine does not answer".to_owned()))
    })
}

pub(super) fn start(settings: &Settings) -> Result<Docker, EmulatorError> {
    let image = image().map_err(EmulatorError::Docker)?;
    let parts = Parts::unpacked(&settings.cache)?;
    let docker = |error: &dyn std::fmt::Display| EmulatorError::Docker(error.to_string());
    let session = format!("docker-{}", Account::fresh());
    let progress = settings.telling.begin("starting LocalStack in Docker");
    let begun = Instant::now();
    let (name, tag) = image.split_once(':').unwrap_or((image, "latest"));
    let container = GenericImage::new(name, tag)
        .with_exposed_port(PORT.tcp())
        .with_wait_for(WaitFor::message_on_stdout("Ready."))
        .with_startup_timeout(START)
        .with_mount(Mount::bind_mount(parts.plugin.to_string_lossy(), PLUGIN))
        .with_env_var("PYTHONPATH", PLUGIN)
        .with_env_var("SYNTH_SESSION", &session)
        .with_env_var("DISABLE_EVENTS", "1")
        .with_env_var("SKIP_SSL_CERT_DOWNLOAD", "1")
        .with_env_var("ACTIVATE_PRO", "0")
        .start()
        .map_err(|error| docker(&error))?;
    let reaper =
        Reaper::start(REMOVE_CONTAINER, &[container.id().to_owned()]).map_err(|error| docker(&error))?;
    let host = container.get_host().map_err(|error| docker(&error))?.to_string();
    // The port is the IPv4 one, and `localhost` may be an IPv6 address first.
    let host = if host == "localhost" { "127.0.0.1" } else { &host };
    let port = container.get_host_port_ipv4(PORT).map_err(|error| docker(&error))?;
    let endpoint = format!("http://{host}:{port}");
    let mut running = Docker {
        image,
        pulse: Pulse::of(&endpoint, settings.patience),
        endpoint,
        services: BTreeSet::new(),
        asked: Mutex::new((begun, Ok(()))),
        reaper: Some(reaper),
        container: Some(container),
    };
    loop {
        match version::ask(&running.endpoint, Some(&session)) {
            Answer::Ready(services) => {
                running.services = services;
                running.pulse = Pulse::of(&running.endpoint, settings.patience);
                progress.end(begun.elapsed());
                return Ok(running);
            }
            Answer::Stranger => return Err(EmulatorError::Docker("its plugin was not loaded".to_owned())),
            Answer::Starting(why) if begun.elapsed() > START => return Err(EmulatorError::Docker(why)),
            Answer::Starting(_) => std::thread::sleep(Duration::from_millis(100)),
        }
    }
}

impl Docker {
    /// Fails if the container has ended.
    fn runs(&self) -> Result<(), String> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let (when, answer) = &mut *asked;
        if answer.is_ok() && when.elapsed() > LOOK {
            *when = Instant::now();
            *answer = match self.container.as_ref().map(Container::exit_code) {
                Some(Ok(Some(code))) => {
                    Err(format!("LocalStack ended in between (its container: exit {code})"))
                }
                // An engine that does not answer is no reason; a LocalStack that does not is, and soon enough.
                Some(Ok(None) | Err(_)) | None => Ok(()),
            };
        }
        answer.clone()
    }
}

impl Emulator for Docker {
    fn endpoint(&self) -> &str {
        &self.endpoint
    }

    fn services(&self) -> &BTreeSet<String> {
        &self.services
    }

    fn describe(&self) -> String {
        format!("LocalStack in Docker ({})", self.image)
    }

    fn check(&self) -> Result<(), String> {
        self.runs()?;
        self.pulse.check()
    }

    fn log(&self) -> Option<Vec<u8>> {
        let container = self.container.as_ref()?;
        Some([container.stdout_to_vec().ok()?, container.stderr_to_vec().ok()?].concat())
    }
}

impl Drop for Docker {
    fn drop(&mut self) {
        drop(self.container.take());
        if let Some(reaper) = self.reaper.take() {
            reaper.dismiss();
        }
    }
}
