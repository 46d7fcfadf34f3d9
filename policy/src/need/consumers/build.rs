//! CodeBuild and CodePipeline.

use super::super::derivation::Use;
use super::super::kind::Kind;
use super::super::reading::WRITE_LOGS;
use super::super::thing::Part;
use super::{Acts, Consumer, Grant, Row, below, images, whole};
use crate::known::Later;
use crate::node::Node;
use crate::terraform::blocks_in;

/// Reading and writing the artifacts of builds (AWS CodeBuild user guide, "Allow CodeBuild to interact with other AWS
/// services").
const ARTIFACTS: &[Grant] = &[
    whole(Kind::Bucket, &["s3:GetBucketAcl", "s3:GetBucketLocation"]),
    below(Kind::Bucket, "/*", &["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]),
];

pub(super) static CONSUMERS: &[Consumer] = &[
    Consumer {
        type_name: "aws_codebuild_project",
        within: &[],
        role: "service_role",
        service: &["codebuild.amazonaws.com"],
        acts: Acts::Code,
        needs: &[],
        more: project,
    },
    // AWS CodePipeline user guide, "Manage the CodePipeline service role".
    Consumer {
        type_name: "aws_codepipeline",
        within: &[],
        role: "role_arn",
        service: &["codepipeline.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row {
            at: &["artifact_store", "location"],
            doing: "keeps artifacts in",
            grants: &[
                whole(Kind::Bucket, &["s3:GetBucketVersioning"]),
                below(Kind::Bucket, "/*", &["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]),
            ],
        }],
        more: pipeline,
    },
];

fn project(used: &mut Use<'_, '_>) {
    for artifacts in ["artifacts", "secondary_artifacts"] {
        if used.says(&[artifacts, "type"], "S3") {
            for (bucket, span) in used.things(&[artifacts, "location"], &[Kind::Bucket]) {
                used.granted(&bucket, ARTIFACTS, "keeps artifacts in", span);
            }
        }
    }
    logs(used);
    for environment in blocks_in(used.body, "environment") {
        if used.says(&["environment", "image_pull_credentials_type"], "SERVICE_ROLE") {
            for image in crate::terraform::values_in(environment, &["image"]) {
                used.pulls(image, images::PULL);
            }
        }
        for variable in blocks_in(environment, "environment_variable") {
            injected(used, variable);
        }
    }
    if let Some(network) = blocks_in(used.body, "vpc_config").first() {
        used.enters_network(network.span);
        let described = [
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
        ];
        used.needs_everywhere(&described, "runs inside of a network", network.span);
    }
}

/// AWS CodeBuild user guide, "Change a build project's settings": logs go to `/aws/codebuild/NAME` unless said otherwise.
fn logs(used: &mut Use<'_, '_>) {
    if used.says(&["logs_config", "cloudwatch_logs", "status"], "DISABLED") {
        return;
    }
    for (group, span) in used.things(&["logs_config", "cloudwatch_logs", "group_name"], &[Kind::LogGroup]) {
        used.needs(WRITE_LOGS, &group, Part::Below(":*"), "writes logs to", span);
    }
}

fn injected(used: &mut Use<'_, '_>, variable: &Node) {
    let kind = variable.member("type").and_then(|member| member.value.literal()).unwrap_or("PLAINTEXT");
    let Some(value) = variable.member("value").map(|member| &member.value) else { return };
    match kind {
        "PARAMETER_STORE" => used.injected(value, "injects"),
        "SECRETS_MANAGER" => secret(used, value),
        _ => used.is_told_of(value),
    }
}

/// A secret by name or ARN, with the key of its JSON after a colon (AWS CodeBuild user guide, "Build environment variables").
fn secret(used: &mut Use<'_, '_>, value: &Node) {
    let by_name = value.as_text().filter(|text| text.hole(0).is_none() && !text.as_str().starts_with("arn:"));
    let name = by_name.map(|text| text.slice(0..text.as_str().find(':').unwrap_or(text.as_str().len())));
    let named = name.map(Node::text);
    match used.thing(named.as_ref().unwrap_or(value), &[Kind::Secret]) {
        Ok(Some(thing)) => {
            used.needs(&["secretsmanager:GetSecretValue"], &thing, Part::Whole, "injects", value.span);
        }
        Ok(None) => {}
        Err(later) => used.open(&later),
    }
}

fn pipeline(used: &mut Use<'_, '_>) {
    for stage in blocks_in(used.body, "stage") {
        for action in blocks_in(stage, "action") {
            let provider = action.member("provider").and_then(|member| member.value.literal());
            let configuration = |name| crate::terraform::values_in(action, &["configuration", name]);
            let (argument, kinds, doing, actions): (_, &[Kind], _, &[&str]) = match provider {
                Some("CodeBuild") => (
                    "ProjectName",
                    &[Kind::Project],
                    "builds with",
                    &["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
                ),
                Some("CodeStarSourceConnection") => (
                    "ConnectionArn",
                    &[Kind::Connection],
                    "takes sources from",
                    &["codestar-connections:UseConnection"],
                ),
                Some("Lambda") => ("FunctionName", &[Kind::Function], "invokes", &["lambda:InvokeFunction"]),
                Some("Manual") => continue,
                _ => {
                    let why = "what this action needs is not known here".to_owned();
                    used.open(&Later { span: action.span, why });
                    continue;
                }
            };
            for node in configuration(argument) {
                match used.thing(node, kinds) {
                    Ok(Some(thing)) => used.needs(actions, &thing, Part::Whole, doing, node.span),
                    Ok(None) => {}
                    Err(later) => used.open(&later),
                }
            }
        }
    }
}
