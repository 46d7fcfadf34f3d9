//! The command: what it prints, for which phase, and with which exit code.

use std::collections::BTreeSet;
use std::fs;

use policy::deployer::MAX_CHARACTERS;
use predicates::str::{contains, is_empty};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::policy;

const QUEUE: &str = r#"{"provider": {"aws": {"region": "eu-west-1", "allowed_account_ids": ["111122223333"]}},
    "resource": {"aws_sqs_queue": {"jobs": {"name": "jobs"}}}}"#;

fn folder(name: &str, document: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), document).unwrap();
    folder
}

/// What the command prints for a folder.
fn printed(folder: &TempDir, options: &[&str]) -> Value {
    let mut arguments = vec!["deployer", folder.path().to_str().unwrap()];
    arguments.extend(options);
    serde_json::from_slice(&policy(&arguments).assert().get_output().stdout).unwrap()
}

fn statements(printed: &Value) -> Vec<&Value> {
    let policies: Vec<&Value> = match printed {
        Value::Array(several) => several.iter().collect(),
        one => vec![one],
    };
    policies.into_iter().flat_map(|policy| policy["Statement"].as_array().unwrap()).collect()
}

fn actions(printed: &Value) -> BTreeSet<String> {
    let all = statements(printed).into_iter().flat_map(|statement| statement["Action"].as_array().unwrap());
    all.map(|action| action.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_policy_has_statements_by_service_and_phase() {
    let folder = folder("main.tf.json", QUEUE);
    let queue = json!(["arn:aws:sqs:eu-west-1:111122223333:jobs"]);
    assert_eq!(
        printed(&folder, &[]),
        json!({"Version": "2012-10-17", "Statement": [
            {"Sid": "SqsPlan", "Effect": "Allow", "Resource": queue,
             "Action": ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"]},
            {"Sid": "SqsApply", "Effect": "Allow", "Resource": queue,
             "Action": ["sqs:CreateQueue", "sqs:SetQueueAttributes"]},
            {"Sid": "SqsDestroy", "Effect": "Allow", "Resource": queue, "Action": ["sqs:DeleteQueue"]},
            {"Sid": "StsPlan", "Effect": "Allow", "Resource": ["*"], "Action": ["sts:GetCallerIdentity"]},
        ]})
    );
    policy(&["deployer", folder.path().to_str().unwrap()]).assert().code(0).stderr(is_empty());
}

#[test]
fn a_phase_has_what_it_needs_and_no_more() {
    let folder = folder("main.tf.json", QUEUE);
    let of = |phase: &str| actions(&printed(&folder, &["--phase", phase]));
    let (plan, apply, destroy) = (of("plan"), of("apply"), of("destroy"));
    assert!(plan.is_subset(&apply) && plan.is_subset(&destroy));
    assert!(apply.contains("sqs:CreateQueue") && !apply.contains("sqs:DeleteQueue"));
    assert!(destroy.contains("sqs:DeleteQueue") && !destroy.contains("sqs:CreateQueue"));
    assert_eq!(of("all"), &apply | &destroy);
}

#[test]
fn both_syntaxes_give_the_same_policy() {
    let native = r#"
        provider "aws" {
          region              = "eu-west-1"
          allowed_account_ids = ["111122223333"]
        }
        resource "aws_sqs_queue" "jobs" { name = "jobs" }
    "#;
    assert_eq!(printed(&folder("main.tf", native), &[]), printed(&folder("main.tf.json", QUEUE), &[]));
}

#[test]
fn a_plan_gives_a_policy_too() {
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/access/json.plan.json");
    let output =
        policy(&["deployer", "--region", "eu-west-1", "--account", "111122223333", plan]).assert().code(0);
    let printed: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert!(actions(&printed).iter().any(|action| action.starts_with("iam:Create")), "{printed}");
}

#[test]
fn the_place_is_given_where_the_document_does_not_say_it() {
    let folder = folder("main.tf.json", r#"{"resource": {"aws_sqs_queue": {"jobs": {"name": "jobs"}}}}"#);
    let said = printed(&folder, &["--region", "cn-north-1", "--account", "111122223333"]);
    assert_eq!(statements(&said)[0]["Resource"], json!(["arn:aws-cn:sqs:cn-north-1:111122223333:jobs"]));
    let path = folder.path().to_str().unwrap();
    policy(&["deployer", path]).assert().code(0).stderr(contains("no region is written"));
    policy(&["deployer", path, "--account", "1"]).assert().code(2).stderr(contains("twelve digits"));
}

#[test]
fn an_explanation_says_which_block_needs_what() {
    let folder = folder("main.tf.json", QUEUE);
    let explained = policy(&["deployer", folder.path().to_str().unwrap(), "--explain"]).assert().code(0);
    explained
        .stdout(contains(
            "aws_sqs_queue.jobs\n   plan: sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:ListQueueTags\n",
        ))
        .stdout(contains("      on arn:aws:sqs:eu-west-1:111122223333:jobs\n"))
        .stdout(contains("2 blocks need 7 actions\n"));
}

#[test]
fn nothing_needs_no_policy() {
    let folder = folder("main.tf.json", r#"{"resource": {"random_pet": {"a": {}}}}"#);
    assert_eq!(printed(&folder, &[]), json!([]));
}

#[test]
fn what_is_not_known_exits_2_with_the_rest_of_the_policy() {
    let document =
        r#"{"resource": {"aws_sqs_queue": {"jobs": {"name": "jobs"}}, "aws_not_a_type": {"a": {}}}}"#;
    let folder = folder("main.tf.json", document);
    let output = policy(&["deployer", folder.path().to_str().unwrap()]).assert().code(2);
    output
        .stdout(contains("sqs:CreateQueue"))
        .stderr(contains("undecided: aws_not_a_type.a: which permissions"));
    policy(&["deployer", "not-there.tf.json"]).assert().code(2);
}

#[test]
fn many_resources_make_several_policies_that_fit_and_lose_nothing() {
    let bucket =
        |at: usize| (format!("b{at}"), json!({"bucket": format!("a-bucket-with-a-long-name-{at:06}")}));
    let buckets: Map<String, Value> = (0..400).map(bucket).collect();
    let document = json!({"resource": {"aws_s3_bucket": buckets}});
    let folder = folder("main.tf.json", &document.to_string());
    let printed = printed(&folder, &["--region", "eu-west-1", "--account", "111122223333"]);
    let policies = printed.as_array().unwrap();
    assert!(policies.len() > 1);
    for policy in policies {
        assert!(policy.to_string().len() <= MAX_CHARACTERS, "{}", policy.to_string().len());
    }
    let deletes = statements(&printed).into_iter().filter(|one| one["Action"] == json!(["s3:DeleteBucket"]));
    assert_eq!(deletes.map(|one| one["Resource"].as_array().unwrap().len()).sum::<usize>(), 400);
    let sids: Vec<&Value> = statements(&printed).into_iter().map(|one| &one["Sid"]).collect();
    assert_eq!(sids.iter().map(|sid| sid.to_string()).collect::<BTreeSet<_>>().len(), sids.len());
}
