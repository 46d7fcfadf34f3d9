//! `synth check` as users type it: exit codes, streams, folders, standard input, more schemas.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};

const CLEAN: &str = r#"{"resource": {"aws_s3_bucket": {"logs": {"bucket": "logs"}}}}"#;
const WRONG: &str = r#"{"resource": {"aws_s3_bucket": {"logs": {"buckett": "logs"}}}}"#;

fn check() -> Command {
    let mut command = Command::cargo_bin("synth").unwrap();
    command.arg("check");
    command
}

#[test]
fn a_clean_document_exits_with_0() {
    check().arg("-").write_stdin(CLEAN).assert().code(0).stdout("0 mistakes\n").stderr(is_empty());
}

#[test]
fn a_mistake_exits_with_1_and_is_on_standard_output() {
    let place = "<standard input>:1:42 (aws_s3_bucket.logs, /resource/aws_s3_bucket/logs/buckett)";
    let said = contains(place).and(contains("did you mean `bucket`?")).and(contains("1 mistake\n"));
    check().arg("-").write_stdin(WRONG).assert().code(1).stdout(said).stderr(is_empty());
}

#[test]
fn a_document_that_is_no_json_exits_with_1() {
    check().arg("-").write_stdin("{").assert().code(1).stdout(contains("not-json"));
}

#[test]
fn a_missing_file_exits_with_2_and_names_it() {
    check().arg("no/such.tf.json").assert().code(2).stdout(is_empty()).stderr(contains("`no/such.tf.json`"));
}

#[test]
fn no_file_at_all_is_wrong_usage() {
    check().assert().code(2).stdout(is_empty());
}

#[test]
fn json_is_for_programs() {
    let output = check().args(["--format", "json", "-"]).write_stdin(WRONG).assert().code(1);
    let report: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let finding = report.pointer("/findings/0").unwrap();
    assert_eq!(finding.get("rule").unwrap(), "unknown-argument");
    assert_eq!(finding.pointer("/place/column").unwrap(), 42);
}

#[test]
fn files_of_one_folder_are_one_module() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.tf.json"), r#"{"locals": {"a": "${local.b}"}}"#).unwrap();
    fs::write(folder.path().join("b.tf.json"), r#"{"locals": {"b": 1}}"#).unwrap();
    check().arg(folder.path()).assert().code(0);
}

#[test]
fn what_a_file_that_was_not_read_may_declare_is_undecided() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.tf.json");
    fs::write(&file, r#"{"locals": {"a": "${local.b}"}}"#).unwrap();
    fs::write(folder.path().join("b.tf"), "locals {\n  b = 1\n}\n").unwrap();
    check()
        .arg(&file)
        .assert()
        .code(0)
        .stdout(contains("undecided: `local.b` is not declared").and(contains("b.tf")));
}

#[test]
fn a_folder_without_documents_exits_with_2() {
    check()
        .arg(tempfile::tempdir().unwrap().path())
        .assert()
        .code(2)
        .stderr(contains("holds no `*.tf.json`"));
}

#[test]
fn a_provider_without_schema_is_undecided_until_its_schema_is_given() {
    let document = r#"{"resource": {"random_id": {"x": {"byte_length": "oops"}}}}"#;
    let unknown = contains("no schema of the provider `registry.terraform.io/hashicorp/random`");
    check().arg("-").write_stdin(document).assert().code(0).stdout(unknown);

    let folder = tempfile::tempdir().unwrap();
    let schema = folder.path().join("schemas.json");
    let export = r#"{"provider_schemas": {"registry.terraform.io/hashicorp/random": {"resource_schemas": {
        "random_id": {"block": {"attributes": {"byte_length": {"type": "number", "required": true}}}}}}}}"#;
    fs::write(&schema, export).unwrap();
    let command = check().arg("--schema").arg(&schema).arg("-").write_stdin(document).assert().code(1);
    command.stdout(contains("a number is needed"));
}

#[test]
fn a_file_that_is_no_schema_exits_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let schema = folder.path().join("schemas.json");
    fs::write(&schema, "{}").unwrap();
    check()
        .arg("--schema")
        .arg(&schema)
        .arg("-")
        .write_stdin(CLEAN)
        .assert()
        .code(2)
        .stderr(contains("schemas.json"));
}
