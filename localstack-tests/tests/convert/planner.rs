//! Plans of configurations, made by the real terraform.

use std::path::Path;

use localstack_tests::emulator::Emulator;
use localstack_tests::{Deployment, Failure, Settings, Stack};
use serde_json::Value;

/// Plans a configuration.
pub(crate) fn original<'a>(
    emulator: &'a dyn Emulator,
    settings: &Settings,
    folder: &Path,
) -> Result<(Deployment<'a>, Value), Failure> {
    let mut deployment = Deployment::prepare_stack(settings, emulator, &Stack::folder(folder))?;
    let plan = serde_json::from_str(&deployment.planned()?)?;
    Ok((deployment, plan))
}

/// Plans another one in the same account, whose number is in many values.
pub(crate) fn beside(
    original: &Deployment<'_>,
    settings: &Settings,
    folder: &Path,
    name: &str,
) -> Result<Value, Failure> {
    let mut deployment = original.beside(settings, &Stack::folder(folder).named(name))?;
    let plan = deployment.planned()?;
    deployment.finish();
    Ok(serde_json::from_str(&plan)?)
}
