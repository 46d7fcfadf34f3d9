//! The plugin's own tests, types and style.

use std::path::Path;
use std::process::Command;

use localstack_tests::emulator;
use localstack_tests::{Failure, Settings};

/// Runs a module of Python in the plugin's folder; what it says is the failure.
fn passes(module: &[&str]) -> Result<(), Failure> {
    let python = emulator::python_for_checks(&Settings::from_environment())?;
    let plugin = Path::new(env!("CARGO_MANIFEST_DIR")).join("plugin");
    // Tools are found beside the interpreter; the environment was moved after it was made.
    let output = Command::new(python).arg("-m").args(module).current_dir(plugin).output()?;
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("{}: {said}", module.join(" ")).into()) }
}

#[test]
fn its_tests_pass() -> Result<(), Failure> {
    passes(&["pytest", "-q", "-p", "no:cacheprovider"])
}

#[test]
fn its_types_hold() -> Result<(), Failure> {
    passes(&["mypy", "--cache-dir=/dev/null"])
}

#[test]
fn it_is_formatted_and_clean() -> Result<(), Failure> {
    passes(&["ruff", "format", "--no-cache", "--check", "."])?;
    passes(&["ruff", "check", "--no-cache", "."])
}
