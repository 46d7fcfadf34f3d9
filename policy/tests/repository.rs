//! The top of a repository: no configuration itself, with several below it.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use tempfile::TempDir;

const KEY: &str = "resource \"aws_iam_access_key\" \"ci\" {\n  user = \"ci\"\n}\n";

fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn check(folder: &Path, path: &str) -> Command {
    let mut command = Command::cargo_bin("policy").unwrap();
    command.current_dir(folder).args(["check", path]);
    command
}

#[test]
fn each_configuration_below_is_judged_and_a_module_with_its_caller() {
    let call = "module \"key\" {\n  source = \"../../modules/key\"\n}\n";
    let allowed = format!("# policy:allow IAM010 \"ci\" the build server has no other way\n{KEY}");
    let folder = repository(&[
        ("README.md", "# ours\n"),
        ("live/dev/main.tf", call),
        ("live/prod/main.tf", KEY),
        ("modules/key/main.tf", &allowed),
        ("values/prod.tfvars", "db_password = \"hunter2hunter2\"\n"),
        ("live/dev/.terraform/modules/x/main.tf", KEY),
    ]);
    let said = || {
        contains("live/prod/main.tf:1:31")
            .and(contains("values/prod.tfvars:1:"))
            .and(contains("2 findings, 0 undecided, 4 files read, 1 accepted"))
    };
    check(folder.path(), ".").assert().code(1).stdout(said()).stderr("");
    let top = folder.path().display().to_string();
    check(folder.path(), &top).assert().code(1).stdout(said());
    // A folder that is a configuration stands for itself and for what it calls.
    fs::write(folder.path().join("main.tf"), "").unwrap();
    check(folder.path(), ".").assert().code(0).stdout(contains("1 file read"));
}

#[test]
fn a_folder_without_any_below_it_is_an_error() {
    let folder = repository(&[("README.md", "# ours\n"), (".terraform/main.tf", KEY)]);
    check(folder.path(), ".")
        .assert()
        .code(2)
        .stderr(contains("`.`: no `*.tf` or `*.tf.json` in this folder"));
}

#[test]
fn modules_that_call_each_other_are_judged_all_the_same() {
    let call = |other: &str| format!("module \"m\" {{\n  source = \"../{other}\"\n}}\n{KEY}");
    let folder = repository(&[("a/main.tf", &call("b")), ("b/main.tf", &call("a"))]);
    check(folder.path(), ".").assert().code(1).stdout(contains("IAM010"));
}
