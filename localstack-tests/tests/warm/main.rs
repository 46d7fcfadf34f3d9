//! Terraform with the provider kept warm does what terraform does alone.

#![expect(clippy::indexing_slicing, reason = "a missing member of a JSON value reads as null")]

mod init;
mod leases;
mod parity;

use std::fs;
use std::path::PathBuf;

use localstack_tests::emulator::{self, Emulator};
use localstack_tests::terraform::{Providers, RunError, Step, Terraform, WorkDir, engine, providers};
use localstack_tests::{Account, Failure, Settings};

/// Whether terraform starts the provider itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Provider {
    Warm,
    Alone,
}

/// What several terraforms share.
struct Suite {
    settings: Settings,
    providers: Providers,
    emulator: Box<dyn Emulator>,
}

impl Suite {
    fn start(provider: Provider) -> Result<Suite, Failure> {
        let settings = settings(provider);
        let providers = providers::find(&settings, &engine::find(&settings)?)?;
        let emulator = emulator::start(&settings)?;
        Ok(Suite { settings, providers, emulator })
    }

    /// A folder with a stack that was initialized.
    fn prepare(&self, name: &str, account: &Account, stack: &str) -> Result<Terraform, Failure> {
        let folder = WorkDir::create(&self.settings.work, name, account, stack.as_bytes())?;
        folder.lead_to(self.emulator.endpoint())?;
        let engine = engine::find(&self.settings)?;
        let mut terraform = Terraform::new(engine, folder, self.settings.inherited.clone());
        terraform.init(&self.providers)?;
        Ok(terraform)
    }
}

fn settings(provider: Provider) -> Settings {
    let warm_provider = (provider == Provider::Alone).then(|| "off".to_owned());
    Settings { warm_provider, ..Settings::from_environment() }
}

const APPLY: &[&str] = &["-json", "-auto-approve", "-input=false"];

fn run(terraform: &mut Terraform, step: Step, arguments: &[&str]) -> Result<String, RunError> {
    terraform.run(step, arguments, &|| Ok(()))
}

fn fixture(path: &str) -> Result<String, Failure> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), path].iter().collect();
    fs::read_to_string(&path).map_err(|error| format!("`{}`: {error}", path.display()).into())
}
