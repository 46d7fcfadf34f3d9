//! Something is missing on the machine.

use std::path::Path;
use std::process::Command;

use localstack_tests::emulator;
use localstack_tests::{Failure, Harness, Settings};

use crate::{slow, victim};

/// A machine whose path holds these folders of `tests/programs`, and nothing else.
fn machine(folders: &[&str], folder: &Path) -> Settings {
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let path = folders.iter().map(|folder| programs.join(folder)).collect();
    let (work, cache) = (folder.join("work"), folder.join("cache"));
    Settings { path, work, cache, inherited: Settings::from_environment().inherited, ..Settings::default() }
}

fn refused<T: std::fmt::Debug, E: std::fmt::Display>(result: Result<T, E>, parts: &[&str]) {
    let said = result.map_err(|error| error.to_string()).unwrap_err();
    for part in parts {
        assert!(said.contains(part), "{part:?} in {said}");
    }
}

#[test]
fn no_docker() -> Result<(), Failure> {
    if let Some(folder) = victim::folder() {
        let settings = Settings { start: Some("docker".to_owned()), ..slow::settings(&folder) };
        let why = emulator::start(&settings).map(drop).unwrap_err().to_string();
        println!("{why}");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let mut command: Command = victim::command("machine::no_docker", folder.path());
    command.env("DOCKER_HOST", format!("unix://{}/docker.sock", folder.path().display()));
    let (output, said) = victim::spawn(command).end();
    assert!(output.status.success(), "{said}");
    for part in
        ["cannot run LocalStack in Docker: ", "docker pull localstack/localstack:", "SYNTH_LOCALSTACK_START"]
    {
        assert!(said.contains(part), "{part:?} in {said}");
    }
    Ok(())
}

#[test]
fn no_python() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let settings = Settings {
        start: Some("process".to_owned()),
        ..machine(&["python-3.9", "terraform-1.12"], folder.path())
    };
    let parts =
        ["install Python 3.13", "is Python 3.9", "SYNTH_PYTHON", "docker pull", "SYNTH_LOCALSTACK_ENDPOINT"];
    refused(Harness::start(settings), &parts);
    Ok(())
}

#[test]
fn no_terraform() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let nowhere = std::sync::Arc::new(crate::nowhere::Nowhere::default());
    let harness = Harness::with(machine(&["terraform-1.5"], folder.path()), nowhere);
    let parts =
        ["install Terraform 1.11.0", "OpenTofu 1.11.0", "SYNTH_TERRAFORM", "Terraform 1.5.7, older than"];
    refused(harness.deploy(slow::quick(folder.path())), &parts);
    assert!(!folder.path().join("work").exists(), "a folder was made for nothing");
    Ok(())
}

#[test]
fn no_provider_mirror() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let nowhere = || std::sync::Arc::new(crate::nowhere::Nowhere::default());
    let offline = machine(&["terraform-without-registry"], folder.path());
    let harness = Harness::with(offline.clone(), nowhere());
    let parts = [
        "Failed to query available provider packages",
        "without a network",
        "SYNTH_PROVIDER_MIRROR",
        "log: ",
    ];
    refused(harness.deploy(slow::quick(folder.path())), &parts);

    let empty = Settings { mirror: Some(folder.path().join("empty")), ..offline };
    let parts =
        ["SYNTH_PROVIDER_MIRROR names", "which holds no provider", "hashicorp/aws/VERSION/linux_amd64"];
    refused(Harness::with(empty, nowhere()).deploy(slow::quick(folder.path())), &parts);
    Ok(())
}

#[test]
fn port_taken() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let settings = Settings {
        start: Some("process".to_owned()),
        ..machine(&["python-port-taken", "terraform-1.12"], folder.path())
    };
    refused(
        Harness::start(settings),
        &["did not become ready: another LocalStack", "answers on its port", "log: "],
    );
    Ok(())
}
