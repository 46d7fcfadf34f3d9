//! EventBridge: rules, schedules and pipes reach their targets.

use super::super::derivation::Use;
use super::super::kind::Kind;
use super::{Acts, Consumer, Grant, READ_QUEUE, READ_STREAM, READ_TABLE_STREAM, Row, no_more, whole};

/// What a target needs of the role of its rule; functions, queues, topics and log groups have policies of their own for
/// that (Amazon EventBridge user guide, "Using identity-based policies for Amazon EventBridge", "Amazon EventBridge
/// targets").
const RULED: &[Grant] = &[
    whole(Kind::ApiDestination, &["events:InvokeApiDestination"]),
    whole(Kind::Bus, &["events:PutEvents"]),
    whole(Kind::DeliveryStream, &["firehose:PutRecord", "firehose:PutRecordBatch"]),
    whole(Kind::Pipeline, &["codepipeline:StartPipelineExecution"]),
    whole(Kind::Project, &["codebuild:StartBuild"]),
    whole(Kind::StateMachine, &["states:StartExecution"]),
    whole(Kind::Stream, &["kinesis:PutRecord", "kinesis:PutRecords"]),
    whole(Kind::JobQueue, &["batch:SubmitJob"]),
];

/// What a schedule or a pipe reaches with its role (EventBridge Scheduler user guide, "Using templated targets"; Amazon
/// EventBridge user guide, "Amazon EventBridge Pipes permissions").
const REACHED: &[Grant] = &[
    whole(Kind::ApiDestination, &["events:InvokeApiDestination"]),
    whole(Kind::Bus, &["events:PutEvents"]),
    whole(Kind::DeliveryStream, &["firehose:PutRecord"]),
    whole(Kind::Function, &["lambda:InvokeFunction"]),
    whole(Kind::Pipeline, &["codepipeline:StartPipelineExecution"]),
    whole(Kind::Project, &["codebuild:StartBuild"]),
    whole(Kind::Queue, &["sqs:SendMessage"]),
    whole(Kind::StateMachine, &["states:StartExecution"]),
    whole(Kind::Stream, &["kinesis:PutRecord"]),
    whole(Kind::Topic, &["sns:Publish"]),
];

/// What a pipe reads (Amazon EventBridge user guide, "Amazon EventBridge Pipes permissions").
const READ: &[Grant] = &[READ_QUEUE, READ_STREAM, READ_TABLE_STREAM];

const DEAD_LETTERS: Row = Row {
    at: &["dead_letter_config", "arn"],
    doing: "sends what it cannot deliver to",
    grants: &[whole(Kind::Queue, &["sqs:SendMessage"])],
};

pub(super) static CONSUMERS: &[Consumer] = &[
    Consumer {
        type_name: "aws_cloudwatch_event_target",
        within: &[],
        role: "role_arn",
        service: &["events.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row { at: &["arn"], doing: "delivers to", grants: RULED }],
        more: rule_runs_tasks,
    },
    Consumer {
        type_name: "aws_scheduler_schedule",
        within: &["target"],
        role: "role_arn",
        service: &["scheduler.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row { at: &["arn"], doing: "starts", grants: REACHED }, DEAD_LETTERS],
        more: schedule_runs_tasks,
    },
    Consumer {
        type_name: "aws_pipes_pipe",
        within: &[],
        role: "role_arn",
        service: &["pipes.amazonaws.com"],
        acts: Acts::Service,
        needs: &[
            Row { at: &["source"], doing: "reads from", grants: READ },
            Row { at: &["enrichment"], doing: "enriches with", grants: REACHED },
            Row { at: &["target"], doing: "delivers to", grants: REACHED },
        ],
        more: no_more,
    },
    // Amazon EventBridge user guide, "Sending and receiving events between AWS accounts".
    Consumer {
        type_name: "aws_cloudwatch_event_endpoint",
        within: &[],
        role: "role_arn",
        service: &["events.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row {
            at: &["event_bus", "event_bus_arn"],
            doing: "replicates events to",
            grants: &[whole(Kind::Bus, &["events:PutEvents"])],
        }],
        more: no_more,
    },
];

fn rule_runs_tasks(used: &mut Use<'_, '_>) {
    used.runs_tasks(&["ecs_target", "task_definition_arn"]);
}

fn schedule_runs_tasks(used: &mut Use<'_, '_>) {
    used.runs_tasks(&["ecs_parameters", "task_definition_arn"]);
}
