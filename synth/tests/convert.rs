//! `synth convert` as a user runs it.

#![cfg(feature = "convert")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;

use assert_cmd::Command;
use predicates::prelude::{PredicateBooleanExt as _, predicate};
use tempfile::TempDir;

fn convert() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("synth"));
    command.arg("convert");
    command
}

fn folder(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("main.tf"), text).unwrap();
    folder
}

const TOPIC: &str = "resource \"aws_sns_topic\" \"alarms\" {\n  name = \"alarms\"\n}\n";

#[test]
fn a_folder_becomes_a_package() {
    let folder = folder(TOPIC);
    let out = folder.path().join("out");
    convert()
        .arg(folder.path())
        .args(["--name", "shop", "--out"])
        .arg(&out)
        .assert()
        .code(0)
        .stdout("")
        .stderr("");
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"shop\"") && manifest.contains("features = [\"sns\"]"), "{manifest}");
    let program = fs::read_to_string(out.join("src/main.rs")).unwrap();
    assert!(program.contains("sns::Topic::new().name(\"alarms\")"), "{program}");
}

#[test]
fn a_file_becomes_a_program_on_standard_output() {
    let folder = folder(TOPIC);
    let said = predicate::str::contains("fn main() -> ExitCode").and(predicate::str::contains("sns::Topic"));
    convert().arg(folder.path().join("main.tf")).assert().code(0).stdout(said);
}

#[test]
fn both_forms_of_the_language_are_one_module() {
    let folder = folder(TOPIC);
    let json = r#"{"output": {"arn": {"value": "${aws_sns_topic.alarms.arn}"}}}"#;
    fs::write(folder.path().join("outputs.tf.json"), json).unwrap();
    convert()
        .arg(folder.path())
        .assert()
        .code(0)
        .stdout(predicate::str::contains("Output::of(alarms.arn())"));
}

#[test]
fn what_is_not_converted_is_said_and_exits_with_1() {
    let folder = folder("widget \"a\" {\n}\n");
    let said = predicate::str::contains("not converted: the block `widget`")
        .and(predicate::str::contains("main.tf:1"));
    convert().arg(folder.path()).assert().code(1).stderr(said);
}

#[test]
fn what_is_no_terraform_exits_with_1_and_writes_nothing() {
    let folder = folder("resource {\n");
    let out = folder.path().join("out");
    convert()
        .arg(folder.path())
        .arg("--out")
        .arg(&out)
        .assert()
        .code(1)
        .stderr(predicate::str::contains("main.tf:"));
    assert!(!out.exists());
}

#[test]
fn a_folder_without_files_and_a_file_that_is_not_there_exit_with_2() {
    let folder = tempfile::tempdir().unwrap();
    convert()
        .arg(folder.path())
        .assert()
        .code(2)
        .stderr(predicate::str::contains("no `*.tf` or `*.tf.json` file"));
    convert().arg(folder.path().join("gone.tf")).assert().code(2).stderr(predicate::str::contains("gone.tf"));
    convert().assert().code(2);
}
