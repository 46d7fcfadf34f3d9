//! The examples run, and write documents.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod program;

use std::fs;

use serde_json::Value as Json;

#[test]
fn several_stacks_come_with_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let output = program::run("several_stacks", &["--out", out]);
    assert!(output.status.success() && output.stdout.is_empty());
    let manifest: Json =
        serde_json::from_slice(&fs::read(folder.path().join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest.pointer("/stacks/1/needs/0").unwrap(), "logging");
    let shop = fs::read_to_string(folder.path().join("shop/main.tf.json")).unwrap();
    assert!(
        shop.contains("${data.terraform_remote_state.logging.outputs.aws_cloudwatch_log_group__audit__name}")
    );
}

#[test]
fn several_stacks_do_not_fit_into_one_document() {
    let output = program::run("several_stacks", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty() && String::from_utf8(output.stderr).unwrap().contains("--out DIR"));
}

#[test]
fn for_each_warns_and_still_writes() {
    let output = program::run("for_each", &[]);
    assert!(output.status.success());
    let document: Json = serde_json::from_slice(&output.stdout).unwrap();
    let group = document.pointer("/resource/aws_cloudwatch_log_group/service").unwrap();
    assert_eq!(group.get("for_each").unwrap(), "${var.groups}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("warning: the logs are not encrypted") && said.contains("for_each.rs:"),
        "{said}"
    );
}
