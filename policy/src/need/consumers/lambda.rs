//! Lambda: the role of a function runs its code, and the service reads event sources with it.

use super::super::derivation::{Needing, Use};
use super::super::kind::Kind;
use super::super::principal::Certainty;
use super::super::reading::WRITE_LOGS;
use super::super::thing::Part;
use super::{Acts, Consumer, Grant, READ_QUEUE, READ_STREAM, READ_TABLE_STREAM, Row, no_more, whole};
use crate::node::Node;
use crate::terraform::blocks_in;
use crate::text::Text;

const FUNCTIONS: &[&str] = &["lambda.amazonaws.com"];

/// AWS Lambda developer guide, "Capturing records of Lambda asynchronous invocations".
const RECORDED: &[Grant] = &[
    whole(Kind::Bus, &["events:PutEvents"]),
    whole(Kind::Function, &["lambda:InvokeFunction"]),
    whole(Kind::Queue, &["sqs:SendMessage"]),
    whole(Kind::Topic, &["sns:Publish"]),
];

/// AWS Lambda developer guide: "Using Lambda with Amazon SQS", "… with Amazon Kinesis", "… with Amazon DynamoDB", "… with
/// Amazon MSK", "… with Amazon MQ": execution role permissions.
const SOURCES: &[Grant] = &[
    whole(Kind::Kafka, &["kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"]),
    whole(Kind::Broker, &["mq:DescribeBroker"]),
    READ_QUEUE,
    READ_STREAM,
    READ_TABLE_STREAM,
];

pub(super) static CONSUMERS: &[Consumer] = &[
    Consumer {
        type_name: "aws_lambda_function",
        within: &[],
        role: "role",
        service: FUNCTIONS,
        acts: Acts::Code,
        needs: &[Row {
            at: &["dead_letter_config", "target_arn"],
            doing: "sends what it cannot process to",
            grants: RECORDED,
        }],
        more: function,
    },
    Consumer {
        type_name: "aws_lambda_event_source_mapping",
        within: &[],
        role: "function_name",
        service: FUNCTIONS,
        acts: Acts::Service,
        needs: &[
            Row { at: &["event_source_arn"], doing: "reads from", grants: SOURCES },
            Row {
                at: &["destination_config", "on_failure", "destination_arn"],
                doing: "reports failures to",
                grants: RECORDED,
            },
        ],
        more: no_more,
    },
    Consumer {
        type_name: "aws_lambda_function_event_invoke_config",
        within: &[],
        role: "function_name",
        service: FUNCTIONS,
        acts: Acts::Service,
        needs: &[
            Row {
                at: &["destination_config", "on_failure", "destination"],
                doing: "reports failures to",
                grants: RECORDED,
            },
            Row {
                at: &["destination_config", "on_success", "destination"],
                doing: "reports successes to",
                grants: RECORDED,
            },
        ],
        more: no_more,
    },
];

fn function(used: &mut Use<'_, '_>) {
    if let Some(network) = blocks_in(used.body, "vpc_config").first() {
        let subnets = crate::terraform::values_in(network, &["subnet_ids"]);
        if !subnets.is_empty() {
            used.enters_network(network.span);
        }
    }
    logs(used);
    if used.says(&["tracing_config", "mode"], "Active") {
        used.put(Needing {
            actions: &["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
            resource: super::super::principal::Resource::Every,
            certainty: Certainty::Plausible,
            context: &[],
            doing: "is traced".to_owned(),
            span: used.block.span,
        });
    }
    for variables in used.values(&["environment", "variables"]) {
        used.is_told_of(variables);
    }
}

/// A function runs without its logs; who declares its log group wants them.
fn logs(used: &mut Use<'_, '_>) {
    let said = used.values(&["logging_config", "log_group"]).into_iter().next();
    let name = used.body.member("function_name").map(|member| &member.value);
    let own = name.and_then(Node::as_text).map(default_group);
    let Some(group) = said.cloned().or(own) else { return };
    let Ok(Some(thing)) = used.thing(&group, &[Kind::LogGroup]) else { return };
    let certainty = if thing.block.is_some() { Certainty::Needed } else { Certainty::Plausible };
    let resource = thing.part(Part::Below(":*"));
    let mut put = |actions, certainty| {
        used.put(Needing {
            actions,
            resource: resource.clone(),
            certainty,
            context: &[],
            doing: format!("writes logs to `{}`", thing.called),
            span: group.span,
        });
    };
    put(WRITE_LOGS, certainty);
    put(&["logs:CreateLogGroup"], Certainty::Plausible);
}

/// AWS Lambda developer guide, "Sending Lambda function logs to CloudWatch Logs": `/aws/lambda/NAME`.
fn default_group(name: &Text) -> Node {
    let mut group = Text::new("/aws/lambda/", name.span());
    group.append(name);
    Node::text(group)
}
