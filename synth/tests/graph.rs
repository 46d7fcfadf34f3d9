//! `synth graph` on the command line: forms, exit codes, and what goes where.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};

const QUEUE: &str = r#"{ "resource": { "aws_sqs_queue": { "jobs": { "name": "jobs" } } } }"#;

/// A queue that everybody may do everything with.
const OPEN: &str = r#"{ "resource": { "aws_sqs_queue": { "jobs": { "name": "jobs",
  "policy": "${jsonencode({ Statement = [{ Effect = \"Allow\", Principal = \"*\", Action = \"sqs:*\", Resource = \"*\" }] })}" } } } }"#;

fn graph() -> Command {
    let mut command = Command::cargo_bin("synth").unwrap();
    command.arg("graph");
    command
}

#[test]
fn a_document_on_standard_input_is_drawn_in_each_form() {
    for (arguments, start) in [
        (&["-"][..], "<svg "),
        (&["-", "--format", "mermaid"], "flowchart LR\n"),
        (&["-", "--format", "dot"], "digraph "),
        (&["-", "--html"], "<!DOCTYPE html>\n"),
    ] {
        let assert = graph().args(arguments).write_stdin(QUEUE).assert();
        assert.code(0).stdout(starts_with(start)).stdout(contains("jobs")).stderr(is_empty());
    }
}

#[test]
fn a_page_of_standard_input_has_its_findings() {
    graph().args(["-", "--html"]).write_stdin(OPEN).assert().code(0).stdout(contains("\"rule\":\"IAM"));
}

#[test]
fn the_stacks_in_the_folders_of_a_folder_are_drawn_together() {
    let folder = tempfile::tempdir().unwrap();
    for stack in ["network", "workers"] {
        fs::create_dir(folder.path().join(stack)).unwrap();
        fs::write(folder.path().join(stack).join("main.tf.json"), QUEUE).unwrap();
    }
    let both = contains("network").and(contains("workers"));
    graph().arg(folder.path()).args(["--format", "dot"]).assert().code(0).stdout(both);
}

#[test]
fn what_is_no_document_exits_with_2_and_prints_no_picture() {
    for text in ["", "{", "[1]", r#"{ "a": 1 }"#] {
        let assert = graph().arg("-").write_stdin(text).assert();
        assert.code(2).stdout(is_empty()).stderr(starts_with("error: <stdin>:1:"));
    }
    graph().arg("no/such.json").assert().code(2).stdout(is_empty()).stderr(contains("`no/such.json`"));
}

#[test]
fn an_empty_document_is_an_empty_picture() {
    graph().arg("-").write_stdin("{}").assert().code(0).stdout(starts_with("<svg ")).stderr(is_empty());
}

#[test]
fn a_page_has_no_other_form() {
    graph().args(["-", "--html", "--format", "dot"]).write_stdin(QUEUE).assert().code(2).stdout(is_empty());
}
