//! `localstack-tests` as a user runs it.

#![cfg(feature = "command")]

use std::fs;

use assert_cmd::Command;
use predicates::prelude::{PredicateBooleanExt as _, predicate};

/// A stack that needs no provider.
const STACK: &str = r#"{
    "variable": { "size": { "type": "number" } },
    "resource": { "terraform_data": { "orders": { "input": { "size": "${var.size}" } } } },
    "output": { "size": { "value": "${var.size}" } }
}"#;

fn tests() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("localstack-tests"))
}

#[test]
fn what_is_not_as_expected_is_said_and_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let expected = "outputs.size = 4\nresources.\"terraform_data.orders\".output = { size = 4 }\n";
    fs::write(folder.path().join("expected.toml"), expected).unwrap();
    tests()
        .current_dir(folder.path())
        .args(["-", "--variable", "size=3", "--expect", "expected.toml"])
        .write_stdin(STACK)
        .assert()
        .code(1)
        .stdout("`output.size` is 3, not 4\n`terraform_data.orders.output.size` is 3, not 4\n");
}

#[test]
fn a_stack_that_terraform_refuses_is_wrong() {
    let said = predicate::str::contains("size").and(predicate::str::contains("number"));
    tests().args(["-", "--variable", "size=many"]).write_stdin(STACK).assert().code(1).stdout(said);
}

#[test]
fn what_cannot_be_read_is_named_before_anything_is_started() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("wrong.toml"), "[output]\n").unwrap();
    for (arguments, said) in [
        (&["nowhere.tf.json"][..], "`nowhere.tf.json` could not be read"),
        (&["-", "--expect", "nowhere.toml"], "`nowhere.toml` could not be read"),
        (&["-", "--expect", "wrong.toml"], "unknown field `output`"),
        (&["-", "--variable", "=3"], "write NAME=VALUE"),
        (&["-", "--variable", "size"], "write NAME=VALUE"),
        (&[], "<STACK>"),
    ] {
        let assert = tests().current_dir(folder.path()).args(arguments).write_stdin(STACK).assert();
        assert.code(2).stdout("").stderr(predicate::str::contains(said));
    }
}
