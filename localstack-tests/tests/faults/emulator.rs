//! The emulator fails while a stack is applied.

use std::thread;
use std::time::{Duration, Instant};

use localstack_tests::{Failure, Harness, Settings};
use rustix::process::Signal;

use crate::{processes, slow};

/// Deploys the slow stack and does `harm` to LocalStack's process in the middle; the error.
fn harmed(signal: Signal) -> Result<String, Failure> {
    let folder = tempfile::tempdir()?;
    let settings = Settings {
        endpoint: None,
        start: Some("process".to_owned()),
        patience: Duration::from_secs(3),
        ..slow::settings(folder.path())
    };
    let harness = Harness::start(settings)?;
    let (deployed, harm) = thread::scope(|scope| {
        let harm = scope.spawn(|| {
            slow::wait(folder.path());
            processes::find(folder.path(), "localstack.runtime.main").signal(signal);
            Instant::now()
        });
        (harness.deploy(slow::stack(folder.path())), harm.join().unwrap())
    });
    let error = deployed.map(drop).unwrap_err().to_string();
    assert!(harm.elapsed() < Duration::from_secs(30), "it took {:?}", harm.elapsed());

    let kept = slow::kept(folder.path());
    slow::assert_unlocked_with_logs(&kept);
    assert!(kept.join("logs/localstack.log").is_file(), "LocalStack's log was not kept");
    let state = std::fs::read_to_string(kept.join("terraform.tfstate"))?;
    assert!(state.contains("\"done\""), "the state was lost: {state}");
    drop(harness);
    let left = processes::of(folder.path());
    assert!(left.is_empty(), "{left:?}");
    Ok(error)
}

#[test]
fn killed_while_a_stack_is_applied() -> Result<(), Failure> {
    let error = harmed(Signal::KILL)?;
    assert!(error.contains("terraform apply: ") && error.contains("LocalStack ended in between"), "{error}");
    assert!(error.contains("signal: 9") && error.contains("its log: "), "{error}");
    Ok(())
}

#[test]
fn frozen_while_a_stack_is_applied() -> Result<(), Failure> {
    let error = harmed(Signal::STOP)?;
    assert!(error.contains("LocalStack has not answered for 3 s: it is frozen"), "{error}");
    Ok(())
}
