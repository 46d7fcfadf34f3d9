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
        .stderr(predicate::str::starts_with("warning: `synth` of crates.io is somebody else's"));
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
    fs::write(folder.path().join("main.tf"), "").unwrap();
    let meant = predicate::str::contains("did you mean `").and(predicate::str::contains("main.tf`?"));
    convert().arg(folder.path().join("mian.tf")).assert().code(2).stderr(meant);
    convert().assert().code(2);
}

/// A bit of everything that JSON spells otherwise.
const CONFIGURATION: &str = r#"
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0", configuration_aliases = [aws.west] }
  }
  backend "s3" { bucket = "state" }
}
variable "names" {
  type    = map(string)
  default = { "a" = "$${" }
}
# Nobody reads these
# but their teams.
resource "aws_s3_bucket" "this" {
  for_each   = var.names
  bucket     = "${each.value}-reports"
  tags       = { Say = "$${x} 5%", "Key ${each.key}" = "a" }
  depends_on = [aws_sqs_queue.jobs]
  lifecycle {
    ignore_changes = [tags["a"]]
  }
}
resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = -1.5
  policy                     = <<EOT
{"a": "${path.module}"}
EOT
}
data "aws_iam_policy_document" "this" {
  statement {
    sid = "A"
  }
  dynamic "statement" {
    for_each = ["B"]
    content {
      sid = statement.value
    }
  }
  statement {
    sid = "C"
  }
}
resource "aws_route_table" "this" {
  vpc_id = "vpc-1"
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-1"
  }
}
resource "aws_ssm_parameter" "key" {
  name  = "key"
  type  = "SecureString"
  value = "hunter2"
}
locals {
  names = [for name in var.names : upper(name) if name != ""]
}
"#;

#[test]
fn a_stack_file_synthesizes_the_document_of_the_configuration() {
    let folder = folder(CONFIGURATION);
    let out = folder.path().join("out");
    convert()
        .arg(folder.path())
        .args(["--name", "shop", "--stack-file", "--out"])
        .arg(&out)
        .assert()
        .code(0)
        .stderr(predicate::str::contains("is a secret that stands in the file as plain text"));
    let file = fs::read_to_string(out.join("stack.yaml")).unwrap();
    let commented = "      # Nobody reads these\n      # but their teams.\n      this:\n";
    assert!(file.contains(commented), "{file}");
    let mut synth = Command::new(assert_cmd::cargo::cargo_bin!("synth"));
    let made = synth.arg(out.join("stack.yaml")).assert().code(0).get_output().stdout.clone();
    let made: serde_json::Value = serde_json::from_slice(&made).unwrap();
    let statement =
        |sid: &str| serde_json::json!({ "statement": { "for_each": [true], "content": { "sid": sid } } });
    let route = &made["resource"]["aws_route_table"]["this"]["route"];
    assert_eq!(route[0]["gateway_id"], "igw-1");
    assert!(route[0]["vpc_endpoint_id"].is_null(), "an attribute has each of its attributes: {route}");
    let route = route.clone();
    assert_eq!(
        made,
        serde_json::json!({
            "data": { "aws_iam_policy_document": { "this": { "dynamic": [
                statement("A"),
                { "statement": { "for_each": ["B"], "content": { "sid": "${statement.value}" } } },
                statement("C"),
            ] } } },
            "locals": { "names": "${[for name in var.names : upper(name) if name != \"\"]}" },
            "resource": {
                "aws_s3_bucket": { "this": {
                    "for_each": "${var.names}",
                    "bucket": "${each.value}-reports",
                    "tags": "${{ Say = \"$${x} 5%\", \"Key ${each.key}\" = \"a\" }}",
                    "depends_on": ["aws_sqs_queue.jobs"],
                    "lifecycle": { "ignore_changes": ["tags[\"a\"]"] },
                } },
                "aws_route_table": { "this": { "vpc_id": "vpc-1", "route": route } },
                "aws_sqs_queue": { "jobs": {
                    "name": "jobs",
                    "visibility_timeout_seconds": -1.5,
                    "policy": "${<<EOT\n{\"a\": \"${path.module}\"}\nEOT\n}",
                } },
                "aws_ssm_parameter": { "key": { "name": "key", "type": "SecureString", "value": "hunter2" } },
            },
            "terraform": {
                "backend": { "s3": { "bucket": "state" } },
                "required_providers": { "aws": {
                    "source": "hashicorp/aws", "version": "5.100.0", "configuration_aliases": ["aws.west"],
                } },
            },
            "variable": { "names": { "type": "map(string)", "default": { "a": "${" } } },
        })
    );
}

#[test]
fn what_a_stack_file_cannot_say_is_said_and_exits_with_1() {
    let folder = folder("variable \"a\" {\n  default = max(1, 2)\n}\n");
    let said = predicate::str::contains("not converted: `default`, which is no constant")
        .and(predicate::str::contains("main.tf:2"));
    convert().arg(folder.path()).arg("--stack-file").assert().code(1).stderr(said);
}

#[test]
fn an_empty_file_is_an_empty_stack_file() {
    let folder = folder("");
    convert()
        .arg(folder.path())
        .args(["--name", "shop", "--stack-file"])
        .assert()
        .code(0)
        .stdout("stack: shop\nterraform: {}\n");
}
