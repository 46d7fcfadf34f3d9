//! Alarms on databases.

use serde_json::json;
use synth::Alarm;
use synth::alarm::{Count, Gigabytes, Milliseconds, Percent};
use synth::aws::cloudwatch;
use synth::database::Metrics;

use super::{postgres, stack};

#[test]
fn thresholds_are_written_in_the_units_that_rds_publishes() {
    let stack = stack(|stack| {
        let metrics = stack.add("database", postgres()).metrics();
        stack.add("cpu", Alarm::above("cpu", metrics.cpu_utilization(), Percent(80), 5));
        stack.add("connections", Alarm::above("connections", metrics.connections(), Count(80), 5));
        stack.add("storage", Alarm::below("storage", metrics.free_storage(), Gigabytes(5), 5));
        stack.add("read", Alarm::above("read", metrics.read_latency(), Milliseconds(100), 5));
        stack.add("write", Alarm::above("write", metrics.write_latency(), Milliseconds(100), 5));
    });
    for (metric, threshold, comparison) in [
        ("CPUUtilization", json!(80), "GreaterThanThreshold"),
        ("DatabaseConnections", json!(80), "GreaterThanThreshold"),
        ("FreeStorageSpace", json!(5_368_709_120_i64), "LessThanThreshold"),
        ("ReadLatency", json!(0.1), "GreaterThanThreshold"),
        ("WriteLatency", json!(0.1), "GreaterThanThreshold"),
    ] {
        stack.has_resource::<cloudwatch::MetricAlarm>(json!({
            "namespace": "AWS/RDS", "metric_name": metric, "threshold": threshold,
            "comparison_operator": comparison, "statistic": "Average",
            "dimensions": { "DBInstanceIdentifier": "${aws_db_instance.database.identifier}" },
        }));
    }
}

#[test]
fn a_database_that_is_already_there_has_metrics_too() {
    let stack = stack(|stack| {
        let metrics = Metrics::of("shop-dev");
        stack.add("memory", Alarm::below("memory", metrics.free_memory(), Gigabytes(1), 5));
    });
    stack.has_resource::<cloudwatch::MetricAlarm>(
        json!({ "metric_name": "FreeableMemory", "dimensions": { "DBInstanceIdentifier": "shop-dev" } }),
    );
}
