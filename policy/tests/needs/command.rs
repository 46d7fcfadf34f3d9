//! `policy needs`.

use assert_cmd::Command;
use predicates::str::contains;
use serde_json::{Value, json};

use crate::configuration::role;

fn folder(files: &[(&str, Value)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content.to_string()).unwrap();
    }
    folder
}

fn policy(folder: &tempfile::TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("policy"));
    command.arg("needs").args(arguments).arg(folder.path());
    command
}

fn worker() -> Value {
    json!({"resource": {
        "aws_sqs_queue": {"jobs": {"name": "jobs"}},
        "aws_iam_role": {"worker": role("worker", "lambda.amazonaws.com")},
        "aws_lambda_function": {"worker": {"function_name": "worker", "role": "${aws_iam_role.worker.arn}"}},
        "aws_lambda_event_source_mapping": {"jobs": {
            "function_name": "worker", "event_source_arn": "${aws_sqs_queue.jobs.arn}"}},
    }})
}

fn report(command: &mut Command) -> Value {
    serde_json::from_slice(&command.assert().code(0).get_output().stdout).unwrap()
}

#[test]
fn the_smallest_policy_is_printed_with_references() {
    let report = report(&mut policy(&folder(&[("main.tf.json", worker())]), &["--format", "json"]));
    let worker = &report["principals"][0];
    assert_eq!(worker["address"], "aws_iam_role.worker");
    assert_eq!(
        worker["policy"],
        json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Action": ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
            "Resource": ["${aws_sqs_queue.jobs.arn}"]}]})
    );
    assert_eq!(worker["wholly_known"], false);
    assert_eq!(
        worker["not_known"],
        json!(["what the code of `aws_lambda_function.worker` calls is not in the configuration"])
    );
}

#[test]
fn a_declaration_beside_the_configuration_joins() {
    let declared = json!({"principals": {"aws_iam_role.worker": [
        {"actions": ["sqs:SendMessage"], "resources": ["${aws_sqs_queue.jobs.arn}"]}]}});
    let folder = folder(&[("main.tf.json", worker()), ("policy.needs.json", declared)]);
    let report = report(&mut policy(&folder, &["--format", "json"]));
    let worker = &report["principals"][0];
    assert_eq!(worker["wholly_known"], true);
    assert_eq!(worker["policy"]["Statement"][0]["Action"].as_array().unwrap().len(), 4);
}

#[test]
fn a_reader_sees_the_way_to_each_need() {
    let folder = folder(&[("main.tf.json", worker())]);
    policy(&folder, &[])
        .assert()
        .code(0)
        .stdout(contains("aws_iam_role.worker needs at least this:\n{\n"))
        .stdout(contains("`aws_lambda_event_source_mapping.jobs` reads from `aws_sqs_queue.jobs`"))
        .stdout(contains("   = perhaps `logs:CreateLogStream`, `logs:PutLogEvents`"))
        .stdout(contains("1 principal, 1 of whose needs not all are known"));
}

#[test]
fn a_configuration_without_principals_needs_nothing() {
    policy(&folder(&[("main.tf.json", json!({}))]), &[])
        .assert()
        .code(0)
        .stdout("0 principals, 0 of whose needs not all are known\n");
}

#[test]
fn what_cannot_be_read_exits_2() {
    let broken = folder(&[("main.tf.json", worker()), ("policy.needs.json", json!({"principals": 7}))]);
    policy(&broken, &[]).assert().code(2).stderr(contains("`principals` belongs here"));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("main.tf.json"), "{").unwrap();
    policy(&folder, &[]).assert().code(2);
}

#[test]
fn an_instance_is_written_as_terraform_reads_it() {
    let mut worker = worker();
    worker["resource"]["aws_sqs_queue"]["jobs"] = json!({"for_each": "${var.queues}", "name": "${each.key}"});
    worker["resource"]["aws_lambda_event_source_mapping"]["jobs"]["event_source_arn"] =
        json!("${aws_sqs_queue.jobs[\"new\"].arn}");
    let report = report(&mut policy(&folder(&[("main.tf.json", worker)]), &["--format", "json"]));
    let resource = &report["principals"][0]["policy"]["Statement"][0]["Resource"];
    assert_eq!(*resource, json!(["${aws_sqs_queue.jobs[\"new\"].arn}"]));
}
