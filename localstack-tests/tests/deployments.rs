//! How a deployment behaves when something goes wrong, and beside another one.

mod nowhere;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

use localstack_tests::audit;
use localstack_tests::emulator::{self, Emulator};
use localstack_tests::{Deployment, Failure, Settings, Stack};
use nowhere::Nowhere;

/// One log group of the same name in each of two regions, the second by an alias.
const TWO_REGIONS: &str = r#"{
  "provider": {"aws": [{"region": "us-east-2"}, {"alias": "west", "region": "us-west-2"}]},
  "resource": {"aws_cloudwatch_log_group": {
    "here": {"name": "orders"},
    "there": {"name": "orders", "provider": "aws.west", "retention_in_days": 7}}},
  "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}}
}"#;

fn deploy<'a>(emulator: &'a dyn Emulator, name: &str, stack: &str) -> Result<Deployment<'a>, Failure> {
    Ok(Deployment::prepare(&Settings::from_environment(), emulator, name, stack.as_bytes())?)
}

fn start() -> Result<Box<dyn Emulator>, Failure> {
    Ok(emulator::start(&Settings::from_environment())?)
}

#[test]
fn two_deployments_of_one_stack_do_not_see_each_other() -> Result<(), Failure> {
    let emulator = start()?;
    let round = |name: &str| -> Result<Vec<Option<String>>, Failure> {
        let mut deployment = deploy(emulator.as_ref(), name, TWO_REGIONS)?;
        deployment.apply()?;
        let regions = deployment.holdings()?.into_iter().map(|held| held.region).collect();
        deployment.destroy()?;
        assert_eq!(deployment.holdings()?, [], "{name} left something behind");
        deployment.finish();
        Ok(regions)
    };
    let rounds = thread::scope(|scope| {
        ["orders-one", "orders-two"]
            .map(|name| scope.spawn(|| round(name)))
            .map(|thread| thread.join().unwrap())
    });
    for round in rounds {
        assert_eq!(round?, ["us-east-2", "us-west-2"].map(|region| Some(region.to_owned())));
    }
    Ok(())
}

#[test]
fn a_stack_reads_the_state_of_the_one_that_it_is_beside() -> Result<(), Failure> {
    const NETWORK: &str = r#"{
      "terraform": {"backend": {"s3": {"bucket": "states", "key": "network", "region": "us-east-2"}}},
      "provider": {"aws": {"region": "us-east-2"}},
      "resource": {"aws_cloudwatch_log_group": {"jobs": {"name": "jobs"}}},
      "output": {"name": {"value": "${aws_cloudwatch_log_group.jobs.name}"}}}"#;
    const SHOP: &str = r#"{
      "provider": {"aws": {"region": "us-east-2"}},
      "data": {"terraform_remote_state": {"network": {
        "backend": "s3", "config": {"bucket": "states", "key": "network", "region": "us-east-2"}}}},
      "output": {"name": {"value": "${data.terraform_remote_state.network.outputs.name}"}}}"#;
    let (settings, emulator) = (Settings::from_environment(), start()?);
    let mut network = deploy(emulator.as_ref(), "network", NETWORK)?;
    network.apply()?;
    let mut shop = network.beside(&settings, &Stack::document(SHOP).named("shop"))?;
    assert_eq!(shop.account(), network.account());
    assert_eq!(shop.apply()?.output("name"), Some(&serde_json::json!("jobs")));
    shop.destroy()?;
    network.destroy()?;
    assert_eq!(network.holdings()?, []);
    shop.finish();
    network.finish();
    Ok(())
}

#[test]
fn a_test_that_panics_destroys_its_stack_and_keeps_its_folder() -> Result<(), Failure> {
    let emulator = start()?;
    let mut deployment = deploy(emulator.as_ref(), "orders-panic", TWO_REGIONS)?;
    let folder = deployment.folder().path().to_owned();
    let clients = ["us-east-2", "us-west-2"].map(|region| deployment.client(region));
    let panicked = catch_unwind(AssertUnwindSafe(move || {
        deployment.apply().unwrap();
        assert_eq!(deployment.holdings().unwrap().len(), 2);
        panic!("the assertion that failed");
    }));
    assert!(panicked.is_err());
    for client in &clients {
        assert_eq!(audit::holdings(client)?, []);
    }
    assert_eq!(fs::read_to_string(folder.join("main.tf.json"))?, TWO_REGIONS);
    let logs: BTreeSet<String> = fs::read_dir(folder.join("logs"))?
        .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_, _>>()?;
    let own = ["01-init.log", "02-apply.log", "04-destroy.log"].into_iter();
    for log in own.chain(emulator.log().is_some().then_some("localstack.log")) {
        assert!(logs.contains(log), "{log} in {logs:?}");
    }
    fs::remove_dir_all(folder)?;
    Ok(())
}

#[test]
fn an_emulator_that_ends_ends_the_step_with_its_reason() -> Result<(), Failure> {
    // Not a given one: it would be gone for everybody.
    let settings =
        Settings { endpoint: None, start: Some("process".to_owned()), ..Settings::from_environment() };
    let emulator = emulator::start(&settings)?;
    let mut deployment = deploy(emulator.as_ref(), "orders-orphan", TWO_REGIONS)?;
    let folder = deployment.folder().path().to_owned();
    ureq::post(format!("{}/_localstack/health", emulator.endpoint())).send(r#"{"action": "kill"}"#)?;
    let ended = Instant::now();
    let error = loop {
        match emulator.check() {
            Ok(()) if ended.elapsed() < Duration::from_secs(30) => thread::yield_now(),
            Ok(()) => return Err("LocalStack did not end when it was told to".into()),
            Err(_) => break deployment.apply().unwrap_err().to_string(),
        }
    };
    assert!(error.contains("LocalStack ended in between"), "{error}");
    assert!(ended.elapsed() < Duration::from_secs(40), "it took {:?}", ended.elapsed());
    drop(deployment);
    fs::remove_dir_all(folder)?;
    Ok(())
}

#[test]
fn a_stack_that_terraform_refuses_is_explained_with_its_words() -> Result<(), Failure> {
    let emulator = Nowhere(BTreeSet::new());
    let stack = TWO_REGIONS.replace("retention_in_days", "retention_in_weeks");
    let mut deployment = deploy(&emulator, "orders-refused", &stack)?;
    let folder = deployment.folder().path().to_owned();
    let error = deployment.validate().unwrap_err().to_string();
    assert!(error.contains("terraform validate failed (exit 1)"), "{error}");
    assert!(error.contains("retention_in_weeks"), "{error}");
    assert!(error.contains("02-validate.log"), "{error}");
    drop(deployment);
    fs::remove_dir_all(folder)?;
    Ok(())
}

#[test]
fn a_secret_variable_shows_in_no_debug_output() -> Result<(), Failure> {
    let emulator = Nowhere(BTreeSet::new());
    let deployment = deploy(&emulator, "orders-secret", TWO_REGIONS)?.variable("token", "hunter2");
    assert!(!format!("{deployment:?}").contains("hunter2"));
    let folder = deployment.folder().path().to_owned();
    drop(deployment);
    fs::remove_dir_all(folder)?;
    Ok(())
}

#[test]
fn a_service_that_the_emulator_lacks_is_named_before_anything_is_applied() -> Result<(), Failure> {
    let emulator = Nowhere(BTreeSet::from(["sqs".to_owned()]));
    let deployment = deploy(&emulator, "orders-lacking", TWO_REGIONS)?.needs("sqs")?;
    let folder = deployment.folder().path().to_owned();
    let error = deployment.needs("apprunner").unwrap_err().to_string();
    assert_eq!(error, "no LocalStack has no `apprunner`: is this project's plugin loaded?");
    fs::remove_dir_all(folder)?;
    Ok(())
}
