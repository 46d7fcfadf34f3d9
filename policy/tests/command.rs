//! The command line: exit codes, what goes to which stream.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use tempfile::TempDir;

const CLEAN: &str = r#"{"resource": {"aws_sqs_queue": {"q": {"name": "jobs"}}}}"#;
const FAULTY: &str = r#"{"resource": {"aws_iam_access_key": {"ci": {"user": "ci"}}}}"#;
const UNKNOWN: &str = r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${var.policy}"}}}}"#;

fn policy(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("policy").unwrap();
    command.args(arguments);
    command
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn a_clean_document_exits_0() {
    policy(&["check", "-"])
        .write_stdin(CLEAN)
        .assert()
        .code(0)
        .stdout("0 findings, 0 undecided, 1 file read\n")
        .stderr(is_empty());
}

#[test]
fn findings_exit_1_on_standard_output() {
    let shown =
        contains("error[IAM010]").and(contains("<stdin>:1:38")).and(contains("at: aws_iam_access_key.ci"));
    policy(&["check", "-"]).write_stdin(FAULTY).assert().code(1).stdout(shown).stderr(is_empty());
}

#[test]
fn what_is_not_json_exits_2_with_its_place() {
    policy(&["check", "-"])
        .write_stdin("{\n \"a\": }")
        .assert()
        .code(2)
        .stderr("error: <stdin>:2:7: not JSON: expected a JSON value\n");
}

#[test]
fn what_is_not_a_configuration_exits_2() {
    for (document, why) in [
        ("[1]", "a configuration is an object or a list of objects"),
        ("{\"a\": 1}", "no key of a Terraform configuration is in it"),
        (
            "{\"planned_values\": {}, \"prior_state\": {\"values\": 1}}",
            "this is no state that terraform writes",
        ),
        (
            "{\"version\": 3, \"lineage\": \"\"}",
            "this is no state of version 4 that terraform writes: a 4 belongs here",
        ),
        ("resource \"a\" {", "not HCL: "),
        ("a = 1", "no key of a Terraform configuration is in it"),
        ("", "not JSON: expected a JSON value"),
    ] {
        policy(&["check", "-"]).write_stdin(document).assert().code(2).stderr(contains(why));
    }
}

#[test]
fn bytes_that_are_not_utf_8_exit_2() {
    policy(&["check", "-"])
        .write_stdin(b"{\"a\": \"\xff\"}")
        .assert()
        .code(2)
        .stderr(contains("not UTF-8 at byte 7"));
}

#[test]
fn an_empty_configuration_is_clean() {
    policy(&["check", "-"]).write_stdin("{}").assert().code(0);
}

#[test]
fn undecided_input_is_said_and_can_be_denied() {
    let said = contains("undecided: `var.policy` is known only later").and(contains("1 undecided"));
    policy(&["check", "-"]).write_stdin(UNKNOWN).assert().code(0).stdout(said);
    policy(&["check", "--deny", "undecided", "-"]).write_stdin(UNKNOWN).assert().code(1);
}

#[test]
fn one_broken_file_does_not_hide_the_findings_of_another() {
    let folder = folder(&[("a.tf.json", FAULTY), ("b.tf.json", "{")]);
    policy(&["check"])
        .arg(folder.path())
        .assert()
        .code(2)
        .stdout(contains("error[IAM010]"))
        .stderr(contains("b.tf.json:1:2: not JSON"));
}

#[test]
fn the_files_of_a_folder_are_one_configuration() {
    let variable = r#"{"variable": {"p": {"default": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}"}}}"#;
    let resource = r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${var.p}"}}}}"#;
    let folder = folder(&[("a.tf.json", resource), ("b.tf.json", variable), ("notes.json", "{")]);
    policy(&["check"])
        .arg(folder.path())
        .assert()
        .code(1)
        .stdout(contains("error[IAM002]").and(contains("b.tf.json:1:")));
}

#[test]
fn a_folder_without_a_configuration_exits_2() {
    let empty = folder(&[("notes.md", "")]);
    let said = contains("no `*.tf` or `*.tf.json` in this folder");
    policy(&["check"]).arg(empty.path()).assert().code(2).stderr(said);
}

#[test]
fn both_syntaxes_of_a_folder_are_one_configuration() {
    let mixed = folder(&[
        ("a.tf.json", r#"{"resource": {"aws_iam_access_key": {"ci": {"user": "${local.user}"}}}}"#),
        ("b.tf", "locals {\n  user = \"ci\"\n  password = \"hunter2\"\n}\n"),
    ]);
    let said = contains("error[IAM010]").and(contains("b.tf:3:14")).and(contains("2 files read"));
    policy(&["check"]).arg(mixed.path()).assert().code(1).stdout(said);
}

#[test]
fn files_that_only_opentofu_reads_are_not_passed_over() {
    let key = "resource \"aws_iam_access_key\" \"ci\" {\n  user = \"ci\"\n}\n";
    let mixed = folder(&[("a.tf.json", CLEAN), ("b.tofu", key)]);
    let said = contains("error[IAM010]").and(contains("b.tofu:1:31"));
    policy(&["check"]).arg(mixed.path()).assert().code(1).stdout(said);
}

#[test]
fn a_file_that_is_too_large_exits_2() {
    let folder = folder(&[]);
    let path = folder.path().join("plan.json");
    fs::File::create(&path).unwrap().set_len(100_000_001).unwrap();
    policy(&["check"]).arg(&path).assert().code(2).stderr(contains("plan.json`: it has more than 100 MB"));
}

#[test]
fn a_missing_file_exits_2() {
    policy(&["check", "missing.tf.json"]).assert().code(2).stderr(contains("`missing.tf.json`"));
}

#[test]
fn the_json_report_is_versioned_and_places_findings() {
    let output = policy(&["check", "--format", "json", "-"]).write_stdin(FAULTY).assert().code(1);
    let report: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let finding = &report["findings"][0];
    let said = [&report["version"], &finding["rule"], &finding["address"], &finding["start"]["column"]];
    assert_eq!(serde_json::json!(said), serde_json::json!([1, "IAM010", "aws_iam_access_key.ci", 38]));
}

#[test]
fn the_json_report_of_an_error_is_still_json() {
    let output = policy(&["check", "--format", "json", "-"]).write_stdin("{").assert().code(2);
    let report: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(report["failures"][0]["message"], "not JSON: expected a key in double quotes");
}

#[test]
fn every_rule_is_listed_and_explained() {
    let list = policy(&["rules"]).assert().code(0);
    let list = String::from_utf8(list.get_output().stdout.clone()).unwrap();
    assert_eq!(list.lines().count(), policy::rules::RULES.len());
    for rule in policy::rules::RULES {
        let all = contains(rule.rationale).and(contains(rule.remedy)).and(contains(rule.bad[0].document));
        policy(&["explain", &rule.id.to_lowercase()]).assert().code(0).stdout(all);
    }
}

#[test]
fn an_unknown_rule_exits_2() {
    policy(&["explain", "IAM999"]).assert().code(2).stderr(contains("no rule `IAM999`")).stdout(is_empty());
}

#[test]
fn an_unknown_option_exits_2() {
    policy(&["check", "--frobnicate"]).assert().code(2).stdout(is_empty());
}

#[test]
fn what_terraform_does_not_read_exits_2_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("stack.yaml"), "stack: shop\n").unwrap();
    fs::write(folder.path().join("tfplan"), b"PK\x03\x04\xff\xfe").unwrap();
    for (path, said) in [
        (
            "stack.yaml",
            "`stack.yaml`: YAML, which Terraform does not read; of a stack file: `synth stack.yaml | policy check -`",
        ),
        ("tfplan", "if `terraform plan -out` wrote it, `terraform show -json tfplan` prints it as JSON"),
        ("nowhere.tf", "`nowhere.tf`: there is no such file or folder"),
    ] {
        policy(&["check", path]).current_dir(folder.path()).assert().code(2).stderr(contains(said));
    }
}
