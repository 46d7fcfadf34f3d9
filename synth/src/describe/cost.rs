//! What costs money, and by what. No prices: they differ by region and change.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::{Argument, Resource, Stack};
use super::markdown::{Page, code, list};
use super::{by_stack, row};

/// By what a resource is charged (the services' pages "Pricing" on aws.amazon.com).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// While it exists, used or not.
    Hourly,
    /// A fixed amount each month.
    Monthly,
    /// By what is stored, sent or asked.
    Use,
    /// The table does not know its type.
    Unknown,
}

impl Class {
    fn says(self) -> &'static str {
        match self {
            Class::Hourly => "for every hour that it exists",
            Class::Monthly => "by the month",
            Class::Use => "by use: storage, requests, traffic",
            Class::Unknown => "not known here: see its service's prices",
        }
    }
}

/// The types that are charged.
const CHARGED: [(&str, Class); 29] = [
    ("aws_apprunner_service", Class::Hourly),
    ("aws_autoscaling_group", Class::Hourly),
    ("aws_db_instance", Class::Hourly),
    ("aws_ecs_service", Class::Hourly),
    ("aws_efs_file_system", Class::Use),
    ("aws_eip", Class::Hourly),
    ("aws_elasticache_cluster", Class::Hourly),
    ("aws_instance", Class::Hourly),
    ("aws_lb", Class::Hourly),
    ("aws_nat_gateway", Class::Hourly),
    ("aws_rds_cluster_instance", Class::Hourly),
    ("aws_cloudwatch_metric_alarm", Class::Monthly),
    ("aws_kms_key", Class::Monthly),
    ("aws_route53_zone", Class::Monthly),
    ("aws_secretsmanager_secret", Class::Monthly),
    ("aws_service_discovery_private_dns_namespace", Class::Monthly),
    ("aws_wafv2_web_acl", Class::Monthly),
    ("aws_cloudfront_distribution", Class::Use),
    // Logs that services send are charged as they are (Amazon CloudWatch pricing, "Vended Logs").
    ("aws_cloudwatch_log_delivery", Class::Use),
    ("aws_cloudwatch_log_group", Class::Use),
    ("aws_dynamodb_table", Class::Use),
    ("aws_ecr_repository", Class::Use),
    ("aws_kinesis_firehose_delivery_stream", Class::Use),
    ("aws_lambda_function", Class::Use),
    ("aws_s3_bucket", Class::Use),
    ("aws_sfn_state_machine", Class::Use),
    ("aws_sns_topic", Class::Use),
    ("aws_sqs_queue", Class::Use),
    ("aws_apigatewayv2_api", Class::Use),
];

/// The beginnings of types that are not charged, or are a part of one that is: settings, rules, attachments, IAM.
const FREE: [&str; 35] = [
    "aws_acm_certificate",
    "aws_appautoscaling_",
    "aws_autoscaling_policy",
    "aws_apprunner_",
    "aws_cloudfront_",
    "aws_cloudwatch_log_delivery_",
    "aws_cloudwatch_log_resource_policy",
    "aws_db_parameter_group",
    "aws_db_subnet_group",
    "aws_default_",
    "aws_ecr_lifecycle_policy",
    "aws_ecs_cluster",
    "aws_ecs_task_definition",
    "aws_elasticache_subnet_group",
    "aws_efs_",
    "aws_iam_",
    "aws_internet_gateway",
    "aws_kms_alias",
    "aws_kms_key_policy",
    "aws_launch_template",
    "aws_lb_",
    "aws_main_route_table_association",
    "aws_network_acl",
    "aws_route",
    "aws_s3_bucket_",
    "aws_secretsmanager_secret_",
    "aws_security_group",
    "aws_service_discovery_service",
    "aws_sns_topic_",
    // Standard parameters are free (AWS Systems Manager pricing).
    "aws_ssm_parameter",
    "aws_subnet",
    "aws_vpc",
    "aws_wafv2_ip_set",
    "aws_wafv2_web_acl_association",
    "terraform_data",
];

fn class(resource: &Resource<'_>) -> Option<Class> {
    // A gateway endpoint is free, an interface endpoint is not (AWS PrivateLink pricing); the former is the default.
    let is_interface = |kind: &Value| kind.as_str() == Some("Interface");
    if resource.kind == "aws_vpc_endpoint" {
        let interface =
            matches!(resource.argument("vpc_endpoint_type"), Argument::Is(kind) if is_interface(kind));
        return interface.then_some(Class::Hourly);
    }
    if let Some((_, class)) = CHARGED.iter().find(|(kind, _)| *kind == resource.kind) {
        return Some(*class);
    }
    let free = FREE.iter().any(|beginning| resource.kind.starts_with(beginning));
    (!free).then_some(Class::Unknown)
}

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    let mut rows = Vec::new();
    for stack in stacks {
        let mut classes: BTreeMap<Class, Vec<String>> = BTreeMap::new();
        for resource in stack.resources() {
            if let Some(class) = class(&resource) {
                classes.entry(class).or_default().push(resource.address());
            }
        }
        rows.extend(classes.into_iter().map(|(class, addresses)| {
            row(stacks, stack, [class.says().to_owned(), list(addresses.iter().map(String::as_str))])
        }));
    }
    if rows.is_empty() {
        return;
    }
    page.section("Cost");
    page.paragraph("What is charged, and by what; the rest costs nothing, or is part of these.");
    page.table(&by_stack(stacks, &["charged", "resources"]), &rows);
    page.paragraph(&format!(
        "What it was last month: {}",
        code("aws ce get-cost-and-usage --time-period Start=FIRST,End=LAST --granularity MONTHLY --metrics UnblendedCost --group-by Type=DIMENSION,Key=SERVICE")
    ));
}
