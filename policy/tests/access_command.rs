//! The commands about access: exit codes, and what they write.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use serde_json::{Value, json};
use tempfile::TempDir;

fn policy(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("policy").unwrap();
    command.args(arguments);
    command
}

/// A folder with documents.
fn folder(files: &[(&str, &Value)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, document) in files {
        fs::write(folder.path().join(name), document.to_string()).unwrap();
    }
    folder
}

fn path(folder: &TempDir, name: &str) -> String {
    let path: &Path = &folder.path().join(name);
    path.display().to_string()
}

fn document(statement: Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": statement})
}

fn allow(action: &str, resource: &str) -> Value {
    json!({"Effect": "Allow", "Action": action, "Resource": resource})
}

/// A role with an inline policy, and a queue.
fn configuration(statement: Value) -> Value {
    json!({"resource": {
        "aws_iam_role": {"worker": {"name": "worker", "assume_role_policy": document(json!(
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        )).to_string()}},
        "aws_sqs_queue": {"jobs": {"name": "jobs"}},
        "aws_iam_role_policy": {"send": {"role": "${aws_iam_role.worker.id}", "policy": document(statement).to_string()}}
    }})
}

const SEND: &str = "${aws_sqs_queue.jobs.arn}";

#[test]
fn no_new_access_exits_0() {
    let (old, new) = (document(allow("s3:*", "*")), document(allow("s3:GetObject", "arn:aws:s3:::b/*")));
    let folder = folder(&[("old.json", &old), ("new.json", &new)]);
    policy(&["diff", &path(&folder, "old.json"), &path(&folder, "new.json")])
        .assert()
        .code(0)
        .stdout("1 policy: new access in 0, 0 undecided\n")
        .stderr(is_empty());
}

#[test]
fn new_access_exits_1_with_a_request() {
    let (old, new) =
        (document(allow("s3:GetObject", "arn:aws:s3:::b/*")), document(allow("s3:*", "arn:aws:s3:::b/*")));
    let folder = folder(&[("old.json", &old), ("new.json", &new)]);
    let shown = contains("new access: ").and(contains("   = action: s3:")).and(contains("arn:aws:s3:::b/"));
    policy(&["diff", &path(&folder, "old.json"), &path(&folder, "new.json")]).assert().code(1).stdout(shown);
}

#[test]
fn what_is_undecided_exits_2_with_the_reason() {
    let odd =
        json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringIs": {"k": "v"}}});
    let folder = folder(&[("old.json", &document(json!([]))), ("new.json", &document(odd))]);
    policy(&["diff", &path(&folder, "old.json"), &path(&folder, "new.json")])
        .assert()
        .code(2)
        .stdout(contains("   = why: `StringIs` is no condition operator"));
}

#[test]
fn configurations_are_compared_principal_by_principal() {
    let old = configuration(allow("sqs:SendMessage", SEND));
    let new = configuration(json!([allow("sqs:SendMessage", SEND), allow("sqs:PurgeQueue", SEND)]));
    let folder = folder(&[("old.tf.json", &old), ("new.tf.json", &new)]);
    let files = [path(&folder, "old.tf.json"), path(&folder, "new.tf.json")];
    let output = policy(&["diff", "--format", "json", &files[0], &files[1]]).assert().code(1);
    let report: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let role =
        report["policies"].as_array().unwrap().iter().find(|entry| entry["address"] == "aws_iam_role.worker");
    let role = role.unwrap();
    assert_eq!(role["result"], "found");
    assert_eq!(role["request"]["action"], "sqs:PurgeQueue");
    assert_eq!(role["request"]["resource"], SEND);
    policy(&["diff", &files[1], &files[0]]).assert().code(0);
}

#[test]
fn a_statement_that_moves_to_another_policy_of_the_role_is_nothing_new() {
    let old = configuration(json!([allow("sqs:SendMessage", SEND), allow("s3:GetObject", "*")]));
    let mut new = configuration(allow("sqs:SendMessage", SEND));
    new["resource"]["aws_iam_policy"]["read"] =
        json!({"name": "read", "policy": document(allow("s3:GetObject", "*")).to_string()});
    new["resource"]["aws_iam_role_policy_attachment"]["read"] =
        json!({"role": "worker", "policy_arn": "${aws_iam_policy.read.arn}"});
    let folder = folder(&[("old.tf.json", &old), ("new.tf.json", &new)]);
    let files = [path(&folder, "old.tf.json"), path(&folder, "new.tf.json")];
    policy(&["diff", &files[0], &files[1]]).assert().code(0);
}

#[test]
fn a_managed_policy_whose_content_is_not_known_is_undecided() {
    let old = configuration(allow("sqs:SendMessage", SEND));
    let mut new = old.clone();
    new["resource"]["aws_iam_role_policy_attachment"]["own"] =
        json!({"role": "${aws_iam_role.worker.name}", "policy_arn": "arn:aws:iam::111122223333:policy/own"});
    let folder = folder(&[("old.tf.json", &old), ("new.tf.json", &new)]);
    let files = [path(&folder, "old.tf.json"), path(&folder, "new.tf.json")];
    let said =
        contains("undecided: aws_iam_role.worker").and(contains("`arn:aws:iam::111122223333:policy/own`"));
    policy(&["diff", &files[0], &files[1]]).assert().code(2).stdout(said);
    policy(&["diff", &files[1], &files[1]]).assert().code(0);
}

#[test]
fn a_managed_policy_of_aws_is_what_it_says() {
    let with = |name: &str| {
        let mut configuration = configuration(allow("sqs:SendMessage", SEND));
        configuration["resource"]["aws_iam_role_policy_attachment"]["aws"] =
            json!({"role": "worker", "policy_arn": format!("arn:aws:iam::aws:policy/{name}")});
        configuration
    };
    let folder = folder(&[
        ("wide.tf.json", &with("AmazonSQSFullAccess")),
        ("read.tf.json", &with("AmazonSQSReadOnlyAccess")),
    ]);
    let files = [path(&folder, "wide.tf.json"), path(&folder, "read.tf.json")];
    policy(&["diff", &files[0], &files[1]]).assert().code(0);
    policy(&["diff", &files[1], &files[0]]).assert().code(1).stdout(contains("   = action: sqs:"));
}

#[test]
fn a_denial_and_a_boundary_that_go_are_undecided() {
    let denial = json!({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}});
    let bucket = |resources: Value| json!({"resource": resources});
    let old = bucket(
        json!({"aws_s3_bucket_policy": {"b": {"bucket": "b", "policy": document(denial).to_string()}}}),
    );
    let folder_ = folder(&[("old.tf.json", &old), ("new.tf.json", &bucket(json!({})))]);
    policy(&["diff", &path(&folder_, "old.tf.json"), &path(&folder_, "new.tf.json")])
        .assert()
        .code(2)
        .stdout(contains("a denial is gone"));
    let mut old = configuration(allow("sqs:SendMessage", SEND));
    let new = old.clone();
    old["resource"]["aws_iam_role"]["worker"]["permissions_boundary"] =
        json!("arn:aws:iam::111122223333:policy/limit");
    let folder_ = folder(&[("old.tf.json", &old), ("new.tf.json", &new)]);
    let files = [path(&folder_, "old.tf.json"), path(&folder_, "new.tf.json")];
    policy(&["diff", &files[0], &files[1]])
        .assert()
        .code(2)
        .stdout(contains("a permissions boundary is gone"));
    policy(&["diff", &files[1], &files[0]]).assert().code(0);
}

#[test]
fn a_policy_and_a_configuration_are_not_compared() {
    let folder = folder(&[("old.json", &document(json!([]))), ("new.tf.json", &configuration(json!([])))]);
    policy(&["diff", &path(&folder, "old.json"), &path(&folder, "new.tf.json")])
        .assert()
        .code(2)
        .stderr(contains("error: a policy document is compared with a policy document only\n  = help: "));
}

#[test]
fn what_cannot_be_read_exits_2() {
    let folder = folder(&[("new.json", &document(json!([])))]);
    fs::write(folder.path().join("broken.json"), "{").unwrap();
    for file in ["missing.json", "broken.json"] {
        policy(&["diff", &path(&folder, file), &path(&folder, "new.json")])
            .assert()
            .code(2)
            .stdout(is_empty())
            .stderr(contains(file));
    }
}

#[test]
fn a_principal_of_the_configuration_can_do_what_its_policies_allow() {
    let folder = folder(&[("main.tf.json", &configuration(allow("sqs:SendMessage", SEND)))]);
    let can = |principal: &str, action: &str, resource: &str| {
        policy(&["can", principal, action, resource, &path(&folder, "main.tf.json")]).assert()
    };
    can("aws_iam_role.worker", "sqs:SendMessage", "aws_sqs_queue.jobs").code(0).stdout(contains("allowed\n"));
    can("aws_iam_role.worker", "sqs:PurgeQueue", "aws_sqs_queue.jobs").code(1).stdout(contains("denied\n"));
    can("aws_iam_role.worker", "sqs:SendMessage", "arn:aws:sqs:us-east-2:111122223333:jobs")
        .code(2)
        .stdout(contains("`${aws_sqs_queue.jobs.arn}` is known only later"));
    can("lambda.amazonaws.com", "sts:AssumeRole", "aws_iam_role.worker").code(0);
    can("ecs.amazonaws.com", "sts:AssumeRole", "aws_iam_role.worker").code(1);
    can("aws_iam_role.nobody", "sqs:SendMessage", "aws_sqs_queue.jobs")
        .code(2)
        .stderr(contains("error: no `aws_iam_role.nobody` is in the configuration\n  = help: "));
}

#[test]
fn condition_keys_are_given_or_said_to_be_absent() {
    let statement = json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
        "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}});
    let folder = folder(&[("policy.json", &document(statement))]);
    let can = |more: &[&str]| {
        let file = path(&folder, "policy.json");
        let user = "arn:aws:iam::111122223333:user/bob";
        policy(&["can", user, "s3:GetObject", "arn:aws:s3:::b/x", &file]).args(more).assert()
    };
    can(&[]).code(2).stdout(contains("the value of the condition key `aws:principaltag/team` is not given"));
    can(&["--context", "aws:PrincipalTag/team=red"]).code(0);
    can(&["--context", "aws:PrincipalTag/team=blue"]).code(1);
    can(&["--absent", "aws:PrincipalTag/team"]).code(1);
    can(&["--context", "team"]).code(2).stderr(contains("write `--context KEY=VALUE`"));
}

#[test]
fn a_wrong_principal_or_action_exits_2() {
    let folder = folder(&[("policy.json", &document(json!([])))]);
    let file = path(&folder, "policy.json");
    policy(&["can", "bob", "s3:GetObject", "*", &file])
        .assert()
        .code(2)
        .stderr(contains("`bob` is no principal"));
    policy(&["can", "*", "GetObject", "*", &file])
        .assert()
        .code(2)
        .stderr(contains("`GetObject` is no action"));
}

#[test]
fn access_that_must_not_be_granted_is_found() {
    let statements = json!([
        allow("iam:*", "*"),
        {"Effect": "Deny", "Action": "iam:Delete*", "Resource": "*"},
    ]);
    let folder = folder(&[("policy.json", &document(statements))]);
    let ask = |actions: &str, resources: &str| {
        let file = path(&folder, "policy.json");
        policy(&["access-not-granted", "--actions", actions, "--resources", resources, &file]).assert()
    };
    let role = "arn:aws:iam::111122223333:role/admin";
    ask("iam:PassRole,s3:DeleteBucket", role).code(1).stdout(contains("   = action: iam:PassRole"));
    ask("iam:DeleteRole", role).code(0);
    ask("s3:*", "*").code(0);
}

#[test]
fn public_access_is_found_unless_a_condition_keeps_strangers_out() {
    let with = |condition: Value| {
        json!({"resource": {"aws_sqs_queue_policy": {"p": {"queue_url": "u", "policy": document(json!(
            {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*", "Condition": condition}
        )).to_string()}}}})
    };
    for (condition, code) in [
        (json!({}), 1),
        (json!({"Bool": {"aws:SecureTransport": "true"}}), 1),
        (json!({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::uploads"}}), 0),
        (json!({"StringLike": {"aws:SourceArn": "*"}}), 1),
        (json!({"StringEquals": {"aws:PrincipalOrgID": "o-abcdefghij"}}), 0),
        // Whoever is in no organization has no such key (IAM user guide, "aws:PrincipalOrgID").
        (json!({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-abcdefghij"}}), 1),
        (json!({"ForAllValues:StringLike": {"aws:PrincipalOrgPaths": "o-abcdefghij/*"}}), 1),
        (json!({"Bool": {"aws:PrincipalIsAWSService": "true"}}), 0),
        (json!({"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}), 0),
        (json!({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}), 1),
        (json!({"IpAddress": {"aws:SourceIp": "128.0.0.0/1"}}), 1),
        (json!({"IpAddress": {"aws:SourceIp": "::/0"}}), 1),
        (json!({"IpAddress": {"aws:SourceIp": ["198.51.100.0/24", "10.0.0.0/8"]}}), 0),
        (json!({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-abcdefghij/*"}}), 0),
    ] {
        let folder = folder(&[("main.tf.json", &with(condition.clone()))]);
        let code_found =
            policy(&["no-public-access", &path(&folder, "main.tf.json")]).output().unwrap().status.code();
        assert_eq!(code_found, Some(code), "{condition}");
    }
    let folder = folder(&[("main.tf.json", &configuration(allow("*", "*")))]);
    policy(&["no-public-access", &path(&folder, "main.tf.json")]).assert().code(0);
}
