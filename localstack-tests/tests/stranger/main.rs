//! The crate as somebody else has it: in a crate of their own, in a project that `synth init` made, and as a package.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod init;

use std::fs;
use std::path::Path;
use std::process::Command;

use localstack_tests::Failure;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// Runs cargo, which takes nothing from the network; what it prints.
fn cargo(folder: &Path, arguments: &[&str]) -> Result<String, Failure> {
    // What is compiled already need not be compiled again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("..");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_NET_OFFLINE", "true");
    let output = cargo.output()?;
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        return Ok(said(&output.stdout));
    }
    Err(format!("cargo {}:\n{}{}", arguments.join(" "), said(&output.stdout), said(&output.stderr)).into())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_crate_outside_of_the_workspace_deploys_its_own_folder() -> Result<(), Failure> {
    let (home, here) = (tempfile::tempdir()?, Path::new(HERE));
    copy(&here.join("examples/stranger"), home.path());
    let manifest = home.path().join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?;
    assert!(text.contains(r#"path = "../..""#), "{text}");
    fs::write(&manifest, text.replace(r#"path = "../..""#, &format!("path = {HERE:?}")))?;
    // The same versions as here: nothing has to be fetched, and little compiled.
    fs::copy(here.join("../Cargo.lock"), home.path().join("Cargo.lock"))?;
    let said = cargo(home.path(), &["test"])?;
    assert!(said.contains("the_log_group_is_the_one_that_the_application_writes_to ... ok"), "{said}");
    let tree = cargo(home.path(), &["tree", "--edges", "normal,dev", "--prefix", "none"])?;
    // What finds and runs terraform is no part of what writes stacks.
    let synth = tree.lines().filter(|line| line.starts_with("synth") && !line.starts_with("synth-engine "));
    let synth: Vec<&str> = synth.collect();
    assert!(synth.is_empty(), "a stranger has to build {synth:?}");
    Ok(())
}

#[test]
fn the_package_holds_what_localstack_needs() -> Result<(), Failure> {
    let listed = cargo(Path::new(HERE), &["package", "--list", "--allow-dirty"])?;
    for file in [
        "localstack/localstack.lock",
        "localstack/bootstrap.lock",
        "plugin/synth_localstack/providers.py",
        "plugin/synth_localstack-0.1.0.dist-info/entry_points.txt",
        "README.md",
        "src/lib.rs",
    ] {
        assert!(listed.lines().any(|line| line == file), "{file} is not in the package:\n{listed}");
    }
    Ok(())
}
