//! Places whose content anyone who may describe the resource can read.

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

/// Whether a path leads into a plain environment of the block.
#[must_use]
pub fn is_plain_environment(block: &Block, path: &[String]) -> bool {
    block.kind == Kind::Resource
        && ENVIRONMENTS.iter().any(|(type_name, start)| {
            *type_name == block.type_name()
                && path.len() > start.len()
                && start.iter().zip(path).all(|(expected, step)| expected == step)
        })
}

/// Whether a path leads to something shown in consoles and lists: an environment, a tag, a
/// description.
#[must_use]
pub fn is_shown(block: &Block, path: &[String]) -> bool {
    let Some(first) = path.first() else {
        return false;
    };
    is_plain_environment(block, path)
        || (block.kind == Kind::Resource && matches!(first.as_str(), "tags" | "tags_all" | "description"))
}
