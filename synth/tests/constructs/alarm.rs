//! Alarms: what they watch, and thresholds in the metrics' own units.

use serde_json::{Value as Json, json};
use synth::alarm::{Alarm, Count, Milliseconds, Percent, Seconds};
use synth::app_runner::ServiceHandle;
use synth::{Number, Variable};

use super::{document, refusal, service};

fn alarm(write: impl FnOnce(ServiceHandle) -> Alarm) -> Json {
    let document = document(|stack| {
        let api = stack.add("api", service("shop-api"));
        stack.add("alarm", write(api));
    });
    document["resource"]["aws_cloudwatch_metric_alarm"]["alarm"].clone()
}

#[test]
fn counts_are_summed_up_and_levels_averaged() {
    let errors = alarm(|api| Alarm::above("errors", api.server_errors(), Count(5), 5));
    assert_eq!(errors["metric_name"], "5xxStatusResponses");
    assert_eq!(
        (&errors["statistic"], &errors["treat_missing_data"]),
        (&json!("Sum"), &json!("notBreaching"))
    );
    let cpu = alarm(|api| Alarm::above("cpu", api.cpu_utilization(), Percent(80), 5));
    assert_eq!((&cpu["statistic"], &cpu["treat_missing_data"]), (&json!("Average"), &json!("missing")));
    assert_eq!((&cpu["threshold"], &cpu["period"]), (&json!(80), &json!(300)));
}

#[test]
fn an_alarm_may_be_raised_below_its_threshold() {
    let idle = alarm(|api| Alarm::below("idle", api.requests(), Count(1), 60));
    assert_eq!(idle["comparison_operator"], "LessThanThreshold");
}

#[test]
fn thresholds_become_the_metrics_own_unit() {
    let slow =
        |threshold: Seconds<f64>| alarm(|api| Alarm::above("slow", api.request_latency(), threshold, 1));
    assert_eq!(slow(Seconds(1.5))["threshold"], 1500);
    let slow = alarm(|api| Alarm::above("slow", api.request_latency(), Milliseconds(250), 1));
    assert_eq!(slow["threshold"], 250);
}

#[test]
fn a_threshold_from_a_variable_is_converted_by_terraform() {
    let document = document(|stack| {
        let seconds = stack.add("seconds", Variable::<Number>::new());
        let api = stack.add("api", service("shop-api"));
        stack.add("slow", Alarm::above("slow", api.request_latency(), Seconds(&seconds), 1));
    });
    let alarm = &document["resource"]["aws_cloudwatch_metric_alarm"]["slow"];
    assert_eq!(alarm["threshold"], "${var.seconds * 1000}");
}

#[test]
fn the_topics_that_are_told_may_be_a_list_that_is_known_later() {
    let one = alarm(|api| Alarm::above("errors", api.server_errors(), Count(5), 5).notify("arn:aws:sns:x"));
    assert_eq!(one["alarm_actions"], json!(["arn:aws:sns:x"]));
    let silent = alarm(|api| Alarm::above("errors", api.server_errors(), Count(5), 5));
    assert_eq!(silent.get("alarm_actions"), None);
}

#[test]
fn a_period_that_cloudwatch_has_not_is_refused() {
    let message = |minutes| {
        refusal(|stack| {
            let api = stack.add("api", service("shop-api"));
            stack.add("errors", Alarm::above("errors", api.server_errors(), Count(5), minutes));
        })
    };
    assert_eq!(message(0), "an alarm cannot look at 0 minutes");
    assert_eq!(message(1441), "an alarm cannot look at 1441 minutes");
}
