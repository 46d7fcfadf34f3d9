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

/// A folder whose `main.tf.json` calls `child`, in which these files are.
fn caller(arguments: &str, child: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let call = format!(r#"{{"module": {{"m": {{"source": "./child"{arguments}}}}}}}"#);
    fs::write(folder.path().join("main.tf.json"), call).unwrap();
    for (name, text) in child {
        fs::create_dir_all(folder.path().join("child")).unwrap();
        fs::write(folder.path().join("child").join(name), text).unwrap();
    }
    folder
}

const CHILD: &str = r#"{"variable": {"size": {"type": "number"}}}"#;

#[test]
fn the_folder_of_a_called_module_is_read() {
    let folder = caller(r#", "sise": 1"#, &[("main.tf.json", CHILD)]);
    let said = contains("the module has no variable `sise`").and(contains("did you mean `size`?"));
    check().arg(folder.path()).assert().code(1).stdout(said);
}

#[test]
fn a_mistake_in_a_called_module_names_its_file() {
    let folder = caller("", &[("main.tf.json", WRONG)]);
    check()
        .arg(folder.path().join("main.tf.json"))
        .assert()
        .code(1)
        .stdout(contains("child/main.tf.json:1:42"));
}

#[test]
fn a_called_module_in_hcl_is_undecided() {
    let folder = caller(r#", "size": 1"#, &[("main.tf", "variable \"size\" {}\n")]);
    check()
        .arg(folder.path())
        .assert()
        .code(0)
        .stdout(contains("main.tf`, which was not read, may declare it"));
}

#[test]
fn a_called_folder_that_is_not_there_is_a_mistake() {
    check().arg(caller("", &[]).path()).assert().code(1).stdout(contains("there is no configuration in"));
}

#[test]
fn a_folder_is_the_same_by_each_of_its_paths() {
    let folder = caller(r#", "size": 1"#, &[("main.tf.json", CHILD)]);
    let twice = ["main.tf.json", "./main.tf.json", "child/../main.tf.json", "child"];
    check().current_dir(folder.path()).args(twice).assert().code(0).stdout("0 mistakes\n");
}

#[test]
fn what_a_document_of_standard_input_calls_is_undecided() {
    let call = r#"{"module": {"m": {"source": "./child"}}}"#;
    check().arg("-").write_stdin(call).assert().code(0).stdout(contains("1 undecided"));
}

#[test]
fn an_override_in_the_folder_counts() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("main.tf.json"), r#"{"locals": {"a": "${local.b}"}}"#).unwrap();
    fs::write(folder.path().join("main_override.tf.json"), r#"{"locals": {"a": 1}}"#).unwrap();
    check().arg(folder.path()).assert().code(0).stdout("0 mistakes\n");
}
