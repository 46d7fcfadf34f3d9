//! Alarms as rows compare them: one line each.

use std::collections::BTreeSet;

use localstack_tests::Failure;
use localstack_tests::aws::Client;
use serde_json::{Value, json};

/// Every alarm of the region: `name: namespace metric statistic > threshold for seconds s × periods, of dimensions`.
pub(crate) fn all(aws: &Client) -> Result<BTreeSet<String>, Failure> {
    let alarms = aws.list("cloudwatch", "DescribeAlarms", json!({}), "MetricAlarms", "NextToken")?;
    Ok(alarms.iter().map(line).collect())
}

fn line(alarm: &Value) -> String {
    let text = |member: &str| alarm[member].as_str().unwrap_or_default();
    let [name, namespace, metric, statistic] =
        ["AlarmName", "Namespace", "MetricName", "Statistic"].map(text);
    let comparison = match text("ComparisonOperator") {
        "GreaterThanThreshold" => ">",
        "GreaterThanOrEqualToThreshold" => "≥",
        "LessThanThreshold" => "<",
        "LessThanOrEqualToThreshold" => "≤",
        other => other,
    };
    let threshold: f64 = text("Threshold").parse().unwrap_or(f64::NAN);
    let [period, periods] = ["Period", "EvaluationPeriods"].map(text);
    let mut dimensions: Vec<String> = alarm["Dimensions"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|pair| [&pair["Name"], &pair["Value"]].map(|side| side.as_str().unwrap_or_default()).join("="))
        .collect();
    dimensions.sort();
    let of = dimensions.join(" ");
    format!(
        "{name}: {namespace} {metric} {statistic} {comparison} {threshold} for {period} s × {periods}, of {of}"
    )
}
