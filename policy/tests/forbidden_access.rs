//! `policy check --forbid-new-access`: what a change allows that its base does not is a finding.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::{Value, json};
use tempfile::TempDir;

const SEND: &str = "sqs:SendMessage";
const PURGE: &str = "sqs:PurgeQueue";

/// A role that may do some things with one queue.
fn role(actions: &[&str]) -> Value {
    let policy = json!({"Version": "2012-10-17", "Statement":
        {"Effect": "Allow", "Action": actions, "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs"}});
    json!({"resource": {
        "aws_iam_role": {"worker": {"name": "worker", "assume_role_policy": "{}"}},
        "aws_iam_role_policy": {"queue": {"role": "worker", "policy": policy.to_string()}},
    }})
}

fn write(folder: &Path, name: &str, document: &Value) {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, document.to_string()).unwrap();
}

fn check(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("policy").unwrap();
    command.current_dir(folder).args(["check", "--forbid-new-access"]).args(arguments).assert()
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
    Command::new("git").current_dir(folder).args(identity).args(arguments).assert().success();
}

fn new_access() -> impl Predicate<str> {
    contains("error[IAM090]")
        .and(contains("aws_iam_role.worker"))
        .and(contains(format!("it may now `{PURGE}`")))
}

#[test]
fn what_a_folder_allows_beyond_its_base_is_found_with_a_request() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "old/main.tf.json", &role(&[SEND]));
    write(folder.path(), "new/main.tf.json", &role(&[SEND, PURGE]));
    check(folder.path(), &["old", "new"]).code(1).stdout(new_access());
    check(folder.path(), &["new", "old"]).stdout(contains("IAM090").not());
}

#[test]
fn a_revision_of_git_is_a_base_for_the_same_path() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    write(root, "infra/app/main.tf.json", &json!({"module": {"role": {"source": "../role"}}}));
    write(root, "infra/role/main.tf.json", &role(&[SEND]));
    git(root, &["init", "-q", "-b", "main"]);
    git(root, &["add", "."]);
    git(root, &["commit", "-qm", "one"]);
    check(root, &["git:main", "infra/app"]).stdout(contains("IAM090").not());
    write(root, "infra/role/main.tf.json", &role(&[SEND, PURGE]));
    git(root, &["add", "."]);
    let found = || contains("IAM090").and(contains("module.role.aws_iam_role.worker"));
    check(root, &["git:main", "infra/app"]).code(1).stdout(found());
    check(&root.join("infra/app"), &["git:HEAD"]).code(1).stdout(found());
    // The index is as it was.
    let staged = Command::new("git").current_dir(root).args(["diff", "--cached", "--name-only"]).assert();
    staged.stdout("infra/role/main.tf.json\n");
}

#[test]
fn a_difference_from_a_revision_of_git_is_that_of_the_same_path() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    write(root, "main.tf.json", &role(&[SEND]));
    git(root, &["init", "-q", "-b", "main"]);
    git(root, &["add", "."]);
    git(root, &["commit", "-qm", "one"]);
    let diff = |arguments: &[&str]| {
        Command::cargo_bin("policy").unwrap().current_dir(root).arg("diff").args(arguments).assert()
    };
    diff(&["git:main", "."]).code(0);
    write(root, "main.tf.json", &role(&[SEND, PURGE]));
    diff(&["git:main", "."]).code(1).stdout(contains(PURGE));
    diff(&["git:", "."]).code(2).stderr(contains("a revision follows `git:`"));
}

#[test]
fn what_was_not_there_at_the_revision_is_all_new() {
    let folder = TempDir::new().unwrap();
    git(folder.path(), &["init", "-q", "-b", "main"]);
    git(folder.path(), &["commit", "-q", "--allow-empty", "-m", "one"]);
    write(folder.path(), "new/main.tf.json", &role(&[PURGE]));
    check(folder.path(), &["git:main", "new"]).code(1).stdout(new_access());
}

#[test]
fn what_is_undecided_is_said_and_no_finding() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "old/main.tf.json", &role(&[SEND]));
    let mut later = role(&[SEND]);
    later["resource"]["aws_iam_role_policy_attachment"] =
        json!({"own": {"role": "worker", "policy_arn": "arn:aws:iam::111122223333:policy/own"}});
    write(folder.path(), "new/main.tf.json", &later);
    let said = contains("whether `aws_iam_role.worker` gives new access is undecided");
    check(folder.path(), &["old", "new"]).stdout(said.and(contains("IAM090").not()));
    check(folder.path(), &["old", "new", "--deny", "undecided"]).code(1);
}

#[test]
fn a_finding_that_is_accepted_with_a_reason_is_none() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "old/main.tf.json", &role(&[SEND]));
    let mut new = role(&[SEND, PURGE]);
    new["resource"]["aws_iam_role"]["worker"]["//"] =
        json!("policy:allow IAM090 \"worker\" the queue is emptied after each test");
    write(folder.path(), "new/main.tf.json", &new);
    check(folder.path(), &["old", "new"]).stdout(contains("error[IAM090]").not());
}

#[test]
fn a_base_that_cannot_be_read_exits_2() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "main.tf.json", &role(&[SEND]));
    check(folder.path(), &["nowhere", "main.tf.json"]).code(2).stderr(contains("nowhere"));
    check(folder.path(), &["git:", "main.tf.json"]).code(2).stderr(contains("a revision follows"));
    check(folder.path(), &["git:main", "main.tf.json"]).code(2).stderr(contains("git"));
    git(folder.path(), &["init", "-q"]);
    check(folder.path(), &["git:--output=x", "main.tf.json"]).code(2);
    assert!(!folder.path().join("x").exists());
    check(folder.path(), &["nowhere", "main.tf.json", "other.tf.json"]).code(2).stderr(contains("one path"));
}
