//! What a configuration says and no plan shows: lifecycles, moves, the backend. The version of terraform that a document
//! requires follows from what is in it.

use std::collections::BTreeSet;

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};
use localstack_tests::Failure;
use serde_json::Value;

use crate::tree::Module;

/// Each setting as a line, `aws_s3_bucket.this.lifecycle.prevent_destroy = true`.
pub(crate) type Settings = BTreeSet<String>;

/// Those of the files of a module.
pub(crate) fn of_files(module: &Module) -> Result<Settings, Failure> {
    let mut found = Settings::new();
    for (name, text) in module {
        let body: Body = text.parse().map_err(|error| format!("{name}: {error}"))?;
        for block in body.blocks() {
            match block.ident.as_str() {
                "resource" | "data" => {
                    for lifecycle in block.body.get_blocks("lifecycle") {
                        attributes(&format!("{}.lifecycle", address(block)), &lifecycle.body, &mut found);
                    }
                }
                "moved" => {
                    found.insert(format!("moved {} -> {}", said(block, "from"), said(block, "to")));
                }
                "terraform" => {
                    for backend in block.body.get_blocks("backend") {
                        attributes(
                            &format!("terraform.backend.{}", address(backend)),
                            &backend.body,
                            &mut found,
                        );
                    }
                }
                _ => {}
            }
        }
    }
    Ok(found)
}

fn address(block: &Block) -> String {
    let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
    labels.join(".")
}

fn attributes(path: &str, body: &Body, found: &mut Settings) {
    for attribute in body.attributes() {
        // One at a time: an order says nothing.
        let values: Vec<&Expression> = match &attribute.value {
            Expression::Array(array) => array.iter().collect(),
            value => vec![value],
        };
        // Terraform prevents nothing unless it is told to.
        for value in values.into_iter().filter(|value| value.as_bool() != Some(false)) {
            found.insert(format!("{path}.{} = {}", attribute.key.as_str(), text(value)));
        }
    }
}

fn said(block: &Block, attribute: &str) -> String {
    block.body.get_attribute(attribute).map(|attribute| text(&attribute.value)).unwrap_or_default()
}

fn text(value: &Expression) -> String {
    match value {
        Expression::String(text) => text.to_string(),
        value => value.to_string().split_whitespace().collect(),
    }
}

/// Those of a document.
pub(crate) fn of_document(document: &str) -> Result<Settings, Failure> {
    let document: Value = serde_json::from_str(document)?;
    let mut found = Settings::new();
    for kind in ["resource", "data"] {
        for (resource_type, named) in members(&document[kind]) {
            for (name, body) in members(named) {
                for lifecycle in objects(&body["lifecycle"]) {
                    members_of(&format!("{resource_type}.{name}.lifecycle"), lifecycle, &mut found);
                }
            }
        }
    }
    for moved in objects(&document["moved"]) {
        found.insert(format!("moved {} -> {}", plain(&moved["from"]), plain(&moved["to"])));
    }
    for terraform in objects(&document["terraform"]) {
        for (kind, backend) in members(&terraform["backend"]) {
            members_of(&format!("terraform.backend.{kind}"), backend, &mut found);
        }
    }
    Ok(found)
}

fn members_of(path: &str, object: &Value, found: &mut Settings) {
    for (key, value) in members(object) {
        match value {
            Value::Object(_) | Value::Bool(false) => {}
            // Blocks: conditions are among the checks of a plan.
            Value::Array(items) if items.iter().any(Value::is_object) => {}
            Value::Array(items) => {
                found.extend(items.iter().map(|item| format!("{path}.{key} = {}", plain(item))));
            }
            value => {
                found.insert(format!("{path}.{key} = {}", plain(value)));
            }
        }
    }
}

/// What is written in place of an expression.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim_start_matches("${").trim_end_matches('}').to_owned(),
        value => value.to_string(),
    }
}

fn members(value: &Value) -> Vec<(&String, &Value)> {
    objects(value).into_iter().filter_map(Value::as_object).flatten().collect()
}

/// HCL lets a block be an object or an array of objects (json/spec.md, "Blocks").
fn objects(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Null => Vec::new(),
        value => vec![value],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &str = r#"
terraform {
  required_version = ">= 1.5"
  backend "s3" {
    bucket = "state"
  }
}
resource "aws_sqs_queue" "jobs" {
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [tags["a b"], name]
    precondition {
      condition     = true
      error_message = "never"
    }
  }
}
moved {
  from = aws_sqs_queue.old[0]
  to   = aws_sqs_queue.jobs
}
"#;

    const DOCUMENT: &str = r#"{
        "terraform": { "required_version": ">= 1.5", "backend": { "s3": { "bucket": "state" } } },
        "resource": { "aws_sqs_queue": { "jobs": { "lifecycle": [{
            "prevent_destroy": true, "ignore_changes": ["name", "tags[\"ab\"]"],
            "precondition": [{ "condition": "${true}", "error_message": "never" }]
        }] } } },
        "moved": [{ "from": "aws_sqs_queue.old[0]", "to": "aws_sqs_queue.jobs" }]
    }"#;

    fn files(text: &str) -> Settings {
        of_files(&Module::from([("main.tf".to_owned(), text.to_owned())])).unwrap()
    }

    #[test]
    fn files_and_documents_say_the_same() {
        let expected = [
            "aws_sqs_queue.jobs.lifecycle.ignore_changes = name",
            "aws_sqs_queue.jobs.lifecycle.ignore_changes = tags[\"ab\"]",
            "aws_sqs_queue.jobs.lifecycle.prevent_destroy = true",
            "moved aws_sqs_queue.old[0] -> aws_sqs_queue.jobs",
            "terraform.backend.s3.bucket = state",
        ];
        assert_eq!(files(FILES).into_iter().collect::<Vec<_>>(), expected);
        assert_eq!(of_document(DOCUMENT).unwrap().into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn without_any_there_are_none() {
        assert_eq!(files("variable \"a\" {}\n"), Settings::new());
        assert_eq!(of_document("{}").unwrap(), Settings::new());
    }
}
