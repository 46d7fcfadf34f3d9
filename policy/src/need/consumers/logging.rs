//! Services that write their own logs with a role.

use super::super::derivation::Use;
use super::super::kind::Kind;
use super::super::reading::WRITE_LOGS;
use super::{Acts, Consumer, Row, below, no_more, whole};

pub(super) static CONSUMERS: &[Consumer] = &[
    // Amazon VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs".
    Consumer {
        type_name: "aws_flow_log",
        within: &[],
        role: "iam_role_arn",
        service: &["vpc-flow-logs.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row { at: &["log_destination"], doing: "writes to", grants: FLOWS }],
        more: flows,
    },
    // AWS CloudTrail user guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring".
    Consumer {
        type_name: "aws_cloudtrail",
        within: &[],
        role: "cloud_watch_logs_role_arn",
        service: &["cloudtrail.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row {
            at: &["cloud_watch_logs_group_arn"],
            doing: "writes to",
            grants: &[below(Kind::LogGroup, ":*", WRITE_LOGS)],
        }],
        more: no_more,
    },
    // Amazon API Gateway developer guide, "Permissions for CloudWatch logging": `AmazonAPIGatewayPushToCloudWatchLogs`. It
    // makes log groups of its own, so that all of them are meant.
    Consumer {
        type_name: "aws_api_gateway_account",
        within: &[],
        role: "cloudwatch_role_arn",
        service: &["apigateway.amazonaws.com"],
        acts: Acts::Service,
        needs: &[],
        more: gateway,
    },
    // AWS AppSync developer guide, "Monitoring and logging": `AWSAppSyncPushToCloudWatchLogs`.
    Consumer {
        type_name: "aws_appsync_graphql_api",
        within: &["log_config"],
        role: "cloudwatch_logs_role_arn",
        service: &["appsync.amazonaws.com"],
        acts: Acts::Service,
        needs: &[],
        more: own_groups,
    },
    // Amazon RDS user guide, "Setting up and enabling Enhanced Monitoring": `AmazonRDSEnhancedMonitoringRole`.
    monitoring("aws_db_instance"),
    monitoring("aws_rds_cluster"),
    monitoring("aws_rds_cluster_instance"),
    // Amazon CloudWatch Logs user guide, "Log group-level subscription filters".
    Consumer {
        type_name: "aws_cloudwatch_log_subscription_filter",
        within: &[],
        role: "role_arn",
        service: &["logs.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row {
            at: &["destination_arn"],
            doing: "delivers to",
            grants: &[
                whole(Kind::Stream, &["kinesis:PutRecord"]),
                whole(Kind::DeliveryStream, &["firehose:PutRecord"]),
            ],
        }],
        more: no_more,
    },
    // Amazon SNS developer guide, "Prerequisites for subscribing Firehose delivery streams to Amazon SNS topics".
    Consumer {
        type_name: "aws_sns_topic_subscription",
        within: &[],
        role: "subscription_role_arn",
        service: &["sns.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row {
            at: &["endpoint"],
            doing: "delivers to",
            grants: &[whole(
                Kind::DeliveryStream,
                &[
                    "firehose:DescribeDeliveryStream",
                    "firehose:ListDeliveryStreams",
                    "firehose:ListTagsForDeliveryStream",
                    "firehose:PutRecord",
                    "firehose:PutRecordBatch",
                ],
            )],
        }],
        more: no_more,
    },
];

const FLOWS: &[super::Grant] = &[below(Kind::LogGroup, ":*", WRITE_LOGS)];

const fn monitoring(type_name: &'static str) -> Consumer {
    Consumer {
        type_name,
        within: &[],
        role: "monitoring_role_arn",
        service: &["monitoring.rds.amazonaws.com"],
        acts: Acts::Service,
        needs: &[],
        more: monitored,
    }
}

fn flows(used: &mut Use<'_, '_>) {
    for (group, span) in used.things(&["log_group_name"], &[Kind::LogGroup]) {
        used.granted(&group, FLOWS, "writes to", span);
    }
    let actions = ["logs:CreateLogGroup", "logs:DescribeLogGroups", "logs:DescribeLogStreams"];
    used.may_need(&actions, Kind::LogGroup, "writes flow logs", used.block.span);
}

fn gateway(used: &mut Use<'_, '_>) {
    own_groups(used);
    let described =
        ["logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"];
    used.may_need(&described, Kind::LogGroup, "writes logs", used.block.span);
}

fn own_groups(used: &mut Use<'_, '_>) {
    let actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
    used.may_need(&actions, Kind::LogGroup, "makes log groups of its own", used.block.span);
}

fn monitored(used: &mut Use<'_, '_>) {
    let actions = [
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:GetLogEvents",
        "logs:PutLogEvents",
        "logs:PutRetentionPolicy",
    ];
    used.may_need(&actions, Kind::LogGroup, "writes to the log group `RDSOSMetrics`", used.block.span);
}
