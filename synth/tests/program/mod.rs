//! Runs an example of this package.

use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs an example. Cargo has built it, unless only one test file was asked for.
pub(crate) fn run(name: &str, arguments: &[&str]) -> Output {
    let tests = std::env::current_exe().unwrap();
    let program: PathBuf = tests.parent().unwrap().parent().unwrap().join("examples").join(name);
    if !program.exists() {
        let build = ["build", "--locked", "--offline", "--package", "synth", "--example", name];
        assert!(Command::new(env!("CARGO")).args(build).status().unwrap().success(), "{name} does not build");
    }
    Command::new(program).args(arguments).output().unwrap()
}
