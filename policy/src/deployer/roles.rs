//! Roles that a block gives to services (`iam:PassRole`), and roles that services make for themselves.

use std::collections::BTreeSet;

use super::arns::Subject;
use super::names::{Name, Names};
use super::need::{Condition, Need, Phase};
use super::operations;
use super::place::Place;
use super::table::Entry;
use crate::node::{Node, Value};
use crate::terraform::{Block, Kind};

/// To which services a type passes its roles, where that is not the service of the type itself (`iam:PassedToService` in
/// AWS's managed policies of those services, and their user guides).
const PASSED_TO: &[(&str, &[&str])] = &[
    ("aws_api_gateway_", &["apigateway.amazonaws.com"]),
    (
        "aws_batch_compute_environment",
        &["batch.amazonaws.com", "ec2.amazonaws.com", "spotfleet.amazonaws.com"],
    ),
    ("aws_batch_job_definition", &["ecs-tasks.amazonaws.com"]),
    ("aws_cloudwatch_log_subscription_filter", &["logs.amazonaws.com"]),
    ("aws_cognito_identity_pool_roles_attachment", &["cognito-identity.amazonaws.com"]),
    ("aws_cognito_user_pool", &["cognito-idp.amazonaws.com"]),
    ("aws_db_", &["monitoring.rds.amazonaws.com", "rds.amazonaws.com"]),
    ("aws_ecs_task_definition", &["ecs-tasks.amazonaws.com"]),
    ("aws_eks_node_group", &["ec2.amazonaws.com", "eks.amazonaws.com"]),
    ("aws_eks_pod_identity_association", &["pods.eks.amazonaws.com"]),
    ("aws_emr_cluster", &["ec2.amazonaws.com", "elasticmapreduce.amazonaws.com"]),
    ("aws_flow_log", &["vpc-flow-logs.amazonaws.com"]),
    ("aws_iam_instance_profile", &["ec2.amazonaws.com"]),
    ("aws_opensearch_domain", &["es.amazonaws.com", "opensearchservice.amazonaws.com"]),
    ("aws_rds_", &["monitoring.rds.amazonaws.com", "rds.amazonaws.com"]),
    ("aws_synthetics_canary", &["lambda.amazonaws.com", "synthetics.amazonaws.com"]),
];

/// The services whose service-linked roles are called otherwise than they (IAM user guide, "AWS services that work with
/// IAM"; `iam:AWSServiceName` in AWS's managed policies).
const LINKED: &[(&str, &[&str])] = &[
    ("application-autoscaling", &["*.application-autoscaling.amazonaws.com"]),
    ("apprunner", &["apprunner.amazonaws.com", "networking.apprunner.amazonaws.com"]),
    ("dynamodb", &["replication.dynamodb.amazonaws.com"]),
    ("eks", &["eks.amazonaws.com", "eks-nodegroup.amazonaws.com"]),
    ("es", &["opensearchservice.amazonaws.com"]),
];

/// The role that a service makes for itself when it is first used in an account.
pub(super) fn service_linked(block: &Block, entry: &Entry, place: &Place) -> Need {
    let own = vec![format!("{}.amazonaws.com", entry.service)];
    let listed = LINKED.iter().find(|(service, _)| *service == entry.service);
    let services = listed.map_or(own, |(_, names)| names.iter().map(|name| (*name).to_owned()).collect());
    let Place { partition, account, .. } = place;
    let arn = |service: &String| format!("arn:{partition}:iam::{account}:role/aws-service-role/{service}/*");
    Need {
        phase: Phase::Apply,
        action: "iam:CreateServiceLinkedRole".to_owned(),
        resources: services.iter().map(arn).collect(),
        condition: Some(Condition {
            operator: "StringLike",
            key: "iam:AWSServiceName",
            values: services.into_iter().collect(),
        }),
        block: block.address(),
    }
}

/// The roles that a block names for services to take.
pub(super) fn passed(block: &Block, entry: &Entry, names: &Names<'_>, place: &Place) -> Vec<Need> {
    let is_of_iam =
        block.type_name().starts_with("aws_iam_") && block.type_name() != "aws_iam_instance_profile";
    if block.kind != Kind::Resource || is_of_iam {
        return Vec::new();
    }
    let mut found = Vec::new();
    named_roles(&block.body, &mut found);
    let need = |node: &Node| {
        let (resources, trusted) = role(node, block, names, place);
        Need {
            phase: Phase::Apply,
            action: "iam:PassRole".to_owned(),
            resources,
            condition: Some(Condition {
                operator: "StringEquals",
                key: "iam:PassedToService",
                values: services(block.type_name(), entry).chain(trusted).collect(),
            }),
            block: block.address(),
        }
    };
    found.into_iter().map(need).collect()
}

fn services(type_name: &str, entry: &Entry) -> impl Iterator<Item = String> + use<> {
    let own = format!("{}.amazonaws.com", entry.service);
    let listed = PASSED_TO.iter().find(|(start, _)| type_name.starts_with(start));
    let services =
        listed.map_or(vec![own], |(_, names)| names.iter().map(|name| (*name).to_owned()).collect());
    services.into_iter()
}

/// The values of arguments that hold roles.
fn named_roles<'n>(node: &'n Node, found: &mut Vec<&'n Node>) {
    if let Value::List(nodes) = &node.value {
        nodes.iter().for_each(|node| named_roles(node, found));
    }
    for member in node.members() {
        match member.name() {
            Some(name) if is_role(name) => found.extend(each(&member.value)),
            _ => named_roles(&member.value, found),
        }
    }
}

fn is_role(argument: &str) -> bool {
    let ends = ["role", "role_arn", "role_arns", "iam_roles", "iam_instance_profile", "instance_profile"];
    ends.iter()
        .any(|end| argument == *end || argument.strip_suffix(end).is_some_and(|start| start.ends_with('_')))
}

/// The roles of an argument that are texts or references: blocks are looked into elsewhere.
fn each(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::List(nodes) => nodes.iter().flat_map(each).collect(),
        Value::Object(members) => members.iter().flat_map(|member| each(&member.value)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
        _ => vec![node],
    }
}

/// The ARNs of a role, and the services that its trust policy names, as far as it is in the configuration.
fn role(node: &Node, block: &Block, names: &Names<'_>, place: &Place) -> (BTreeSet<String>, Vec<String>) {
    let any = || BTreeSet::from([format!("arn:{}:iam::{}:role/*", place.partition, place.account)]);
    match names.referred(node, block) {
        Some(profile) if profile.type_name() == "aws_iam_instance_profile" => {
            match profile.body.member("role").map(|member| &member.value) {
                Some(inside) if names.referred(inside, profile).is_some() => {
                    role(inside, profile, names, place)
                }
                _ => (any(), Vec::new()),
            }
        }
        Some(declared) if declared.type_name() == "aws_iam_role" => {
            let Some(entry) = operations::of(declared, names) else {
                return (any(), Vec::new());
            };
            let own = Subject::of(declared, &entry, names, place).own();
            (own, trusted(declared))
        }
        _ => match names.value(node, block) {
            Name::Whole(arn) if arn.starts_with("arn:") && arn.contains(":role/") => {
                ([arn].into(), Vec::new())
            }
            _ => (any(), Vec::new()),
        },
    }
}

/// The services in a role's trust policy, wherever they stand in it.
fn trusted(role: &Block) -> Vec<String> {
    let mut found = Vec::new();
    let mut left: Vec<&Node> =
        role.body.member("assume_role_policy").map(|member| &member.value).into_iter().collect();
    while let Some(node) = left.pop() {
        left.extend(node.children());
        let text = node.as_text().map(|text| text.as_str()).unwrap_or_default();
        // The document is an expression, or a text as a whole.
        let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || ".-".contains(letter)));
        found.extend(words.filter(|word| word.ends_with(".amazonaws.com")).map(str::to_owned));
    }
    found
}
