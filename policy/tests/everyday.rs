//! The command line of every day: files that reports go to, colours, what changed, what completes.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};
use serde_json::Value;
use tempfile::TempDir;

const KEY: &str = "resource \"aws_iam_access_key\" \"ci\" {\n  user = \"ci\"\n}\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn policy(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("policy").unwrap();
    command.current_dir(folder).env_remove("NO_COLOR").args(arguments);
    command
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
    Command::new("git").current_dir(folder).args(identity).args(arguments).assert().success();
}

#[test]
fn a_report_is_written_in_several_forms_at_once() {
    let folder = folder(&[("main.tf", KEY)]);
    let arguments = ["check", "--also", "sarif=a.sarif", "--also", "junit=b.xml", "--also", "html=c.html"];
    policy(folder.path(), &arguments).assert().code(1).stdout(contains("error[IAM010]"));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("a.sarif").contains("2.1.0"));
    assert!(read("b.xml").starts_with("<?xml"));
    assert!(read("c.html").starts_with("<!DOCTYPE html>"));
}

#[test]
fn a_file_that_cannot_be_written_exits_2_and_leaves_nothing() {
    let folder = folder(&[("main.tf", KEY)]);
    let said = contains("`none/a.sarif`: ");
    policy(folder.path(), &["check", "--also", "sarif=none/a.sarif"]).assert().code(2).stderr(said);
    fs::create_dir(folder.path().join("b")).unwrap();
    policy(folder.path(), &["check", "--also", "sarif=b"]).assert().code(2);
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn what_is_no_form_or_no_file_is_refused() {
    let folder = folder(&[]);
    for (also, said) in
        [("sarif", "write FORMAT=FILE"), ("word=a", "no format `word`"), ("json=", "a file belongs")]
    {
        policy(folder.path(), &["check", "--also", also]).assert().code(2).stderr(contains(said));
    }
}

#[test]
fn colours_are_for_terminals_or_when_asked_for() {
    let folder = folder(&[("main.tf", KEY)]);
    let colored = starts_with("\u{1b}[1;31merror[IAM010]\u{1b}[0m");
    policy(folder.path(), &["check", "--color", "always"]).assert().stdout(colored);
    policy(folder.path(), &["check"]).assert().stdout(starts_with("error[IAM010]"));
    policy(folder.path(), &["check", "--color", "never"]).assert().stdout(starts_with("error[IAM010]"));
}

#[test]
fn a_quiet_check_reports_the_same() {
    let folder = folder(&[("main.tf", KEY)]);
    let report = policy(folder.path(), &["check"]).assert().code(1).get_output().stdout.clone();
    policy(folder.path(), &["check", "-q"]).assert().code(1).stdout(report).stderr(is_empty());
}

#[test]
fn the_least_severity_that_fails_can_be_said() {
    let unused = "locals {\n  # policy:allow IAM002 \"x\" unused\n  a = 1\n}\n";
    let folder = folder(&[("main.tf", unused)]);
    policy(folder.path(), &["check"]).assert().code(1).stdout(contains("warning["));
    let errors = ["check", "--fail-on", "error", "--format", "json"];
    policy(folder.path(), &errors).assert().code(0).stdout(contains("\"severity\": \"warning\""));
}

#[test]
fn many_folders_are_judged_side_by_side_in_a_stable_order() {
    let files: Vec<(String, String)> = (0..40)
        .map(|index| (format!("s{index:02}/main.tf"), KEY.replace("ci", &format!("k{index:02}"))))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let mut arguments = vec!["check".to_owned(), "--format".to_owned(), "json".to_owned()];
    arguments.extend((0..40).rev().map(|index| format!("s{index:02}")));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let report = || policy(folder.path(), &arguments).assert().code(1).get_output().stdout.clone();
    let first = report();
    let parsed: Value = serde_json::from_slice(&first).unwrap();
    let findings = parsed["findings"].as_array().unwrap();
    let names: Vec<&str> = findings.iter().map(|finding| finding["address"].as_str().unwrap()).collect();
    assert!(names.len() == 40 && names.is_sorted(), "{names:?}");
    assert!((0..4).all(|_| report() == first));
}

#[test]
fn files_are_judged_with_their_folders_when_asked() {
    let variable = "variable \"user\" {\n  default = \"ci\"\n}\n";
    let folder = folder(&[("a/main.tf", KEY), ("a/variables.tf", variable), ("b/main.tf", KEY)]);
    let said = contains("1 finding, ").and(contains("2 files read"));
    policy(folder.path(), &["check", "--folders", "a/variables.tf", "a/main.tf"])
        .assert()
        .code(1)
        .stdout(said);
}

#[test]
fn only_what_changed_since_a_revision_is_reported() {
    let folder = folder(&[("old/main.tf", KEY), ("changed/main.tf", "locals {\n}\n")]);
    let root = folder.path();
    git(root, &["init", "-q", "-b", "main"]);
    git(root, &["add", "."]);
    git(root, &["commit", "-qm", "one"]);
    fs::write(root.join("changed/main.tf"), KEY.replace("ci", "changed")).unwrap();
    fs::create_dir(root.join("new")).unwrap();
    fs::write(root.join("new/main.tf"), KEY.replace("ci", "new")).unwrap();
    let changed = |folder: &Path, paths: &[&str]| {
        let mut command = policy(folder, &["check", "--format", "json", "--changed-since", "main"]);
        let output = command.args(paths).output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["address"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let both = ["aws_iam_access_key.changed", "aws_iam_access_key.new"].map(str::to_owned);
    assert_eq!(changed(root, &["old", "changed", "new"]), both);
    assert_eq!(
        changed(&root.join("changed"), &["../old", ".", "../new"]),
        [both[0].clone(), both[1].clone()]
    );
}

#[test]
fn a_revision_that_is_none_exits_2() {
    let folder = folder(&[("main.tf", KEY)]);
    git(folder.path(), &["init", "-q"]);
    for revision in ["nowhere", "--output=x"] {
        let arguments = ["check", "--changed-since", revision];
        let arguments = [arguments[0], &format!("{}={}", arguments[1], arguments[2])];
        policy(folder.path(), &arguments).assert().code(2).stderr(contains("`git diff"));
    }
    assert!(!folder.path().join("x").exists());
}

#[test]
fn files_that_hold_secrets_beside_a_configuration_are_read() {
    let state = r#"{"version": 4, "lineage": "l", "resources": [{"mode": "managed", "type": "aws_db_instance", "name": "d", "instances": [{"attributes": {"password": "hunter2"}}]}]}"#;
    for (name, text) in [
        (".env", "DB_PASSWORD=hunter2\n"),
        (".env.production", "export DB_PASSWORD='hunter2'\n"),
        (".envrc", "use flake\nexport DB_PASSWORD=\"hunter2\"\n"),
        ("deploy.env", "# the database\nDB_PASSWORD = hunter2\n"),
        ("prod.auto.tfvars", "db_password = \"hunter2\"\n"),
        ("prod.tfvars.json", "{\"db_password\": \"hunter2\"}"),
        ("terraform.tfstate", state),
        ("terraform.tfstate.backup", state),
    ] {
        let folder = folder(&[(name, text)]);
        policy(folder.path(), &["check", name]).assert().code(1).stdout(contains("error[SEC"));
    }
}

#[test]
fn environment_files_without_secrets_are_clean() {
    let text =
        "# nothing secret\nPORT=8080\nDB_PASSWORD=$(pass show db)\nTOKEN=${TOKEN}\nNAME=\"shop\"\nAPI_KEY=\n";
    let folder = folder(&[(".env", text)]);
    policy(folder.path(), &["check", ".env"]).assert().code(0);
}

#[test]
fn rules_are_listed_for_programs() {
    let output = policy(Path::new("."), &["rules", "--format", "json"]).assert().code(0);
    let rules: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(rules.as_array().unwrap().len(), policy::rules::RULES.len());
    assert_eq!(rules[0]["id"], policy::rules::RULES[0].id);
}

#[test]
fn a_rule_that_is_almost_one_is_named() {
    policy(Path::new("."), &["explain", "IAM0O3"])
        .assert()
        .code(2)
        .stderr(contains("did you mean `IAM003`?"));
}

#[test]
fn shells_and_readers_of_manuals_get_theirs() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = policy(Path::new("."), &["completions", shell]).assert().code(0);
        output.stdout(contains("changed-since"));
    }
    policy(Path::new("."), &["man"]).assert().code(0).stdout(contains(".TH policy 1"));
}

#[test]
fn schemas_are_printed() {
    for (of, title) in [("report", "Report of policy"), ("settings", "Settings of policy")] {
        policy(Path::new("."), &["schema", of]).assert().code(0).stdout(contains(title));
    }
}
