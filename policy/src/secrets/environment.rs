//! Places whose content anyone who may describe the resource can read.

use super::walk::places;
use crate::known::Later;
use crate::node::Value;
use crate::terraform::{Block, Kind};

/// Arguments that hold a plain environment: resource type and path (schema of hashicorp/aws
/// 5.100.0). Lists of `{"name": …, "value": …}` have their `name` as the name of the value.
const ENVIRONMENTS: &[(&str, &[&str])] = &[
    ("aws_amplify_app", &["environment_variables"]),
    ("aws_amplify_branch", &["environment_variables"]),
    (
        "aws_apprunner_service",
        &[
            "source_configuration",
            "code_repository",
            "code_configuration",
            "code_configuration_values",
            "runtime_environment_variables",
        ],
    ),
    (
        "aws_apprunner_service",
        &["source_configuration", "image_repository", "image_configuration", "runtime_environment_variables"],
    ),
    ("aws_batch_job_definition", &["container_properties", "environment"]),
    ("aws_codebuild_project", &["environment", "environment_variable"]),
    ("aws_ecs_task_definition", &["container_definitions", "environment"]),
    ("aws_elastic_beanstalk_environment", &["setting"]),
    ("aws_glue_job", &["default_arguments"]),
    ("aws_lambda_function", &["environment", "variables"]),
    ("aws_lightsail_container_service_deployment_version", &["container", "environment"]),
    ("aws_sagemaker_model", &["container", "environment"]),
    ("aws_sagemaker_model", &["primary_container", "environment"]),
];

/// The paths of the plain environments of a block.
fn environments(block: &Block) -> impl Iterator<Item = &'static [&'static str]> {
    let is_resource = block.kind == Kind::Resource;
    let of_type = move |(type_name, _): &&(&str, &[&str])| is_resource && *type_name == block.type_name();
    ENVIRONMENTS.iter().filter(of_type).map(|(_, path)| *path)
}

/// Whether a path leads to a plain environment of the block, or into one.
#[must_use]
pub fn is_plain_environment(block: &Block, path: &[String]) -> bool {
    environments(block).any(|start| path.len() >= start.len() && agree(start, path))
}

/// The values that would say what a plain environment holds, and that nobody knows yet.
#[must_use]
pub fn unknown_environments(block: &Block) -> Vec<Later> {
    let mut unknown = Vec::new();
    if environments(block).next().is_none() {
        return unknown;
    }
    places(&block.body, "", &mut |path, _, leaf| {
        let encoded = matches!(&leaf.value, Value::Call(call) if call.name == "jsonencode");
        let holds_one = |start: &[&str]| path.len() <= start.len() && agree(start, path);
        // The parts of an expression follow it.
        let inside = unknown.last().is_some_and(|outer: &Later| outer.span.overlaps(leaf.span));
        if leaf.is_later() && !encoded && !inside && !path.is_empty() && environments(block).any(holds_one) {
            unknown.push(Later::of(leaf));
        }
    });
    unknown
}

/// Whether both paths are the same as far as the shorter one goes.
fn agree(start: &[&str], path: &[String]) -> bool {
    start.iter().zip(path).all(|(expected, step)| expected == step)
}
