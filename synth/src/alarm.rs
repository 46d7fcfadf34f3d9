//! An alarm of Amazon CloudWatch on a metric that the service really publishes.

use synth_aws::cloudwatch;
use synth_core::{Construct, Handle, NodeId, Number, Of, Place, Problem, Ref, THIS, Value};

use crate::app_runner;

/// Raised when a metric is above a threshold.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields)
)]
pub struct Alarm {
    /// The alarm's name.
    name: Value<String>,
    /// What it means, and what to do then.
    #[cfg_attr(feature = "documents", serde(default))]
    description: Option<Value<String>>,
    /// What is watched.
    metric: Metric,
    /// The value above which the alarm is raised, in the metric's own unit.
    above: Value<Number>,
    /// The minutes over which counts are summed up and levels averaged.
    minutes: u32,
    /// ARNs of the SNS topics that are told when the alarm is raised.
    #[cfg_attr(feature = "documents", serde(default))]
    notify: Vec<Value<String>>,
}

/// A metric of one resource.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "documents", derive(serde::Deserialize, schemars::JsonSchema))]
pub enum Metric {
    /// A metric of an App Runner service.
    #[cfg_attr(feature = "documents", serde(rename = "app_runner"))]
    AppRunner(AppRunnerMetric),
}

/// A metric of an App Runner service.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "MetricOfAppRunnerService")
)]
pub struct AppRunnerMetric {
    /// The service.
    pub service: Of<app_runner::ServiceHandle>,
    /// The metric.
    pub name: app_runner::Metric,
}

/// How the values of a period become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Statistic {
    Sum,
    Average,
}

/// What a period without values means (Amazon CloudWatch User Guide, "Configuring how CloudWatch alarms treat
/// missing data").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    NotBreaching,
    Missing,
}

impl Alarm {
    /// Raised when `metric`, summed up or averaged over `minutes`, is above a threshold in its own unit.
    pub fn above(
        name: impl Into<Value<String>>,
        metric: Metric,
        threshold: impl Into<Value<Number>>,
        minutes: u32,
    ) -> Self {
        Alarm {
            name: name.into(),
            description: None,
            metric,
            above: threshold.into(),
            minutes,
            notify: Vec::new(),
        }
    }

    /// What it means, and what to do then.
    #[must_use]
    pub fn description(mut self, description: impl Into<Value<String>>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Tells an SNS topic, by its ARN, when the alarm is raised.
    #[must_use]
    pub fn notify(mut self, topic: impl Into<Value<String>>) -> Self {
        self.notify.push(topic.into());
        self
    }
}

impl Construct for Alarm {
    type Handle = AlarmHandle;

    fn build(self, place: Place<'_, '_>) -> AlarmHandle {
        let mut scope = place.construct(AlarmHandle::KIND);
        if !(1..=1440).contains(&self.minutes) {
            scope.refuse(
                Problem::new(format!("an alarm cannot look at {} minutes", self.minutes))
                    .at("/minutes")
                    .help("write 1 to 1440")
                    .source("Amazon CloudWatch API Reference, \"PutMetricAlarm\": Period"),
            );
        }
        let Metric::AppRunner(AppRunnerMetric { service, name: metric }) = self.metric;
        let mut alarm = cloudwatch::MetricAlarm::new()
            .alarm_name(self.name)
            .namespace("AWS/AppRunner")
            .metric_name(metric.name())
            // Service metrics have both dimensions (the page that `app_runner::Metric` names).
            .dimensions([
                ("ServiceID", Value::from(service.export::<String>("id"))),
                ("ServiceName", Value::from(service.export::<String>("name"))),
            ])
            .statistic(match metric.statistic() {
                Statistic::Sum => "Sum",
                Statistic::Average => "Average",
            })
            .treat_missing_data(match metric.missing() {
                Missing::NotBreaching => "notBreaching",
                Missing::Missing => "missing",
            })
            .comparison_operator("GreaterThanThreshold")
            .threshold(self.above)
            .period(i64::from(self.minutes) * 60)
            .evaluation_periods(1);
        if let Some(description) = self.description {
            alarm = alarm.alarm_description(description);
        }
        if !self.notify.is_empty() {
            alarm = alarm.alarm_actions(self.notify);
        }
        let alarm = scope.add(THIS, alarm);
        scope.export("arn", alarm.arn());
        AlarmHandle(scope.node())
    }
}

/// An alarm of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlarmHandle(NodeId);

impl Handle for AlarmHandle {
    const KIND: &'static str = "alarm";

    fn node(self) -> NodeId {
        self.0
    }
}

impl AlarmHandle {
    /// The alarm's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }
}
