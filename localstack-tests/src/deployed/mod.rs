//! A stack that stands, as a test sees it: what it gives, what it is made of, whether it is stable.

mod locate;
mod update;

use std::fmt::Display;
use std::sync::Arc;
use std::thread;

use crate::assertion;
use crate::audit::Holding;
use crate::aws::Client;
use crate::deployment::{Deployment, DeploymentError, tools};
use crate::emulator::{self, Emulator};
use crate::progress;
use crate::settings::Settings;
use crate::stack::IntoStack;
use crate::terraform::{Masked, State, Timeline};

pub use locate::{Addresses, Locate};
pub use update::Update;

/// Deploys a stack to a LocalStack of its own, in an account of its own. Dropped, it is destroyed, and the account
/// audited; that also happens when the test fails.
///
/// # Errors
/// If anything is missing on this machine, or the stack cannot be applied: what was made of it is destroyed.
pub fn deploy(stack: impl IntoStack) -> Result<Deployed, DeploymentError> {
    Harness::start(Settings::from_environment())?.deploy(stack)
}

/// A LocalStack to which several stacks are deployed, each in an account of its own. It ends with the last of them.
#[derive(Clone, Debug)]
pub struct Harness {
    settings: Settings,
    emulator: Arc<dyn Emulator>,
}

impl Harness {
    /// Starts an emulator, or joins the one that the settings name.
    ///
    /// # Errors
    /// If there is none, or no terraform: the message says every way to get one.
    pub fn start(settings: Settings) -> Result<Harness, DeploymentError> {
        // Before minutes go into a LocalStack that nothing could be applied to.
        tools::possible(&settings)?;
        let emulator = emulator::start(&settings)?;
        Ok(Harness::with(settings, emulator.into()))
    }

    /// Uses an emulator that is there.
    pub fn with(settings: Settings, emulator: Arc<dyn Emulator>) -> Harness {
        Harness { settings, emulator }
    }

    /// The emulator.
    pub fn emulator(&self) -> &dyn Emulator {
        self.emulator.as_ref()
    }

    /// As [`deploy`], to this emulator. Names that all accounts of an emulator share, such as those of S3 buckets,
    /// must differ between its stacks: see [`crate::Stack::run_id`].
    ///
    /// # Errors
    /// As [`deploy`].
    pub fn deploy(&self, stack: impl IntoStack) -> Result<Deployed, DeploymentError> {
        let stack = stack.into_stack()?;
        let mut deployment = Deployment::prepare_stack(&self.settings, Arc::clone(&self.emulator), &stack)?;
        let state = deployment.apply().map_err(|error| deployment.give_up(error))?;
        let mut addresses = Addresses::default();
        addresses.learn(&stack);
        Ok(Deployed { deployment: Some(deployment), state, addresses })
    }
}

/// A stack that stands. Dropped, it is destroyed and its account audited; where that fails, so does the test.
#[derive(Debug)]
pub struct Deployed {
    /// Absent only while it is being dropped.
    deployment: Option<Deployment<'static>>,
    state: State,
    addresses: Addresses,
}

/// A resource of a stack that stands.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    address: &'a str,
    attributes: Masked<'a>,
}

impl Deployed {
    /// An output. What is sensitive can be read and compared, and shows in no message.
    ///
    /// # Panics
    /// If the stack has no such output.
    #[track_caller]
    pub fn output(&self, name: &str) -> Masked<'_> {
        match self.state.masked_output(name) {
            Some(output) => output,
            None => {
                let outputs: Vec<&str> = self.state.outputs().collect();
                assertion::fail(format_args!("the stack has no output `{name}`, {}", only(&outputs)))
            }
        }
    }

    /// A resource: by its handle (the main resource of a construct), or by its address.
    ///
    /// # Panics
    /// If the stack has no such resource.
    #[track_caller]
    pub fn resource(&self, what: &(impl Locate + ?Sized)) -> Resource<'_> {
        let Some(address) = what.locate(&self.addresses).into_iter().next() else {
            assertion::fail("the handle is not of the app that was deployed")
        };
        let found = self.state.addresses().into_iter().find(|known| *known == address);
        match found
            .and_then(|address| Some(Resource { address, attributes: self.state.attributes(address)? }))
        {
            Some(resource) => resource,
            None => {
                let all = self.state.addresses();
                assertion::fail(format_args!("the stack has no resource `{address}`, {}", only(&all)))
            }
        }
    }

    /// Fails the test if a second plan is not empty, and shows what it would change.
    ///
    /// # Panics
    /// If anything would change, or terraform fails.
    #[track_caller]
    pub fn assert_idempotent(&mut self) {
        if let Err(error) = self.expect_stable() {
            assertion::fail(error)
        }
    }

    /// As [`Deployed::assert_idempotent`], for those who go on.
    ///
    /// # Errors
    /// If anything would change, or terraform fails.
    pub fn expect_stable(&mut self) -> Result<(), DeploymentError> {
        self.deployment.as_mut().map_or(Ok(()), Deployment::expect_stable)
    }

    /// Applies another version of the stack in the place of this one, with the same variables and any new ones, and
    /// reads back what became of it.
    ///
    /// # Errors
    /// If the stack cannot be applied.
    pub fn update(&mut self, stack: impl IntoStack) -> Result<Update<'_>, DeploymentError> {
        let stack = stack.into_stack()?;
        let mut plan = None;
        if let Some(deployment) = &mut self.deployment {
            plan = deployment.update(&stack)?;
            self.state = deployment.state()?;
        }
        self.addresses.learn(&stack);
        Ok(Update::new(plan, &self.addresses))
    }

    /// What terraform believes to exist.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Calls AWS in the name of the stack's account.
    ///
    /// # Panics
    /// Never while the stack stands.
    #[track_caller]
    pub fn client(&self, region: &str) -> Client {
        match &self.deployment {
            Some(deployment) => deployment.client(region),
            None => assertion::fail("the stack was destroyed"),
        }
    }

    /// What the stack's account holds, as far as the audit knows the services.
    ///
    /// # Errors
    /// If the emulator does not answer.
    pub fn holdings(&self) -> Result<Vec<Holding>, DeploymentError> {
        self.deployment.as_ref().map_or(Ok(Vec::new()), Deployment::holdings)
    }

    /// Where the time went until now.
    ///
    /// # Panics
    /// Never while the stack stands.
    #[track_caller]
    pub fn timeline(&self) -> &Timeline {
        match &self.deployment {
            Some(deployment) => deployment.timeline(),
            None => assertion::fail("the stack was destroyed"),
        }
    }

    /// Destroys the stack now, and audits its account.
    ///
    /// # Errors
    /// If terraform fails, or the account still holds something: its folder is kept.
    pub fn destroy(mut self) -> Result<(), DeploymentError> {
        self.deployment.take().map_or(Ok(()), |mut deployment| deployment.end())
    }
}

impl Drop for Deployed {
    fn drop(&mut self) {
        // A deployment that is dropped while the test fails destroys what it made by itself, and keeps its folder.
        let Some(mut deployment) = self.deployment.take().filter(|_| !thread::panicking()) else { return };
        let name = deployment.folder().stack().to_owned();
        let ended = deployment.end();
        drop(deployment);
        match ended {
            Ok(()) => {}
            Err(error) => {
                progress::tell(&format!("{name}: {error}"));
                // The only way in which the end of a test can fail it.
                assertion::fail(format_args!("{name}: {error}"));
            }
        }
    }
}

impl<'a> Resource<'a> {
    /// Its address.
    pub fn address(self) -> &'a str {
        self.address
    }

    /// What it is set to and what its provider computed, by the provider's names.
    pub fn settings(self) -> Masked<'a> {
        self.attributes
    }
}

fn only(names: &[impl Display]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    if quoted.is_empty() { "nor any other".to_owned() } else { format!("only {}", quoted.join(", ")) }
}
