//! What users type: arguments, exit codes, and what goes where.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};

const SMALL: &str = "stack: s\nconstructs:\n  logs:\n    log_group: { name: /a, retention_days: 7 }\n";

fn synth() -> Command {
    Command::cargo_bin("synth").unwrap()
}

#[test]
fn only_the_document_goes_to_standard_output() {
    synth().arg("-").write_stdin(SMALL).assert().code(0).stdout(starts_with("{\n")).stderr(is_empty());
}

#[test]
fn a_wrong_stack_writes_nothing_and_exits_with_1() {
    let wrong = SMALL.replace('7', "6");
    synth()
        .arg("-")
        .write_stdin(wrong)
        .assert()
        .code(1)
        .stdout(is_empty())
        .stderr(contains("<standard input>:4:"))
        .stderr(contains("/constructs/logs/log_group/retention_days"))
        .stderr(contains("PutRetentionPolicy"));
}

#[test]
fn a_missing_file_exits_with_2_and_names_it() {
    synth().arg("no/such.yaml").assert().code(2).stdout(is_empty()).stderr(contains("`no/such.yaml`"));
}

#[test]
fn wrong_usage_exits_with_2() {
    synth().assert().code(2).stdout(is_empty()).stderr(contains("Usage"));
    synth().args(["a.yaml", "--colour"]).assert().code(2).stdout(is_empty());
}

#[test]
fn help_names_examples_and_exit_codes() {
    synth().arg("--help").assert().code(0).stdout(contains("main.tf.json").and(contains("Exit codes")));
}

#[test]
fn a_file_is_written_in_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let (stack, target) = (folder.path().join("stack.yaml"), folder.path().join("main.tf.json"));
    fs::write(&stack, SMALL).unwrap();
    synth().arg(&stack).arg("-o").arg(&target).assert().code(0).stdout(is_empty()).stderr(is_empty());
    let written = fs::read_to_string(&target).unwrap();
    fs::write(&stack, SMALL.replace('7', "6")).unwrap();
    synth().arg(&stack).arg("-o").arg(&target).assert().code(1);
    assert_eq!(fs::read_to_string(&target).unwrap(), written, "a wrong stack changed the document");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a temporary file was left");
}

#[test]
fn an_unwritable_target_exits_with_2() {
    synth()
        .args(["-", "-o", "no/such/folder/main.tf.json"])
        .write_stdin(SMALL)
        .assert()
        .code(2)
        .stderr(contains("`no/such/folder/main.tf.json` could not be written"));
}

#[test]
fn the_schema_is_json() {
    let output = synth().arg("schema").output().unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(schema.pointer("/title").unwrap(), "synth stack file");
}

#[test]
fn input_that_is_not_utf_8_exits_with_2() {
    synth().arg("-").write_stdin(vec![0xff, 0xfe, 0x00]).assert().code(2).stdout(is_empty());
}

#[test]
fn every_stack_gets_a_folder_and_the_manifest_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    synth()
        .arg("-")
        .arg("--out")
        .arg(&out)
        .write_stdin(SMALL)
        .assert()
        .code(0)
        .stdout(is_empty())
        .stderr(is_empty());
    let document = fs::read(out.join("s/main.tf.json")).unwrap();
    assert_eq!(synth().arg("-").write_stdin(SMALL).output().unwrap().stdout, document);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest.pointer("/stacks/0/folder").unwrap(), "s");
}

#[test]
fn a_renamed_construct_is_moved_by_the_committed_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let addresses = folder.path().join("addresses");
    let run = |stack: &str| {
        let stack = stack.to_owned();
        synth().arg("-").arg("--addresses").arg(&addresses).write_stdin(stack).output().unwrap()
    };
    assert!(run(SMALL).status.success());
    let renamed = SMALL.replace("  logs:", "  log_archive:");
    let document = String::from_utf8(run(&renamed).stdout).unwrap();
    assert!(document.contains(r#""from": "aws_cloudwatch_log_group.logs""#), "{document}");

    let before = fs::read(&addresses).unwrap();
    let changed = run(&renamed.replace("log_archive", "archive").replace("/a", "/b"));
    let said = String::from_utf8(changed.stderr).unwrap();
    assert_eq!(changed.status.code(), Some(1), "{said}");
    assert!(said.contains("`aws_cloudwatch_log_group.log_archive` is gone"), "{said}");
    assert_eq!(fs::read(&addresses).unwrap(), before);

    let told = renamed.replace("log_archive", "archive").replace("/a", "/b")
        + "moved:\n  aws_cloudwatch_log_group.log_archive: aws_cloudwatch_log_group.archive\n";
    assert!(run(&told).status.success());
}

#[test]
fn addresses_that_cannot_be_read_exit_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let addresses = folder.path().join("addresses");
    fs::write(&addresses, "what is this").unwrap();
    let output = synth().arg("-").arg("--addresses").arg(&addresses).write_stdin(SMALL).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty() && String::from_utf8(output.stderr).unwrap().contains("line 1"));
}

/// What is said where `arguments` are given in a folder with `stack.yaml` and `main.tf`, and with what it ends.
fn said(arguments: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("stack.yaml"), SMALL).unwrap();
    fs::write(folder.path().join("main.tf"), "resource \"aws_s3_bucket\" \"files\" {}\n").unwrap();
    fs::write(folder.path().join("tfplan"), b"PK\x03\x04\xff\xfe").unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let output = synth().args(arguments).current_dir(folder.path()).output().unwrap();
    assert!(output.stdout.is_empty(), "{arguments:?}");
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn what_is_named_wrongly_is_told_with_what_was_meant() {
    for (arguments, why, help) in [
        (&["chekc", "stack.yaml"][..], "no command `chekc`, and no such file", "did you mean `synth check`?"),
        (&["aply"], "no command `aply`", "did you mean `synth apply`?"),
        (&["whatever", "stack.yaml"], "no command `whatever`", "the commands are: init, schema, "),
        (
            &["stakc.yaml"],
            "`stakc.yaml` could not be read: there is no such file",
            "did you mean `stack.yaml`?",
        ),
        (&["plan", "stakc.yaml"], "there is no such file", "did you mean `stack.yaml`?"),
        (&["check", "mian.tf"], "there is no such file", "did you mean `main.tf`?"),
        (&["check", "--schema", "none.json", "."], "`none.json` could not be read", "paths begin where"),
        (&["describe", "emtpy/main.tf.json"], "there is no folder `emtpy`", "did you mean `empty`?"),
        (&["."], "`.` is a folder, and no stack file", "`synth plan .` and `synth check .`"),
        (&["main.tf"], "is in Terraform's own language, and no stack file", "`synth convert main.tf`"),
        (&["check", "main.tf"], "this command reads its JSON", "`policy check main.tf`"),
        (&["check", "stack.yaml"], "is YAML", "`synth stack.yaml > main.tf.json`"),
        (&["describe", "stack.yaml"], "is YAML", "`synth stack.yaml > main.tf.json`"),
        (&["check", "empty"], "`empty` holds no `*.tf.json`", "`synth STACK-FILE > main.tf.json`"),
        (&["describe", "empty"], "holds neither a manifest.json", "name a document"),
        (&["check", "tfplan"], "it is not text in UTF-8", "`terraform show -json tfplan`"),
        (&["init", "stack.yaml"], "is a file, and a project is a folder", "name a folder"),
    ] {
        let (code, said) = said(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(said.starts_with("error: ") && said.contains(why), "{arguments:?}: {said}");
        let remedy = said.split_once("= help: ").map(|(_, remedy)| remedy);
        assert!(remedy.is_some_and(|remedy| remedy.contains(help)), "{arguments:?}: {said}");
    }
}

#[test]
fn pictures_of_what_terraform_does_not_read_are_refused_with_a_remedy() {
    for (path, why) in [
        (
            "tfplan",
            "`tfplan`: not UTF-8 at byte 4; if `terraform plan -out` wrote it, `terraform show -json tfplan`",
        ),
        (
            "stack.yaml",
            "`stack.yaml`: YAML, which Terraform does not read; of a stack file: `synth stack.yaml",
        ),
        ("nowhere", "`nowhere`: there is no such file or folder"),
        ("empty", "`empty`: no `*.tf` or `*.tf.json` in this folder"),
    ] {
        let (code, said) = said(&["graph", path]);
        assert_eq!(code, Some(2), "{path}: {said}");
        assert!(said.contains(why), "{path}: {said}");
    }
}

#[test]
fn a_command_without_arguments_shows_what_there_is() {
    let output = synth().output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("synth init shop") && said.contains("Draw the architecture"), "{said}");
}
