//! Step Functions: the role of a state machine does what its states say.

use super::super::derivation::{Needing, Use};
use super::super::encoded::decoded;
use super::super::kind::Kind;
use super::super::principal::{Certainty, Resource};
use super::super::thing::{Part, render};
use super::{Acts, Consumer};
use crate::known::Later;
use crate::node::Node;
use crate::terraform::{blocks_in, values_in};

pub(super) static CONSUMERS: &[Consumer] = &[Consumer {
    type_name: "aws_sfn_state_machine",
    within: &[],
    role: "role_arn",
    service: &["states.amazonaws.com"],
    acts: Acts::Service,
    needs: &[],
    more: machine,
}];

/// An optimized integration: what a task names, by which parameter, and what that needs (AWS Step Functions developer
/// guide, "Integrating services with Step Functions", "How Step Functions generates IAM policies for integrated services").
struct Integration {
    task: &'static str,
    parameter: &'static str,
    kind: Kind,
    doing: &'static str,
    actions: &'static [&'static str],
}

const fn integration(
    task: &'static str,
    parameter: &'static str,
    kind: Kind,
    doing: &'static str,
    actions: &'static [&'static str],
) -> Integration {
    Integration { task, parameter, kind, doing, actions }
}

const INTEGRATIONS: &[Integration] = &[
    integration(
        "codebuild:startBuild",
        "ProjectName",
        Kind::Project,
        "builds with",
        &["codebuild:StartBuild"],
    ),
    integration(
        "codebuild:startBuild.sync",
        "ProjectName",
        Kind::Project,
        "builds with",
        &["codebuild:StartBuild", "codebuild:StopBuild", "codebuild:BatchGetBuilds"],
    ),
    integration("dynamodb:deleteItem", "TableName", Kind::Table, "deletes from", &["dynamodb:DeleteItem"]),
    integration("dynamodb:getItem", "TableName", Kind::Table, "reads from", &["dynamodb:GetItem"]),
    integration("dynamodb:putItem", "TableName", Kind::Table, "writes to", &["dynamodb:PutItem"]),
    integration("dynamodb:updateItem", "TableName", Kind::Table, "changes", &["dynamodb:UpdateItem"]),
    integration("lambda:invoke", "FunctionName", Kind::Function, "invokes", &["lambda:InvokeFunction"]),
    integration("sns:publish", "TopicArn", Kind::Topic, "publishes to", &["sns:Publish"]),
    integration("sqs:sendMessage", "QueueUrl", Kind::Queue, "sends to", &["sqs:SendMessage"]),
    integration(
        "states:startExecution",
        "StateMachineArn",
        Kind::StateMachine,
        "starts",
        &["states:StartExecution"],
    ),
    integration(
        "states:startExecution.sync",
        "StateMachineArn",
        Kind::StateMachine,
        "starts",
        &["states:StartExecution"],
    ),
];

fn machine(used: &mut Use<'_, '_>) {
    for node in used.values(&["definition"]) {
        match decoded(node) {
            Ok(definition) => states(used, &definition),
            Err(later) => used.open(&later),
        }
    }
    logs(used);
    if used.says(&["tracing_configuration", "enabled"], "true") {
        let actions = [
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
            "xray:PutTelemetryRecords",
            "xray:PutTraceSegments",
        ];
        everywhere(used, &actions, Certainty::Plausible, "is traced");
    }
}

/// The states of a machine, and of the machines in its states.
fn states(used: &mut Use<'_, '_>, machine: &Node) {
    for state in blocks_in(machine, "States").into_iter().flat_map(Node::members) {
        let body = &state.value;
        let kind = body.member("Type").and_then(|member| member.value.literal());
        match kind {
            Some("Task") => task(used, state.name().unwrap_or_default(), body),
            Some("Parallel") => {
                blocks_in(body, "Branches").into_iter().for_each(|branch| states(used, branch))
            }
            Some("Map") => map(used, body),
            Some("Choice" | "Fail" | "Pass" | "Succeed" | "Wait") => {}
            _ => used.open(&Later { span: body.span, why: "this state is of no known type".to_owned() }),
        }
    }
}

fn map(used: &mut Use<'_, '_>, body: &Node) {
    for name in ["ItemProcessor", "Iterator"] {
        for machine in blocks_in(body, name) {
            let mode = values_in(machine, &["ProcessorConfig", "Mode"]);
            if mode.iter().any(|mode| mode.literal() == Some("DISTRIBUTED")) {
                let why = "what a distributed map needs is not known here".to_owned();
                used.open(&Later { span: machine.span, why });
            }
            states(used, machine);
        }
    }
}

fn task(used: &mut Use<'_, '_>, name: &str, body: &Node) {
    let whole = used.who.clone();
    used.who = format!("{whole}, state `{name}`,");
    for resource in values_in(body, &["Resource"]) {
        let written = resource.as_text().map(render).unwrap_or_default();
        let integrated = written.split(":states:::").nth(1);
        match integrated {
            Some(task) => integrate(used, task.trim_end_matches(".waitForTaskToken"), resource, body),
            None => match used.thing(resource, &[Kind::Function]) {
                Ok(Some(thing)) if thing.kind == Some(Kind::Function) => {
                    let actions = ["lambda:InvokeFunction"];
                    used.needs(&actions, &thing, Part::Whole, "invokes", resource.span);
                }
                // Workers ask for its tasks.
                Ok(Some(thing)) if thing.kind == Some(Kind::Activity) => {}
                Ok(_) => used.open(&Later::of(resource)),
                Err(later) => used.open(&later),
            },
        }
    }
    used.who = whole;
}

fn integrate(used: &mut Use<'_, '_>, task: &str, resource: &Node, body: &Node) {
    let task = task.trim_end_matches(":2");
    let given = ["Parameters", "Arguments"].map(|name| blocks_in(body, name)).concat();
    if let Some(found) = INTEGRATIONS.iter().find(|found| found.task == task) {
        let named: Vec<&Node> = given.iter().flat_map(|node| values_in(node, &[found.parameter])).collect();
        if named.is_empty() {
            let why = format!("`{}` is not written out", found.parameter);
            used.open(&Later { span: resource.span, why });
        }
        for node in named {
            match used.thing(node, &[found.kind]) {
                Ok(Some(thing)) => {
                    used.needs(found.actions, &thing, Part::Whole, found.doing, node.span);
                }
                Ok(None) => {}
                Err(later) => used.open(&later),
            }
        }
        if task.ends_with(".sync") {
            waits(used, resource);
        }
    } else if matches!(task, "ecs:runTask" | "ecs:runTask.sync") {
        for node in given.iter().flat_map(|node| values_in(node, &["TaskDefinition"])) {
            used.runs_task(node);
        }
        if task.ends_with(".sync") {
            waits(used, resource);
        }
    } else {
        let why = format!("what `{task}` needs is not known here");
        used.open(&Later { span: resource.span, why });
    }
}

/// Waiting for a job goes by rules that Step Functions makes, and by asking (AWS Step Functions developer guide, "Run a Job
/// (.sync)": permissions).
fn waits(used: &mut Use<'_, '_>, resource: &Node) {
    let actions = [
        "codebuild:BatchGetBuilds",
        "ecs:DescribeTasks",
        "ecs:StopTask",
        "events:DescribeRule",
        "events:PutRule",
        "events:PutTargets",
        "states:DescribeExecution",
        "states:StopExecution",
    ];
    used.may_need(&actions, Kind::StateMachine, "waits for a job", resource.span);
}

/// AWS Step Functions developer guide, "Using CloudWatch Logs to log execution history": IAM policies.
fn logs(used: &mut Use<'_, '_>) {
    let levels = used.values(&["logging_configuration", "level"]);
    if levels.iter().all(|level| level.literal() == Some("OFF")) {
        return;
    }
    let actions = [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
    ];
    everywhere(used, &actions, Certainty::Needed, "logs its executions");
    let streams = ["logs:CreateLogStream", "logs:PutLogEvents"];
    used.may_need(&streams, Kind::LogGroup, "logs its executions", used.block.span);
}

fn everywhere(used: &mut Use<'_, '_>, actions: &[&str], certainty: Certainty, doing: &str) {
    used.put(Needing {
        actions,
        resource: Resource::Every,
        certainty,
        context: &[],
        doing: doing.to_owned(),
        span: used.block.span,
    });
}
