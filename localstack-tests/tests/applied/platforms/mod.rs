//! Stacks of the shapes that people build, one for each family of services, applied, looked at and removed.
//!
//! The provider's own waits are most of the time (30 s for a load balancer, 60 s for a database, 30 s for a
//! distribution), so that all of them go through one test side by side, in accounts of their own: the test runner
//! would start as many as there are cores.

#![expect(clippy::indexing_slicing, reason = "a missing member of a JSON value reads as null")]

mod app_runner;
mod fargate;
mod fleet;
mod site;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::thread;

use localstack_tests::aws::Client;
use localstack_tests::emulator::{self, Emulator};
use localstack_tests::terraform::State;
use localstack_tests::{Deployment, Failure, Settings};
use serde_json::{Value, json};

/// What happens to one platform.
type Round = fn(&dyn Emulator) -> Result<(), Failure>;

fn stack(name: &str) -> Result<Vec<u8>, Failure> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "fixtures", name, "main.tf.json"].iter().collect();
    fs::read(&path).map_err(|error| format!("`{}`: {error}", path.display()).into())
}

/// Applies the stack `name`, expects a second plan to be empty, has `look` compare the account with what is written,
/// destroys, and expects the account to be empty. `held` is what the audit must see meanwhile, by kind.
fn round(
    emulator: &dyn Emulator,
    name: &str,
    needs: &[&str],
    held: &[&str],
    look: impl FnOnce(&Deployment<'_>, &State) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let settings = Settings::from_environment();
    let mut deployment = Deployment::prepare(&settings, emulator, name, &stack(name)?)?;
    for service in needs {
        deployment = deployment.needs(service)?;
    }
    // Bucket names are global; only the stack with buckets has the variable.
    let bucket = format!("{name}-{}", deployment.account());
    let mut deployment = deployment.variable("bucket", &bucket);
    let state = deployment.apply()?;
    deployment.expect_stable()?;
    // An audit that overlooks what is there proves nothing when it finds nothing.
    let kinds: BTreeSet<&str> = deployment.holdings()?.iter().map(|held| held.kind).collect();
    assert_eq!(kinds, held.iter().copied().collect(), "what the audit sees of {name}");
    look(&deployment, &state)?;
    let refused: Vec<_> =
        deployment.calls()?.into_iter().filter(|call| call.outcome.contains("Internal")).collect();
    assert_eq!(refused, [], "calls that the emulator cannot answer");
    deployment.destroy()?;
    assert_eq!(deployment.holdings()?, [], "destroy left something behind");
    deployment.finish();
    Ok(())
}

#[test]
fn every_platform_applies_plans_empty_and_leaves_nothing() -> Result<(), Failure> {
    let emulator = emulator::start(&Settings::from_environment())?;
    let platforms: [(&str, Round); 4] = [
        ("fargate", fargate::prove),
        ("fleet", fleet::prove),
        ("site", site::prove),
        ("app-runner", app_runner::prove),
    ];
    let failed: Vec<String> = thread::scope(|scope| {
        let running = platforms.map(|(name, round)| {
            (
                name,
                scope.spawn({
                    let emulator = emulator.as_ref();
                    move || round(emulator).map_err(|why| format!("{why:?}"))
                }),
            )
        });
        running
            .into_iter()
            .filter_map(|(name, round)| match round.join() {
                Ok(Ok(())) => None,
                Ok(Err(why)) => Some(format!("{name}: {why}")),
                // The assertion has said why.
                Err(_) => Some(format!("{name}: an expectation was not met")),
            })
            .collect()
    });
    assert_eq!(failed, Vec::<String>::new());
    Ok(())
}

/// The generated password stands in a secret, and nowhere in the folder with the state and the logs.
fn password_is_in_no_file(deployment: &Deployment<'_>, aws: &Client, secret: &Value) -> Result<(), Failure> {
    let secret = aws.call("secretsmanager", "GetSecretValue", json!({ "SecretId": secret }))?;
    let held: Value = serde_json::from_str(secret["SecretString"].as_str().unwrap_or_default())?;
    let password = held["password"].as_str().unwrap_or_default();
    assert_eq!(password.len(), 32);
    assert_eq!(deployment.folder().holding(password)?, Vec::<PathBuf>::new());
    Ok(())
}
