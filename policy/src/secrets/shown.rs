//! Places whose content is shown in consoles, lists and logs, whoever may read the secret itself.

use super::environment::is_plain_environment;
use crate::terraform::{Block, Kind};

/// Arguments of any resource that are shown in every list of such resources.
const LISTED: &[&str] = &[
    "bucket",
    "bucket_prefix",
    "comment",
    "description",
    "identifier",
    "identifier_prefix",
    "name",
    "name_prefix",
    "tags",
    "tags_all",
];

/// Arguments, at any depth, that are scripts for instances: whoever may describe the instance reads
/// them, and so does every process on it (EC2 User Guide, "Run commands when you launch an EC2
/// instance with user data input").
const USER_DATA: &[&str] = &["user_data", "user_data_base64"];

/// Arguments of one resource type that are shown with it (schema of hashicorp/aws 5.100.0).
const OF_TYPE: &[(&str, &str)] = &[
    ("aws_api_gateway_stage", "variables"),
    ("aws_apigatewayv2_stage", "stage_variables"),
    ("aws_cloudfront_function", "code"),
    ("aws_cloudwatch_event_target", "input"),
    ("aws_cloudwatch_event_target", "input_transformer"),
    ("aws_scheduler_schedule", "target"),
    ("aws_sfn_state_machine", "definition"),
    ("aws_ssm_document", "content"),
];

/// Whether a path leads to a place of the block that is shown.
#[must_use]
pub fn is_shown(block: &Block, path: &[String]) -> bool {
    let (Some(first), Some(last)) = (path.first(), path.last()) else {
        return false;
    };
    if block.kind != Kind::Resource {
        return false;
    }
    is_plain_environment(block, path)
        || LISTED.contains(&first.as_str())
        || USER_DATA.contains(&last.as_str())
        || OF_TYPE.contains(&(block.type_name(), first.as_str()))
        || is_plain_parameter(block, first)
        || is_command(path)
}

/// The value of a parameter that is not encrypted (Systems Manager User Guide, "Parameter types").
fn is_plain_parameter(block: &Block, argument: &str) -> bool {
    let kind = || block.body.member("type").and_then(|member| member.value.literal());
    block.type_name() == "aws_ssm_parameter"
        && matches!(argument, "value" | "insecure_value")
        && matches!(kind(), Some("String" | "StringList"))
}

/// What a provisioner runs, which Terraform prints.
fn is_command(path: &[String]) -> bool {
    matches!(path, [provisioner, _, key] if provisioner == "provisioner" && (key == "command" || key == "inline"))
}
