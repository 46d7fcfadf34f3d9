//! One stack, from its first validation to the proof that nothing is left of it.

use std::collections::BTreeSet;
use std::fs;
use std::thread;

use thiserror::Error;

use crate::account::Account;
use crate::audit::{self, Holding};
use crate::aws::{AwsError, Client};
use crate::calls::{self, Call, CallsError};
use crate::emulator::Emulator;
use crate::progress;
use crate::settings::Settings;
use crate::terraform::{
    self, EngineError, MirrorError, Plan, RunError, State, Step, Terraform, WorkDir, WorkDirError,
};

/// Where global services are listed, and stacks without a single ARN.
const HOME_REGION: &str = "us-east-1";

/// Why a deployment did not go as it should.
#[derive(Debug, Error)]
pub enum DeploymentError {
    /// No terraform.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// No such mirror.
    #[error(transparent)]
    Mirror(#[from] MirrorError),
    /// No working folder.
    #[error(transparent)]
    WorkDir(#[from] WorkDirError),
    /// A step failed.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Terraform printed something else than promised.
    #[error("cannot read what terraform {step} printed: {source}")]
    Unreadable {
        /// The step.
        step: &'static str,
        /// The reason.
        source: serde_json::Error,
    },
    /// A second plan wants changes.
    #[error("the stack is not stable, a second plan wants to change:{0}")]
    Unstable(Plan),
    /// The emulator could not be asked.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The emulator does not tell what was called.
    #[error(transparent)]
    Calls(#[from] CallsError),
    /// The emulator lacks a service of the stack.
    #[error("{emulator} has no `{service}`: is this project's plugin loaded?")]
    Lacking {
        /// The emulator.
        emulator: String,
        /// The service.
        service: String,
    },
}

/// A stack in an account of its own. Dropped before its time, also by a panic, it is destroyed, and its folder and
/// logs are kept and named.
#[derive(Debug)]
pub struct Deployment<'a> {
    emulator: &'a dyn Emulator,
    account: Account,
    terraform: Terraform,
    regions: BTreeSet<String>,
    phase: Phase,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing was made.
    Prepared,
    /// Something may exist.
    Applied,
    /// Destroy has succeeded.
    Destroyed,
    /// All is well: the folder may go.
    Done,
}

impl<'a> Deployment<'a> {
    /// Prepares `stack`, the bytes of a `main.tf.json`, for `emulator`, and fetches the providers.
    pub fn prepare(
        settings: &Settings,
        emulator: &'a dyn Emulator,
        name: &str,
        stack: &[u8],
    ) -> Result<Deployment<'a>, DeploymentError> {
        let engine = terraform::engine::find(settings)?;
        let providers = terraform::providers::find(settings, &engine)?;
        let account = Account::fresh();
        let folder = WorkDir::create(&settings.work, name, &account, stack)?;
        progress::tell(&format!("{name}: account {account}, {engine}"));
        let mut environment = settings.inherited.clone();
        environment.push(("AWS_ENDPOINT_URL".into(), emulator.endpoint().into()));
        environment.push(("AWS_EC2_METADATA_DISABLED".into(), "true".into()));
        let mut deployment = Deployment {
            emulator,
            account,
            terraform: Terraform::new(engine, folder, environment),
            regions: BTreeSet::from([HOME_REGION.to_owned()]),
            phase: Phase::Prepared,
        };
        deployment.terraform.init(&providers)?;
        Ok(deployment)
    }

    /// Gives the stack's variable `name` a value, through the environment: it is written to no file.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.terraform.set(format!("TF_VAR_{name}"), value);
        self
    }

    /// Fails unless the emulator has `service`.
    pub fn needs(self, service: &str) -> Result<Self, DeploymentError> {
        if self.emulator.services().contains(service) {
            return Ok(self);
        }
        Err(DeploymentError::Lacking { emulator: self.emulator.describe(), service: service.to_owned() })
    }

    /// Checks the stack against the providers' schemas.
    pub fn validate(&mut self) -> Result<(), DeploymentError> {
        self.run(Step::Validate, &["-no-color"]).map(drop)
    }

    /// Makes the resources.
    pub fn apply(&mut self) -> Result<State, DeploymentError> {
        self.phase = Phase::Applied;
        self.run(Step::Apply, &["-json", "-auto-approve", "-input=false"])?;
        self.state()
    }

    /// Plans again: whatever the plan would change is an error in the stack or the emulator.
    pub fn expect_stable(&mut self) -> Result<(), DeploymentError> {
        let arguments = ["-json", "-input=false", "-detailed-exitcode", "-out=second.tfplan"];
        let emulator = self.emulator;
        let (code, _) = self.terraform.run_to(Step::Plan, &arguments, &[0, 2], &|| emulator.check())?;
        if code == 0 {
            return Ok(());
        }
        let shown = self.run(Step::Show, &["-json", "second.tfplan"])?;
        let plan =
            Plan::read(&shown).map_err(|source| DeploymentError::Unreadable { step: "show", source })?;
        Err(DeploymentError::Unstable(plan))
    }

    /// What terraform believes to exist.
    pub fn state(&mut self) -> Result<State, DeploymentError> {
        let shown = self.run(Step::Show, &["-json"])?;
        let state =
            State::read(&shown).map_err(|source| DeploymentError::Unreadable { step: "show", source })?;
        self.regions.extend(state.regions());
        Ok(state)
    }

    /// Removes the resources.
    pub fn destroy(&mut self) -> Result<(), DeploymentError> {
        self.run(Step::Destroy, &["-json", "-auto-approve", "-input=false"])?;
        self.phase = Phase::Destroyed;
        Ok(())
    }

    /// What the account holds, in every region that the stack was seen in.
    pub fn holdings(&self) -> Result<Vec<Holding>, DeploymentError> {
        let mut found = BTreeSet::new();
        for region in &self.regions {
            found.extend(audit::holdings(&self.client(region))?);
        }
        Ok(found.into_iter().collect())
    }

    /// Every API call in the deployment's account until now, terraform's and the test's own.
    pub fn calls(&self) -> Result<Vec<Call>, DeploymentError> {
        Ok(calls::of(self.emulator.endpoint(), &self.account)?)
    }

    /// Calls AWS in the name of the deployment's account.
    pub fn client(&self, region: &str) -> Client {
        Client::new(self.emulator.endpoint(), self.account.clone(), region)
    }

    /// The deployment's account.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The deployment's folder.
    pub fn folder(&self) -> &WorkDir {
        self.terraform.folder()
    }

    /// Ends a deployment that went well: its folder goes.
    pub fn finish(mut self) {
        if self.phase == Phase::Destroyed {
            self.phase = Phase::Done;
        }
    }

    fn run(&mut self, step: Step, arguments: &[&str]) -> Result<String, DeploymentError> {
        let emulator = self.emulator;
        Ok(self.terraform.run(step, arguments, &|| emulator.check())?)
    }

    fn keep(&self) {
        let logs = self.folder().logs();
        if let Some(log) = self.emulator.log() {
            // A missing log is no reason to say nothing about the others.
            let _ = fs::write(logs.join("localstack.log"), log);
        }
        progress::tell(&format!(
            "{}: kept {} (logs in {})",
            self.folder().stack(),
            self.folder().path().display(),
            logs.display()
        ));
    }
}

impl Drop for Deployment<'_> {
    fn drop(&mut self) {
        if self.phase == Phase::Done {
            // A folder that stays in the temporary folder does no harm.
            let _ = self.folder().remove();
            return;
        }
        if self.phase == Phase::Applied && self.emulator.check().is_ok() {
            let why = if thread::panicking() { "failed" } else { "left early" };
            progress::tell(&format!("{}: {why}, destroying what it made", self.folder().stack()));
            if let Err(error) = self.destroy() {
                progress::tell(&format!("{}: {error}", self.folder().stack()));
            }
        }
        self.keep();
    }
}
