//! The emulator fails while a stack is applied: as a process, or as a container where `SYNTH_LOCALSTACK_START=docker`.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use localstack_tests::{Failure, Harness, Settings};
use rustix::process::Signal;

use crate::{processes, slow};

/// What befalls it.
#[derive(Clone, Copy)]
enum Harm {
    Kill,
    Freeze,
}

/// How it runs.
enum Way {
    Process,
    /// With the id of the container.
    Container(String),
}

impl Way {
    fn of(harness: &Harness) -> Way {
        let emulator = harness.emulator();
        if !emulator.describe().contains("Docker") {
            return Way::Process;
        }
        let port = emulator.endpoint().rsplit(':').next().unwrap();
        Way::Container(docker(&["ps", "--quiet", "--no-trunc", "--filter", &format!("publish={port}")]))
    }

    fn harm(&self, folder: &Path, harm: Harm) {
        match (self, harm) {
            (Way::Process, harm) => {
                let signal = if matches!(harm, Harm::Kill) { Signal::KILL } else { Signal::STOP };
                processes::find(folder, "localstack.runtime.main").signal(signal);
            }
            (Way::Container(id), Harm::Kill) => drop(docker(&["kill", id])),
            (Way::Container(id), Harm::Freeze) => drop(docker(&["pause", id])),
        }
    }

    /// Fails if anything of it is left.
    fn assert_gone(&self, folder: &Path) {
        let left = processes::of(folder);
        assert!(left.is_empty(), "{left:?}");
        if let Way::Container(id) = self {
            assert_eq!(docker(&["ps", "--all", "--quiet", "--filter", &format!("id={id}")]), "");
        }
    }
}

/// What the engine answers.
fn docker(arguments: &[&str]) -> String {
    let output = Command::new("docker").args(arguments).output().unwrap();
    assert!(output.status.success(), "docker {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Deploys the slow stack and does `harm` to LocalStack in the middle; the error.
fn harmed(harm: Harm) -> Result<String, Failure> {
    let folder = tempfile::tempdir()?;
    let usual = slow::settings(folder.path());
    let start = usual.start.clone().or_else(|| Some("process".to_owned()));
    let settings = Settings { endpoint: None, start, patience: Duration::from_secs(3), ..usual };
    let harness = Harness::start(settings)?;
    let way = Way::of(&harness);
    let (deployed, harmed) = thread::scope(|scope| {
        let harmed = scope.spawn(|| {
            slow::wait(folder.path());
            way.harm(folder.path(), harm);
            Instant::now()
        });
        (harness.deploy(slow::stack(folder.path())), harmed.join().unwrap())
    });
    let error = deployed.map(drop).unwrap_err().to_string();
    assert!(harmed.elapsed() < Duration::from_secs(30), "it took {:?}", harmed.elapsed());

    let kept = slow::kept(folder.path());
    slow::assert_unlocked_with_logs(&kept);
    assert!(kept.join("logs/localstack.log").is_file(), "LocalStack's log was not kept");
    let state = std::fs::read_to_string(kept.join("terraform.tfstate"))?;
    assert!(state.contains("\"done\""), "the state was lost: {state}");
    drop(harness);
    way.assert_gone(folder.path());
    Ok(error)
}

#[test]
fn killed_while_a_stack_is_applied() -> Result<(), Failure> {
    let error = harmed(Harm::Kill)?;
    assert!(
        error.contains("terraform apply: ") && error.contains("LocalStack ended in between ("),
        "{error}"
    );
    // 128 + 9 is what a container's end by a signal looks like.
    let said = error.contains("signal: 9") && error.contains("its log: ");
    assert!(said || error.contains("exit 137"), "{error}");
    Ok(())
}

#[test]
fn frozen_while_a_stack_is_applied() -> Result<(), Failure> {
    let error = harmed(Harm::Freeze)?;
    assert!(error.contains("LocalStack has not answered for 3 s: it is frozen"), "{error}");
    Ok(())
}
