//! Terraform's JSON form says the same.

use std::collections::BTreeMap;

use synth_convert::{Output, Problems, Target};

use crate::{BINDINGS, convert, left};

fn try_json(text: &str) -> Result<Output, Problems> {
    let files = BTreeMap::from([("main.tf.json".to_owned(), text.to_owned())]);
    synth_convert::convert("shop", &files, Target::Program, &BINDINGS)
}

fn json(text: &str) -> Output {
    try_json(text).expect("it is Terraform's")
}

const HCL: &str = r#"
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
  backend "s3" { bucket = "state" }
}
variable "rules" {
  type        = list(object({ port = number }))
  description = "$${x}"
  default     = [{ port = 80 }]
}
resource "aws_security_group" "web" {
  count       = length(var.rules)
  name        = "web-${count.index}"
  description = "of ${path.module}"
  depends_on  = [aws_ecr_repository.images]
  lifecycle {
    ignore_changes = [tags["a"]]
  }
}
resource "aws_ecr_repository" "images" {
  name = "images"
  image_scanning_configuration { scan_on_push = true }
}
data "aws_iam_policy_document" "it" {
  dynamic "statement" {
    for_each = var.rules
    iterator = rule
    content {
      actions = ["s3:${rule.value.port}"]
      principals {
        type        = "AWS"
        identifiers = ["*"]
      }
    }
  }
}
"#;

const JSON: &str = r#"{
  "//": "a comment",
  "terraform": {
    "required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.0"}},
    "backend": {"s3": {"bucket": "state"}}
  },
  "variable": {"rules": {"type": "list(object({ port = number }))", "description": "${x}", "default": [{"port": 80}]}},
  "resource": {
    "aws_security_group": {"web": [{
      "count": "${length(var.rules)}", "name": "web-${count.index}", "description": "of ${path.module}",
      "depends_on": ["aws_ecr_repository.images"], "lifecycle": {"ignore_changes": ["tags[\"a\"]"]}
    }]},
    "aws_ecr_repository": {"images": {"name": "images", "image_scanning_configuration": [{"scan_on_push": true}]}}
  },
  "data": {"aws_iam_policy_document": {"it": {"dynamic": {"statement": {
    "for_each": "${var.rules}", "iterator": "rule",
    "content": {"actions": ["s3:${rule.value.port}"], "principals": {"type": "AWS", "identifiers": ["*"]}}
  }}}}}
}"#;

/// The statements of a program, whatever their order.
fn statements(output: &Output) -> Vec<String> {
    let mut all: Vec<String> =
        output.files["src/main.rs"].split(";\n").map(|one| one.trim().to_owned()).collect();
    all.sort();
    all
}

/// Calls on one builder, whatever their order: an object of JSON has none.
fn calls(statement: &str) -> Vec<&str> {
    let mut calls: Vec<&str> =
        statement.split(['\n', '.']).map(|call| call.trim().trim_end_matches(',')).collect();
    calls.sort_unstable();
    calls
}

#[test]
fn both_forms_of_a_configuration_become_the_same_statements() {
    let (hcl, json) = (convert(HCL), json(JSON));
    let (hcl, json) = (statements(&hcl), statements(&json));
    let calls_of = |all: &[String]| -> Vec<Vec<String>> {
        let mut all: Vec<Vec<String>> =
            all.iter().map(|one| calls(one).into_iter().map(str::to_owned).collect()).collect();
        all.sort();
        all
    };
    assert_eq!(calls_of(&hcl), calls_of(&json));
}

#[test]
fn documents_of_synth_are_converted_whole() {
    for system in
        ["action-spec", "ansari-whatsapp/production", "carat", "everruns/production", "invoice/dev-network"]
    {
        let path = format!("{}/../../fixtures/{system}/main.tf.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let output = json(&text);
        assert_eq!(left(&output), Vec::<String>::new(), "{system}");
        assert!(!output.files["src/main.rs"].contains("verbatim::<"), "{system}");
    }
}

#[test]
fn what_is_no_json_is_shown_with_its_line() {
    let problems = try_json("{\n  \"resource\": ]\n}").expect_err("it is no JSON");
    assert!(problems.to_string().contains("--> main.tf.json:2:"), "{problems}");
    assert!(try_json("[]").is_err());
}

#[test]
fn an_empty_object_is_an_empty_stack() {
    assert_eq!(statements(&json("{}")), statements(&convert("")));
}

#[test]
fn text_that_is_no_template_stays_text() {
    let output = json(r#"{"output": {"it": {"value": "${ not a template"}}}"#);
    assert!(output.files["src/main.rs"].contains(r#"Output::of::<String>("${ not a template")"#));
}
