//! Equal documents have equal needs, however they are written: JSON in both spellings, HCL, plans.

use std::collections::BTreeSet;

use policy::need;
use serde_json::{Value, json};

use crate::configuration::{blocks, needs_of, pairs, role};

fn resources() -> Value {
    let containers = json!([{"name": "a", "image": "${aws_ecr_repository.a.repository_url}:1",
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "${aws_cloudwatch_log_group.a.name}"}}}]);
    json!({
        "aws_ecr_repository": {"a": {"name": "a"}},
        "aws_cloudwatch_log_group": {"a": {"name": "/a"}},
        "aws_iam_role": {"r": role("r", "ecs-tasks.amazonaws.com")},
        "aws_ecs_task_definition": {"a": {
            "execution_role_arn": "${aws_iam_role.r.arn}", "container_definitions": containers.to_string()}},
    })
}

/// Every block as the one element of an array.
fn in_arrays(resources: &Value) -> Value {
    let types = resources.as_object().unwrap().iter().map(|(kind, named)| {
        let named = named.as_object().unwrap().iter().map(|(name, block)| json!({name: [block]}));
        json!({kind: named.collect::<Vec<_>>()})
    });
    json!(types.collect::<Vec<_>>())
}

const NATIVE: &str = r#"
resource "aws_ecr_repository" "a" { name = "a" }
resource "aws_cloudwatch_log_group" "a" { name = "/a" }
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}
locals {
  logs = { logDriver = "awslogs", options = { "awslogs-group" = aws_cloudwatch_log_group.a.name } }
}
resource "aws_ecs_task_definition" "a" {
  execution_role_arn = aws_iam_role.r.arn
  container_definitions = jsonencode([
    { name = "a", image = "${aws_ecr_repository.a.repository_url}:1", logConfiguration = local.logs },
  ])
}
"#;

fn needed(name: &str, content: String) -> BTreeSet<(String, String)> {
    let needs = needs_of(&blocks(&[(name, content)]));
    let principal = &needs.principals["aws_iam_role.r"];
    assert_eq!(principal.open, [], "{name}");
    pairs(&needs).remove("aws_iam_role.r").unwrap()
}

#[test]
fn spellings_of_a_configuration_need_the_same() {
    let expected = needed("main.tf.json", json!({"resource": resources()}).to_string());
    assert_eq!(expected.len(), 6);
    assert_eq!(needed("main.tf.json", json!({"resource": in_arrays(&resources())}).to_string()), expected);
    assert_eq!(needed("main.tf", NATIVE.to_owned()), expected);
}

#[test]
fn a_state_says_the_same_in_arns() {
    let of = |kind: &str, name: &str, values: Value| json!({"address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name, "values": values});
    let mut resources = resources();
    let arn = "arn:aws:iam::111122223333:role/r";
    let group = "arn:aws:logs:us-east-1:111122223333:log-group:/a";
    let url = "111122223333.dkr.ecr.us-east-1.amazonaws.com/a";
    resources["aws_iam_role"]["r"]["arn"] = json!(arn);
    resources["aws_cloudwatch_log_group"]["a"]["arn"] = json!(group);
    resources["aws_ecr_repository"]["a"]["repository_url"] = json!(url);
    resources["aws_ecs_task_definition"]["a"]["execution_role_arn"] = json!(arn);
    let containers = json!([{"name": "a", "image": format!("{url}:1"),
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/a"}}}]);
    resources["aws_ecs_task_definition"]["a"]["container_definitions"] = json!(containers.to_string());
    let mut all = Vec::new();
    for (kind, named) in resources.as_object().unwrap() {
        all.extend(named.as_object().unwrap().iter().map(|(name, values)| of(kind, name, values.clone())));
    }
    let state = json!({"format_version": "1.0", "terraform_version": "1.11.4",
        "values": {"root_module": {"resources": all}}});
    let expected = needed("main.tf.json", json!({"resource": self::resources()}).to_string());
    assert_eq!(needed("state.json", state.to_string()), expected);
}

#[test]
fn a_role_of_a_module_is_found_where_its_arn_is_given() {
    let blocks = |root: &str, child: &str| {
        let mut sources = policy::Sources::default();
        let files = [("main.tf", root), ("child.tf", child)];
        let ids = files.map(|(name, text)| sources.add(name, text));
        let mut configuration = policy::terraform::Configuration::of(
            std::path::Path::new("root"),
            policy::terraform::Folder::read(&sources, &ids[..1]),
        );
        configuration.add("root/child".into(), policy::terraform::Folder::read(&sources, &ids[1..]));
        let mut unread = Vec::new();
        let mut blocks = configuration.blocks(&mut unread);
        policy::evaluate::evaluate(&mut blocks, &mut unread);
        let policies = policy::iam::find(&blocks, &mut unread);
        need::derive(&blocks, &policies, &mut unread)
    };
    let root = r#"
resource "aws_iam_role" "r" { assume_role_policy = "{}" }
resource "aws_sfn_state_machine" "m" { name = "m" }
module "child" {
  source = "./child"
  role   = aws_iam_role.r.arn
  target = aws_sfn_state_machine.m.arn
}
"#;
    let child = r#"
variable "role" {}
variable "target" {}
resource "aws_cloudwatch_event_target" "t" {
  arn      = var.target
  role_arn = var.role
}
"#;
    let needs = blocks(root, child);
    let because: Vec<&str> =
        needs.principals["aws_iam_role.r"].needs.iter().map(|need| need.because.as_str()).collect();
    assert_eq!(
        because,
        ["`module.child.aws_cloudwatch_event_target.t` delivers to `aws_sfn_state_machine.m`"]
    );
}

#[test]
fn what_terraform_plans_needs_what_the_configuration_does() {
    let report = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/access").join(name);
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("policy"));
        let output = command.args(["needs", "--format", "json"]).arg(path).assert().code(0);
        serde_json::from_slice::<Value>(&output.get_output().stdout).unwrap()
    };
    let expected = report("native");
    assert_eq!(expected["principals"][0]["needs"].as_array().unwrap().len(), 3);
    for name in ["json", "native.plan.json", "json.plan.json"] {
        assert_eq!(report(name), expected, "{name}");
    }
}

#[test]
fn an_instance_of_a_plan_is_one_block() {
    let planned = |kind: &str, name: &str, values: Value| {
        json!({"address": format!("{kind}.{name}[\"a\"]"), "mode": "managed", "type": kind, "name": name, "index": "a",
            "values": values})
    };
    let resource = |kind: &str, name: &str, expressions: Value| json!({"mode": "managed", "type": kind, "name": name, "expressions": expressions});
    let reference = |to: &str| json!({"references": [to]});
    let queue = "aws_sqs_queue.q[\"a\"].arn";
    let plan = json!({
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [
            planned("aws_sqs_queue", "q", json!({"name": "a"})),
            planned("aws_iam_role", "r", json!({"name": "r"})),
            planned("aws_cloudwatch_event_target", "t", json!({})),
        ]}},
        "resource_changes": [{"address": "aws_pipes_pipe.p", "mode": "managed", "type": "aws_pipes_pipe", "name": "p",
            "change": {"actions": ["create"], "before": null, "after": {},
                "after_unknown": {"role_arn": true, "target": true}}}],
        "configuration": {"root_module": {"resources": [
            resource("aws_sqs_queue", "q", json!({"name": {"constant_value": "a"}})),
            resource("aws_pipes_pipe", "p", json!({"role_arn": reference("aws_iam_role.r[\"a\"].arn"),
                "target": reference(queue)})),
        ]}},
    });
    let needs = needs_of(&blocks(&[("plan.json", plan.to_string())]));
    let needs = &needs.principals["aws_iam_role.r[\"a\"]"].needs;
    assert_eq!(needs[0].resource.written(), "${aws_sqs_queue.q[\"a\"].arn}");
}
