//! One stack, from its first validation to the proof that nothing is left of it.

mod end;
mod error;
pub(crate) mod tools;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use synth_engine::process::Reaper;

use crate::account::Account;
use crate::audit::{self, Holding};
use crate::aws::Client;
use crate::calls::{self, Call};
use crate::emulator::{Lent, Span};
use crate::progress::Telling;
use crate::settings::Settings;
use crate::stack::{Given, Source, Stack};
use crate::terraform::{Plan, State, Step, Terraform, Timeline, WorkDir};

pub use error::DeploymentError;
use tools::Tools;

/// Where global services are listed, and stacks without a single ARN.
const HOME_REGION: &str = "us-east-1";

/// A stack in an account of its own. Dropped before its time, also by a panic, it is destroyed, and its folder and
/// logs are kept and named.
#[derive(Debug)]
pub struct Deployment<'a> {
    emulator: Lent<'a>,
    /// Shared by the deployments that are beside each other: the last of them is audited.
    account: Arc<Account>,
    terraform: Terraform,
    tools: Arc<Tools>,
    /// Where the picture of its time goes.
    timelines: Option<PathBuf>,
    telling: Telling,
    regions: BTreeSet<String>,
    /// Types of resources that were there and of which the audit knows nothing.
    unaudited: BTreeSet<String>,
    phase: Phase,
    /// Destroys the stack should this process be killed, where it would stay otherwise.
    reaper: Option<Reaper>,
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
    /// It could not be removed, and that was said.
    Abandoned,
}

impl<'a> Deployment<'a> {
    /// Prepares `stack`, the bytes of a `main.tf.json`, for `emulator`, and fetches the providers.
    pub fn prepare(
        settings: &Settings,
        emulator: impl Into<Lent<'a>>,
        name: &str,
        stack: &[u8],
    ) -> Result<Deployment<'a>, DeploymentError> {
        Deployment::of(
            settings,
            emulator.into(),
            Account::fresh().into(),
            name,
            &Source::Document(stack.to_vec()),
        )
    }

    /// As [`Deployment::prepare`], with the stack's name and variables.
    pub fn prepare_stack(
        settings: &Settings,
        emulator: impl Into<Lent<'a>>,
        stack: &Stack,
    ) -> Result<Deployment<'a>, DeploymentError> {
        let account = Account::fresh().into();
        let mut deployment = Deployment::of(settings, emulator.into(), account, &stack.name, &stack.source)?;
        deployment.set_variables(stack);
        Ok(deployment)
    }

    /// Prepares another stack of the same account. Where its document reads the state of a stack that was prepared
    /// before in this account, by a `terraform_remote_state` of that stack's name, it reads the state that is kept
    /// here. Destroy it before those that it reads; the last one to end is audited.
    pub fn beside(&self, settings: &Settings, stack: &Stack) -> Result<Deployment<'a>, DeploymentError> {
        let account = Arc::clone(&self.account);
        let mut deployment =
            Deployment::of(settings, self.emulator.clone(), account, &stack.name, &stack.source)?;
        deployment.set_variables(stack);
        Ok(deployment)
    }

    fn of(
        settings: &Settings,
        emulator: Lent<'a>,
        account: Arc<Account>,
        name: &str,
        source: &Source,
    ) -> Result<Deployment<'a>, DeploymentError> {
        let tools = tools::of(settings)?;
        let folder = WorkDir::of(&settings.work, name, &account, source)?;
        folder.lead_to(emulator.endpoint())?;
        settings.telling.tell(&format!("{name}: account {account}, {}", tools.engine));
        let mut regions = folder.regions().clone();
        regions.insert(HOME_REGION.to_owned());
        let mut environment = settings.inherited.clone();
        environment.push(("AWS_ENDPOINT_URL".into(), emulator.endpoint().into()));
        environment.push(("AWS_EC2_METADATA_DISABLED".into(), "true".into()));
        let mut deployment = Deployment {
            emulator,
            account,
            terraform: Terraform::new(tools.engine.clone(), folder, environment).set_as(settings),
            timelines: settings.timelines.clone(),
            telling: settings.telling,
            tools,
            regions,
            unaudited: BTreeSet::new(),
            phase: Phase::Prepared,
            reaper: None,
        };
        deployment.terraform.init(&deployment.tools.providers)?;
        Ok(deployment)
    }

    fn set_variables(&mut self, stack: &Stack) {
        for (name, value) in &stack.variables {
            let value = match value {
                Given::Value(value) => value,
                Given::RunId => self.account.as_str(),
            };
            self.terraform.set(format!("TF_VAR_{name}"), value);
        }
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
        self.begin()?;
        self.run(Step::Apply, &["-json", "-auto-approve", "-input=false"])?;
        self.state()
    }

    /// Plans again: whatever the plan would change is an error in the stack or the emulator.
    pub fn expect_stable(&mut self) -> Result<(), DeploymentError> {
        match self.plan("second.tfplan")? {
            None => Ok(()),
            Some(plan) => Err(DeploymentError::Unstable(plan)),
        }
    }

    /// Puts another stack in the place of the one that was applied, and applies it; answers with what was planned,
    /// if there was anything to change.
    pub fn update(&mut self, stack: &Stack) -> Result<Option<Plan>, DeploymentError> {
        self.terraform.folder_mut().replace(&stack.source, &self.account)?;
        self.regions.extend(self.folder().regions().clone());
        self.set_variables(stack);
        self.terraform.init(&self.tools.providers)?;
        let plan = self.plan("update.tfplan")?;
        if plan.is_some() {
            self.begin()?;
            self.run(Step::Apply, &["-json", "-auto-approve", "-input=false", "update.tfplan"])?;
        }
        Ok(plan)
    }

    /// From here on something may exist.
    fn begin(&mut self) -> Result<(), DeploymentError> {
        self.phase = Phase::Applied;
        if self.emulator.span() == Span::Longer {
            let next = self.terraform.reaper().map_err(DeploymentError::Unwatched)?;
            if let Some(former) = self.reaper.replace(next) {
                former.dismiss();
            }
        }
        Ok(())
    }

    /// What apply would change, if anything. The plan is kept in the folder as `file`.
    fn plan(&mut self, file: &str) -> Result<Option<Plan>, DeploymentError> {
        let out = format!("-out={file}");
        let arguments = ["-json", "-input=false", "-detailed-exitcode", &out];
        let emulator = self.emulator.clone();
        let (code, _) = self.terraform.run_to(Step::Plan, &arguments, &[0, 2], &|| emulator.check())?;
        if code == 0 {
            return Ok(None);
        }
        let shown = self.run(Step::Show, &["-json", file])?;
        let plan =
            Plan::read(&shown).map_err(|source| DeploymentError::Unreadable { step: "show", source })?;
        Ok(Some(plan))
    }

    /// What terraform would do, as `terraform show -json` prints it.
    pub fn planned(&mut self) -> Result<String, DeploymentError> {
        self.run(Step::Plan, &["-json", "-input=false", "-out=planned.tfplan"])?;
        self.run(Step::Show, &["-json", "planned.tfplan"])
    }

    /// What terraform believes to exist.
    pub fn state(&mut self) -> Result<State, DeploymentError> {
        let shown = self.run(Step::Show, &["-json"])?;
        let state =
            State::read(&shown).map_err(|source| DeploymentError::Unreadable { step: "show", source })?;
        self.regions.extend(state.regions());
        let unaudited = state.types().into_iter().filter(|resource_type| !audit::finds(resource_type));
        self.unaudited.extend(unaudited.map(str::to_owned));
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
        Client::new(self.emulator.endpoint(), Account::clone(&self.account), region)
    }

    /// The deployment's account.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Where the time went until now.
    pub fn timeline(&self) -> &Timeline {
        self.terraform.timeline()
    }

    /// The deployment's folder.
    pub fn folder(&self) -> &WorkDir {
        self.terraform.folder()
    }

    /// Ends a deployment that went well and of which nothing is left: its folder goes.
    pub fn finish(mut self) {
        if matches!(self.phase, Phase::Prepared | Phase::Destroyed) {
            self.phase = Phase::Done;
        }
    }

    fn run(&mut self, step: Step, arguments: &[&str]) -> Result<String, DeploymentError> {
        let emulator = self.emulator.clone();
        Ok(self.terraform.run(step, arguments, &|| emulator.check())?)
    }
}
