//! The metrics that ECS publishes of a service.

use synth_core::Value;

use crate::alarm::{self, Percent, Published, Source, Statistic, Unit};

/// A metric of a service in the namespace `AWS/ECS` (Amazon ECS Developer Guide, "Amazon ECS CloudWatch metrics").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    schemars(
        rename = "EcsMetric",
        extend("x-see" = "Amazon ECS Developer Guide, \"Amazon ECS CloudWatch metrics\"")
    )
)]
pub enum Metric {
    /// CPU utilization, in percent of what the tasks have.
    #[cfg_attr(feature = "documents", serde(rename = "CPUUtilization"))]
    CpuUtilization,
    /// Memory utilization, in percent of what the tasks have.
    #[cfg_attr(feature = "documents", serde(rename = "MemoryUtilization"))]
    MemoryUtilization,
}

/// A metric of one service.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "MetricOfEcsService")
)]
pub struct MetricOf {
    /// The cluster's name.
    cluster: Value<String>,
    /// The service's name.
    service: Value<String>,
    /// The metric.
    name: Metric,
}

impl MetricOf {
    pub(crate) fn published(&self) -> Published {
        let name = match self.name {
            Metric::CpuUtilization => "CPUUtilization",
            Metric::MemoryUtilization => "MemoryUtilization",
        };
        let dimensions = vec![("ClusterName", self.cluster.clone()), ("ServiceName", self.service.clone())];
        Published {
            namespace: "AWS/ECS",
            name,
            dimensions,
            statistic: Statistic::Average,
            unit: Unit::Percent,
        }
    }
}

/// The metrics of one service, each averaged over the minutes that an alarm looks at.
#[derive(Clone, Debug)]
pub struct Metrics {
    cluster: Value<String>,
    service: Value<String>,
}

impl Metrics {
    /// Those of a service in a cluster, of this app or not, by their names.
    pub fn of(cluster: impl Into<Value<String>>, service: impl Into<Value<String>>) -> Self {
        Metrics { cluster: cluster.into(), service: service.into() }
    }

    fn metric(&self, name: Metric) -> alarm::Metric<Percent> {
        let (cluster, service) = (self.cluster.clone(), self.service.clone());
        alarm::Metric::of(Source::Ecs(MetricOf { cluster, service, name }))
    }

    /// CPU utilization, of what the tasks have.
    pub fn cpu_utilization(&self) -> alarm::Metric<Percent> {
        self.metric(Metric::CpuUtilization)
    }

    /// Memory utilization, of what the tasks have.
    pub fn memory_utilization(&self) -> alarm::Metric<Percent> {
        self.metric(Metric::MemoryUtilization)
    }
}
