//! The metrics that App Runner publishes.

use synth_core::{Of, Value};

use super::handle::ServiceHandle;
use crate::alarm::{self, Count, Milliseconds, Percent, Published, Source, Statistic, Unit};

/// A metric of a service in the namespace `AWS/AppRunner` (AWS App Runner Developer Guide, "Viewing App Runner
/// service metrics reported to CloudWatch").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    schemars(
        rename = "AppRunnerMetric",
        extend(
            "x-help" = "App Runner publishes these metrics and no others",
            "x-see" = "AWS App Runner Developer Guide, \"Viewing App Runner service metrics reported to CloudWatch\""
        )
    )
)]
pub enum Metric {
    /// Average CPU utilization, in percent.
    #[cfg_attr(feature = "documents", serde(rename = "CPUUtilization"))]
    CpuUtilization,
    /// Average memory utilization, in percent.
    #[cfg_attr(feature = "documents", serde(rename = "MemoryUtilization"))]
    MemoryUtilization,
    /// Requests.
    #[cfg_attr(feature = "documents", serde(rename = "Requests"))]
    Requests,
    /// Responses with a status of 200 to 299.
    #[cfg_attr(feature = "documents", serde(rename = "2xxStatusResponses"))]
    Successes,
    /// Responses with a status of 400 to 499.
    #[cfg_attr(feature = "documents", serde(rename = "4xxStatusResponses"))]
    ClientErrors,
    /// Responses with a status of 500 to 599.
    #[cfg_attr(feature = "documents", serde(rename = "5xxStatusResponses"))]
    ServerErrors,
    /// Time to answer, in milliseconds.
    #[cfg_attr(feature = "documents", serde(rename = "RequestLatency"))]
    RequestLatency,
    /// Instances that process requests.
    #[cfg_attr(feature = "documents", serde(rename = "ActiveInstances"))]
    ActiveInstances,
    /// Requests that are processed at a time.
    #[cfg_attr(feature = "documents", serde(rename = "Concurrency"))]
    Concurrency,
}

/// A metric of one service.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "MetricOfAppRunnerService")
)]
pub struct MetricOf {
    /// The service.
    service: Of<ServiceHandle>,
    /// The metric.
    name: Metric,
}

impl Metric {
    /// The metric's name in CloudWatch, how its values become one, and what they are counted in.
    fn facts(self) -> (&'static str, Statistic, Unit) {
        match self {
            Metric::CpuUtilization => ("CPUUtilization", Statistic::Average, Unit::Percent),
            Metric::MemoryUtilization => ("MemoryUtilization", Statistic::Average, Unit::Percent),
            Metric::Requests => ("Requests", Statistic::Sum, Unit::Count),
            Metric::Successes => ("2xxStatusResponses", Statistic::Sum, Unit::Count),
            Metric::ClientErrors => ("4xxStatusResponses", Statistic::Sum, Unit::Count),
            Metric::ServerErrors => ("5xxStatusResponses", Statistic::Sum, Unit::Count),
            Metric::RequestLatency => ("RequestLatency", Statistic::Average, Unit::Milliseconds),
            Metric::ActiveInstances => ("ActiveInstances", Statistic::Average, Unit::Count),
            Metric::Concurrency => ("Concurrency", Statistic::Average, Unit::Count),
        }
    }
}

impl MetricOf {
    pub(crate) fn published(&self) -> Published {
        let (name, statistic, unit) = self.name.facts();
        let dimension = |attribute: &str| Value::from(self.service.export::<String>(attribute));
        // Service metrics have both dimensions (the page that `Metric` names).
        let dimensions = vec![("ServiceID", dimension("id")), ("ServiceName", dimension("name"))];
        Published { namespace: "AWS/AppRunner", name, dimensions, statistic, unit }
    }
}

/// The metrics of a service.
impl ServiceHandle {
    fn watched<U>(self, name: Metric) -> alarm::Metric<U> {
        alarm::Metric::of(Source::AppRunner(MetricOf { service: self.into(), name }))
    }

    /// CPU utilization, averaged.
    pub fn cpu_utilization(self) -> alarm::Metric<Percent> {
        self.watched(Metric::CpuUtilization)
    }

    /// Memory utilization, averaged.
    pub fn memory_utilization(self) -> alarm::Metric<Percent> {
        self.watched(Metric::MemoryUtilization)
    }

    /// Requests, summed up.
    pub fn requests(self) -> alarm::Metric<Count> {
        self.watched(Metric::Requests)
    }

    /// Responses with a status of 200 to 299, summed up.
    pub fn successes(self) -> alarm::Metric<Count> {
        self.watched(Metric::Successes)
    }

    /// Responses with a status of 400 to 499, summed up.
    pub fn client_errors(self) -> alarm::Metric<Count> {
        self.watched(Metric::ClientErrors)
    }

    /// Responses with a status of 500 to 599, summed up.
    pub fn server_errors(self) -> alarm::Metric<Count> {
        self.watched(Metric::ServerErrors)
    }

    /// The time to answer, averaged.
    pub fn request_latency(self) -> alarm::Metric<Milliseconds> {
        self.watched(Metric::RequestLatency)
    }

    /// Instances that process requests, averaged.
    pub fn active_instances(self) -> alarm::Metric<Count> {
        self.watched(Metric::ActiveInstances)
    }

    /// Requests that are processed at a time, averaged.
    pub fn concurrency(self) -> alarm::Metric<Count> {
        self.watched(Metric::Concurrency)
    }
}
