//! The metrics that App Runner publishes.

use crate::alarm::{Missing, Statistic};

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

impl Metric {
    /// The metric's name in CloudWatch.
    pub fn name(self) -> &'static str {
        match self {
            Metric::CpuUtilization => "CPUUtilization",
            Metric::MemoryUtilization => "MemoryUtilization",
            Metric::Requests => "Requests",
            Metric::Successes => "2xxStatusResponses",
            Metric::ClientErrors => "4xxStatusResponses",
            Metric::ServerErrors => "5xxStatusResponses",
            Metric::RequestLatency => "RequestLatency",
            Metric::ActiveInstances => "ActiveInstances",
            Metric::Concurrency => "Concurrency",
        }
    }

    /// Counts are summed up over a period, levels averaged.
    pub(crate) fn statistic(self) -> Statistic {
        match self {
            Metric::Requests | Metric::Successes | Metric::ClientErrors | Metric::ServerErrors => {
                Statistic::Sum
            }
            _ => Statistic::Average,
        }
    }

    /// A period without requests has no counts: that is no error.
    pub(crate) fn missing(self) -> Missing {
        match self.statistic() {
            Statistic::Sum => Missing::NotBreaching,
            Statistic::Average => Missing::Missing,
        }
    }
}
