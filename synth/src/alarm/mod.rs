//! An alarm of Amazon CloudWatch on a metric that the service really publishes.
//!
//! ```text
//! a service's file: Published (name, dimensions, statistic, unit) ─▶ Metric<Bytes> ─┐
//!                                   Gigabytes(5) ─▶ Threshold<Bytes> ───────────────┴─▶ Alarm
//! ```
//!
//! A threshold of another kind than the metric does not compile:
//!
//! ```compile_fail,E0277
//! # use synth::{Alarm, alarm::Gigabytes, app_runner::ServiceHandle};
//! # fn alarm(service: ServiceHandle) -> Alarm {
//! Alarm::above("slow", service.request_latency(), Gigabytes(5), 5)
//! # }
//! ```

mod metric;
mod unit;

use synth_aws::cloudwatch;
use synth_core::{
    Construct, Handle, List, Map, NodeId, Number, Of, Place, Problem, Ref, Scope, THIS, Value, functions,
};

pub use metric::{Metric, Source};
pub(crate) use metric::{Published, Statistic};
use unit::Amount;
pub use unit::{Bytes, Count, Gigabytes, Megabytes, Milliseconds, Percent, Seconds, Threshold, Unit};

/// Raised when a metric is above or below a threshold.
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
    metric: Source,
    /// Raised when the metric is above this.
    #[cfg_attr(feature = "documents", serde(default))]
    above: Option<Amount>,
    /// Raised when the metric is below this.
    #[cfg_attr(feature = "documents", serde(default))]
    below: Option<Amount>,
    /// The minutes over which counts are summed up and levels averaged.
    minutes: u32,
    /// ARNs of the SNS topics that are told when the alarm is raised.
    #[cfg_attr(feature = "documents", serde(default))]
    notify: Vec<Value<String>>,
    /// Topics of which Terraform knows the number: of a topic that is there only sometimes.
    #[cfg_attr(feature = "documents", serde(skip))]
    notify_all: Option<Value<List<String>>>,
}

impl Alarm {
    /// Raised when `metric`, summed up or averaged over `minutes`, is above a threshold of its own kind.
    pub fn above<U>(
        name: impl Into<Value<String>>,
        metric: Metric<U>,
        threshold: impl Into<Threshold<U>>,
        minutes: u32,
    ) -> Self {
        let above = Some(threshold.into().amount);
        Alarm { above, ..Alarm::on(name.into(), metric.source, minutes) }
    }

    /// Raised when `metric`, summed up or averaged over `minutes`, is below a threshold of its own kind.
    pub fn below<U>(
        name: impl Into<Value<String>>,
        metric: Metric<U>,
        threshold: impl Into<Threshold<U>>,
        minutes: u32,
    ) -> Self {
        let below = Some(threshold.into().amount);
        Alarm { below, ..Alarm::on(name.into(), metric.source, minutes) }
    }

    fn on(name: Value<String>, metric: Source, minutes: u32) -> Self {
        let notify = Vec::new();
        Alarm { name, description: None, metric, above: None, below: None, minutes, notify, notify_all: None }
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

    /// Tells the topics of a list instead, which may turn out to be empty: of a topic that is there only sometimes.
    #[must_use]
    pub fn notify_all(mut self, topics: impl Into<Value<List<String>>>) -> Self {
        self.notify_all = Some(topics.into());
        self
    }

    /// The comparison and the threshold in the metric's unit.
    fn threshold(&self, metric: &Published, scope: &mut Scope<'_>) -> Option<(&'static str, Value<Number>)> {
        let (property, operator, amount) = match (&self.above, &self.below) {
            (Some(above), None) => ("above", "GreaterThanThreshold", above),
            (None, Some(below)) => ("below", "LessThanThreshold", below),
            _ => {
                scope.refuse(
                    Problem::new("an alarm has one threshold").help("give either `above` or `below`"),
                );
                return None;
            }
        };
        let threshold = amount.clone().in_unit(metric.unit);
        if threshold.is_none() {
            scope.refuse(
                Problem::new(format!("`{}` is not counted in what the threshold is", metric.name))
                    .at(format!("/{property}"))
                    .help(format!("write {}", metric.unit.amounts()))
                    .source("Amazon CloudWatch API Reference, \"MetricDatum\": Unit"),
            );
        }
        threshold.map(|threshold| (operator, threshold))
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
        let metric = self.metric.published();
        let (operator, threshold) =
            self.threshold(&metric, &mut scope).unwrap_or(("GreaterThanThreshold", 0.into()));
        let mut alarm = cloudwatch::MetricAlarm::new()
            .alarm_name(self.name)
            .namespace(metric.namespace)
            .metric_name(metric.name)
            .dimensions(metric.dimensions.into_iter().collect::<Value<Map<String>>>())
            .statistic(metric.statistic.name())
            .treat_missing_data(metric.statistic.missing())
            .comparison_operator(operator)
            .threshold(threshold)
            .period(i64::from(self.minutes) * 60)
            .evaluation_periods(1);
        if let Some(description) = self.description {
            alarm = alarm.alarm_description(description);
        }
        if let Some(topics) = self.notify_all {
            alarm = alarm.alarm_actions(functions::toset(topics));
        } else if !self.notify.is_empty() {
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
