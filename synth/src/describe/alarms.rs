//! Alarms: when they go off, and where to look first.

use serde_json::Value;

use super::document::{Argument, Resource, Stack};
use super::markdown::{Page, code, plain};
use super::{by_stack, row};

/// Where to look first when a metric is too high or too low. The metrics are those that each service publishes:
/// AWS App Runner Developer Guide, "Viewing App Runner service metrics reported to CloudWatch"; Amazon RDS User Guide,
/// "Amazon CloudWatch metrics for Amazon RDS"; Amazon ECS Developer Guide, "Amazon ECS CloudWatch metrics"; User Guide
/// for Application Load Balancers, "CloudWatch metrics for your Application Load Balancer".
const FIRST: [(&str, &str, &str); 20] = [
    (
        "AWS/AppRunner",
        "5xxStatusResponses",
        "the application's log; the last deployment: roll it back if it began then",
    ),
    ("AWS/AppRunner", "4xxStatusResponses", "the requests in the log: who asks for what is not there"),
    ("AWS/AppRunner", "CPUUtilization", "requests an instance: more instances, or larger ones"),
    ("AWS/AppRunner", "MemoryUtilization", "whether it only grows: a leak; else larger instances"),
    ("AWS/AppRunner", "RequestLatency", "what the application waits for: its database, other services"),
    ("AWS/AppRunner", "ActiveInstances", "whether the limit of instances is reached"),
    ("AWS/AppRunner", "Concurrency", "whether the limit of instances is reached"),
    ("AWS/RDS", "CPUUtilization", "the slowest statements; then a larger class"),
    (
        "AWS/RDS",
        "DatabaseConnections",
        "who holds connections: pools that are too large, or are not given back",
    ),
    (
        "AWS/RDS",
        "FreeStorageSpace",
        "what grows; raise the storage before it is full, for a full database stops",
    ),
    ("AWS/RDS", "FreeableMemory", "connections and the slowest statements; then a larger class"),
    ("AWS/RDS", "ReadLatency", "the slowest statements and missing indexes; then the storage's throughput"),
    ("AWS/RDS", "WriteLatency", "large transactions and checkpoints; then the storage's throughput"),
    ("AWS/ECS", "CPUUtilization", "requests a task: more tasks, or larger ones"),
    ("AWS/ECS", "MemoryUtilization", "whether it only grows: a leak; else larger tasks"),
    (
        "AWS/ApplicationELB",
        "HTTPCode_Target_5XX_Count",
        "the service's log; its last deployment: roll it back if it began then",
    ),
    ("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", "whether there is a healthy target at all"),
    ("AWS/ApplicationELB", "UnHealthyHostCount", "the service's events and its health check's answer"),
    ("AWS/ApplicationELB", "TargetResponseTime", "what the service waits for: its database, other services"),
    ("AWS/CloudFront", "5xxErrorRate", "the origins: whether they answer, and admit the distribution"),
];

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    let mut rows = Vec::new();
    for stack in stacks {
        rows.extend(stack.of_type("aws_cloudwatch_metric_alarm").map(|alarm| {
            let name = code(&alarm.called(&["alarm_name"]));
            row(stacks, stack, [name, when(&alarm), told(&alarm), first(&alarm)])
        }));
    }
    if !rows.is_empty() {
        page.section("Alarms");
        page.table(&by_stack(stacks, &["alarm", "when", "tells", "look first at"]), &rows);
    }
}

/// `CPUUtilization, Average, > 80 for 5 min`
fn when(alarm: &Resource<'_>) -> String {
    let comparison = match text(alarm, "comparison_operator").as_str() {
        "GreaterThanThreshold" => ">".to_owned(),
        "GreaterThanOrEqualToThreshold" => "≥".to_owned(),
        "LessThanThreshold" => "\\<".to_owned(),
        "LessThanOrEqualToThreshold" => "≤".to_owned(),
        other => plain(other),
    };
    let minutes = match (number(alarm, "period"), number(alarm, "evaluation_periods")) {
        (Some(seconds), Some(periods)) => format!(" for {} min", seconds * periods / 60.0),
        _ => String::new(),
    };
    let (metric, statistic) = (text(alarm, "metric_name"), plain(&text(alarm, "statistic")));
    let amount = amount(&metric, number(alarm, "threshold"), &text(alarm, "threshold"));
    format!("{}, {statistic}, {comparison} {amount}{minutes}", code(&metric))
}

/// A threshold with its unit, where the metric's is known (the pages named at [`FIRST`]).
fn amount(metric: &str, number: Option<f64>, written: &str) -> String {
    const GIBIBYTE: f64 = 1_073_741_824.0;
    match (metric, number) {
        ("FreeStorageSpace" | "FreeableMemory", Some(bytes)) => format!("{} GiB", bytes / GIBIBYTE),
        ("ReadLatency" | "WriteLatency" | "TargetResponseTime", Some(seconds)) => format!("{seconds} s"),
        ("RequestLatency", Some(milliseconds)) => format!("{milliseconds} ms"),
        ("CPUUtilization" | "MemoryUtilization", Some(percent)) => format!("{percent} %"),
        _ => plain(written),
    }
}

/// Who is told.
fn told(alarm: &Resource<'_>) -> String {
    match alarm.written("alarm_actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => {
            let actions: Vec<String> = actions.iter().map(|action| code(inner(&shown(action)))).collect();
            actions.join(", ")
        }
        Some(Value::String(expression)) => code(inner(expression)),
        _ => "nobody".to_owned(),
    }
}

/// What the author says, else what is known of the metric.
fn first(alarm: &Resource<'_>) -> String {
    let (namespace, metric) = (text(alarm, "namespace"), text(alarm, "metric_name"));
    let known = FIRST.iter().find(|(of, name, _)| (*of, *name) == (namespace.as_str(), metric.as_str()));
    let said = text(alarm, "alarm_description");
    match (known, said.is_empty()) {
        (Some((_, _, advice)), true) => (*advice).to_owned(),
        (Some((_, _, advice)), false) => format!("{}: {advice}", plain(&said)),
        (None, _) => plain(&said),
    }
}

fn number(alarm: &Resource<'_>, argument: &str) -> Option<f64> {
    match alarm.argument(argument) {
        Argument::Is(value) => value.as_f64(),
        _ => None,
    }
}

fn text(alarm: &Resource<'_>, argument: &str) -> String {
    match alarm.argument(argument) {
        Argument::Is(value) => shown(value),
        Argument::Later(expression) => expression.to_owned(),
        Argument::Absent => String::new(),
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// An expression without the signs around it.
fn inner(text: &str) -> &str {
    text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).unwrap_or(text)
}
