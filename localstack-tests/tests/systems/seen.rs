//! A system that stands, as its rows look at it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use localstack_tests::audit::Holding;
use localstack_tests::aws::Client;
use localstack_tests::calls::Call;
use localstack_tests::emulator::Emulator;
use localstack_tests::terraform::State;
use localstack_tests::{Account, Deployment, Failure, Settings};
use serde_json::{Map, Value};

use crate::system::{Document, System};

/// Values of variables, by name.
pub(crate) type Given = BTreeMap<String, String>;

/// The stacks of one account, in the order in which they are applied.
#[derive(Default)]
pub(crate) struct Seen<'a> {
    stacks: Vec<Applied<'a>>,
}

/// One of them.
pub(crate) struct Applied<'a> {
    pub(crate) deployment: Deployment<'a>,
    /// What was applied.
    pub(crate) document: Document,
    /// What terraform read back.
    pub(crate) state: State,
}

impl<'a> Seen<'a> {
    /// Prepares another stack of the account.
    pub(crate) fn prepare(
        &mut self,
        emulator: &'a dyn Emulator,
        document: Document,
        given: &Given,
    ) -> Result<&mut Applied<'a>, Failure> {
        let (settings, stack) = (Settings::from_environment(), document.stack(given));
        let deployment = match self.stacks.first() {
            Some(first) => first.deployment.beside(&settings, &stack)?,
            None => Deployment::prepare_stack(&settings, emulator, &stack)?,
        };
        self.stacks.push(Applied { deployment, document, state: State::default() });
        self.stacks.last_mut().ok_or_else(|| "no stack".into())
    }

    /// The stacks, first to last.
    pub(crate) fn stacks(&mut self) -> impl Iterator<Item = &mut Applied<'a>> {
        self.stacks.iter_mut()
    }

    /// The stacks, in groups that need nothing of each other, each group after those that it needs.
    pub(crate) fn waves(&mut self) -> Vec<Vec<&mut Applied<'a>>> {
        let mut depths: BTreeMap<String, usize> = BTreeMap::new();
        let mut waves: Vec<Vec<&mut Applied<'a>>> = Vec::new();
        for stack in &mut self.stacks {
            let after = stack.document.needs.iter().filter_map(|need| depths.get(need)).max();
            let depth = after.map_or(0, |depth| depth + 1);
            depths.insert(stack.document.stack.clone(), depth);
            waves.resize_with(waves.len().max(depth + 1), Vec::new);
            waves[depth].push(stack);
        }
        waves
    }

    /// Fails unless the emulator has the service.
    pub(crate) fn needs(&mut self, service: &str) -> Result<(), Failure> {
        let stack = self.stacks.pop().ok_or("no stack stands")?;
        self.stacks.push(Applied { deployment: stack.deployment.needs(service)?, ..stack });
        Ok(())
    }

    /// All went well: the folders go.
    pub(crate) fn finish(mut self) {
        self.stacks.drain(..).for_each(|stack| stack.deployment.finish());
    }
}

impl Seen<'_> {
    /// Calls AWS in the name of the system's account.
    pub(crate) fn aws(&self, region: &str) -> Result<Client, Failure> {
        Ok(self.first()?.deployment.client(region))
    }

    /// The system's account.
    pub(crate) fn account(&self) -> Result<&Account, Failure> {
        Ok(self.first()?.deployment.account())
    }

    /// All that the documents say, before and after the change, and what their variables are given.
    pub(crate) fn documents(&self, system: &System) -> String {
        let mut texts: Vec<String> = Vec::new();
        for stack in &self.stacks {
            let mut changed = stack.document.json.clone();
            if stack.document.stack == system.update.stack {
                (system.update.edit)(&mut changed);
            }
            texts.extend([stack.document.json.to_string(), changed.to_string()]);
        }
        let given = system.variables.iter().chain(system.update.variables);
        texts.extend(given.map(|(_, value)| (*value).to_owned()));
        texts.join("\n")
    }

    /// The document of a stack.
    pub(crate) fn document(&self, stack: &str) -> Result<&Value, Failure> {
        Ok(&self.stack(stack)?.document.json)
    }

    /// An output of a stack.
    pub(crate) fn output(&self, stack: &str, name: &str) -> Result<&Value, Failure> {
        let output = self.stack(stack)?.state.output(name);
        output.ok_or_else(|| format!("the stack `{stack}` has no output `{name}`").into())
    }

    /// What a resource of a stack is set to, and what its provider computed.
    pub(crate) fn resource(&self, stack: &str, address: &str) -> Result<&Map<String, Value>, Failure> {
        let resource = self.stack(stack)?.state.resource(address);
        resource.ok_or_else(|| format!("the stack `{stack}` has no resource `{address}`").into())
    }

    /// Every file of every stack's folder, states and logs included, in which `text` stands.
    pub(crate) fn files_with(&self, text: &str) -> Result<Vec<PathBuf>, Failure> {
        let mut found = Vec::new();
        for stack in &self.stacks {
            found.extend(stack.deployment.folder().holding(text)?);
        }
        Ok(found)
    }

    /// What the account holds, wherever one of the stacks is.
    pub(crate) fn holdings(&self) -> Result<BTreeSet<Holding>, Failure> {
        let mut found = BTreeSet::new();
        for stack in &self.stacks {
            found.extend(stack.deployment.holdings()?);
        }
        Ok(found)
    }

    /// Every call in the account until now.
    pub(crate) fn calls(&self) -> Result<Vec<Call>, Failure> {
        Ok(self.first()?.deployment.calls()?)
    }

    fn stack(&self, name: &str) -> Result<&Applied<'_>, Failure> {
        let found = self.stacks.iter().find(|stack| stack.document.stack == name);
        found.ok_or_else(|| format!("the system has no stack `{name}`").into())
    }

    fn first(&self) -> Result<&Applied<'_>, Failure> {
        self.stacks.first().ok_or_else(|| "no stack stands".into())
    }
}

impl Drop for Seen<'_> {
    /// What was applied last may need what was applied before.
    fn drop(&mut self) {
        while self.stacks.pop().is_some() {}
    }
}
