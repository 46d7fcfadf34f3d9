//! AppSync, RDS Proxy, IoT rules: what they reach with a role.

use super::super::derivation::{Needing, Use};
use super::super::kind::Kind;
use super::super::principal::Certainty;
use super::super::thing::Part;
use super::{Acts, Consumer, Row, below, no_more, whole};
use crate::terraform::blocks_in;

/// What resolvers may do with a table, as they are written (AWS AppSync developer guide, "AWS AppSync resolver mapping
/// template reference for DynamoDB": operations).
const TABLE: &[&str] = &[
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:UpdateItem",
];

const IOT: &[&str] = &["iot.amazonaws.com"];

const fn iot(within: &'static [&'static str], needs: &'static [Row]) -> Consumer {
    Consumer {
        type_name: "aws_iot_topic_rule",
        within,
        role: "role_arn",
        service: IOT,
        acts: Acts::Service,
        needs,
        more: no_more,
    }
}

pub(super) static CONSUMERS: &[Consumer] = &[
    Consumer {
        type_name: "aws_appsync_datasource",
        within: &[],
        role: "service_role_arn",
        service: &["appsync.amazonaws.com"],
        acts: Acts::Service,
        needs: &[
            Row {
                at: &["lambda_config", "function_arn"],
                doing: "invokes",
                grants: &[whole(Kind::Function, &["lambda:InvokeFunction"])],
            },
            Row {
                at: &["event_bridge_config", "event_bus_arn"],
                doing: "puts events on",
                grants: &[whole(Kind::Bus, &["events:PutEvents"])],
            },
            Row {
                at: &["relational_database_config", "http_endpoint_config", "aws_secret_store_arn"],
                doing: "logs in with",
                grants: &[whole(Kind::Secret, &["secretsmanager:GetSecretValue"])],
            },
        ],
        more: data_source,
    },
    // Amazon RDS user guide, "Setting up AWS Identity and Access Management (IAM) policies for RDS Proxy".
    Consumer {
        type_name: "aws_db_proxy",
        within: &[],
        role: "role_arn",
        service: &["rds.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row {
            at: &["auth", "secret_arn"],
            doing: "logs in to the database with",
            grants: &[whole(Kind::Secret, &["secretsmanager:GetSecretValue"])],
        }],
        more: no_more,
    },
    // AWS IoT Core developer guide, "AWS IoT rule actions": each action's role.
    iot(
        &["sqs"],
        &[Row { at: &["queue_url"], doing: "sends to", grants: &[whole(Kind::Queue, &["sqs:SendMessage"])] }],
    ),
    iot(
        &["sns"],
        &[Row {
            at: &["target_arn"],
            doing: "publishes to",
            grants: &[whole(Kind::Topic, &["sns:Publish"])],
        }],
    ),
    iot(
        &["kinesis"],
        &[Row {
            at: &["stream_name"],
            doing: "puts records on",
            grants: &[whole(Kind::Stream, &["kinesis:PutRecord"])],
        }],
    ),
    iot(
        &["firehose"],
        &[Row {
            at: &["delivery_stream_name"],
            doing: "puts records on",
            grants: &[whole(Kind::DeliveryStream, &["firehose:PutRecord"])],
        }],
    ),
    iot(
        &["s3"],
        &[Row {
            at: &["bucket_name"],
            doing: "writes to",
            grants: &[below(Kind::Bucket, "/*", &["s3:PutObject"])],
        }],
    ),
    iot(
        &["dynamodb"],
        &[Row {
            at: &["table_name"],
            doing: "writes to",
            grants: &[whole(Kind::Table, &["dynamodb:PutItem"])],
        }],
    ),
    iot(
        &["dynamodbv2"],
        &[Row {
            at: &["put_item", "table_name"],
            doing: "writes to",
            grants: &[whole(Kind::Table, &["dynamodb:PutItem"])],
        }],
    ),
    iot(
        &["step_functions"],
        &[Row {
            at: &["state_machine_name"],
            doing: "starts",
            grants: &[whole(Kind::StateMachine, &["states:StartExecution"])],
        }],
    ),
    // Auto Scaling user guide, "Configure a notification target for lifecycle notifications".
    Consumer {
        type_name: "aws_autoscaling_lifecycle_hook",
        within: &[],
        role: "role_arn",
        service: &["autoscaling.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row {
            at: &["notification_target_arn"],
            doing: "notifies",
            grants: &[
                whole(Kind::Queue, &["sqs:SendMessage", "sqs:GetQueueUrl"]),
                whole(Kind::Topic, &["sns:Publish"]),
            ],
        }],
        more: no_more,
    },
];

fn data_source(used: &mut Use<'_, '_>) {
    for (table, span) in used.things(&["dynamodb_config", "table_name"], &[Kind::Table]) {
        for part in [Part::Whole, Part::Below("/*")] {
            used.put(Needing {
                actions: TABLE,
                resource: table.part(part),
                certainty: Certainty::Plausible,
                context: &[],
                doing: format!("resolves from `{}`", table.called),
                span,
            });
        }
    }
    for kind in ["elasticsearch_config", "http_config", "opensearchservice_config"] {
        for configuration in blocks_in(used.body, kind) {
            let why = format!("what `{kind}` needs is not known here");
            used.open(&crate::known::Later { span: configuration.span, why });
        }
    }
    for database in blocks_in(used.body, "relational_database_config") {
        let why = "what statements on the database need is not known here".to_owned();
        used.open(&crate::known::Later { span: database.span, why });
    }
}
