//! The metrics that RDS publishes of an instance.

use synth_core::Value;

use crate::alarm::{self, Bytes, Count, Percent, Published, Seconds, Source, Statistic, Unit};

/// A metric of an instance in the namespace `AWS/RDS` (Amazon RDS User Guide, "Amazon CloudWatch metrics for Amazon
/// RDS").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    schemars(
        rename = "DatabaseMetric",
        extend("x-see" = "Amazon RDS User Guide, \"Amazon CloudWatch metrics for Amazon RDS\"")
    )
)]
pub enum Metric {
    /// CPU utilization, in percent.
    #[cfg_attr(feature = "documents", serde(rename = "CPUUtilization"))]
    CpuUtilization,
    /// Credits with which a burstable instance may run faster than its baseline.
    #[cfg_attr(feature = "documents", serde(rename = "CPUCreditBalance"))]
    CpuCreditBalance,
    /// Connections of clients.
    #[cfg_attr(feature = "documents", serde(rename = "DatabaseConnections"))]
    DatabaseConnections,
    /// Requests that wait for the disk.
    #[cfg_attr(feature = "documents", serde(rename = "DiskQueueDepth"))]
    DiskQueueDepth,
    /// Storage that is free, in bytes.
    #[cfg_attr(feature = "documents", serde(rename = "FreeStorageSpace"))]
    FreeStorageSpace,
    /// Memory that is free, in bytes.
    #[cfg_attr(feature = "documents", serde(rename = "FreeableMemory"))]
    FreeableMemory,
    /// Time that the disk takes to read, in seconds.
    #[cfg_attr(feature = "documents", serde(rename = "ReadLatency"))]
    ReadLatency,
    /// Time that the disk takes to write, in seconds.
    #[cfg_attr(feature = "documents", serde(rename = "WriteLatency"))]
    WriteLatency,
}

/// A metric of one instance.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "MetricOfDatabase")
)]
pub struct MetricOf {
    /// The instance's identifier.
    instance: Value<String>,
    /// The metric.
    name: Metric,
}

impl Metric {
    /// The metric's name in CloudWatch, and what it is counted in.
    fn facts(self) -> (&'static str, Unit) {
        match self {
            Metric::CpuUtilization => ("CPUUtilization", Unit::Percent),
            Metric::CpuCreditBalance => ("CPUCreditBalance", Unit::Count),
            Metric::DatabaseConnections => ("DatabaseConnections", Unit::Count),
            Metric::DiskQueueDepth => ("DiskQueueDepth", Unit::Count),
            Metric::FreeStorageSpace => ("FreeStorageSpace", Unit::Bytes),
            Metric::FreeableMemory => ("FreeableMemory", Unit::Bytes),
            Metric::ReadLatency => ("ReadLatency", Unit::Seconds),
            Metric::WriteLatency => ("WriteLatency", Unit::Seconds),
        }
    }
}

impl MetricOf {
    pub(crate) fn published(&self) -> Published {
        let (name, unit) = self.name.facts();
        let dimensions = vec![("DBInstanceIdentifier", self.instance.clone())];
        // All of these are levels.
        Published { namespace: "AWS/RDS", name, dimensions, statistic: Statistic::Average, unit }
    }
}

/// The metrics of one instance, each averaged over the minutes that an alarm looks at.
#[derive(Clone, Debug)]
pub struct Metrics {
    instance: Value<String>,
}

impl Metrics {
    /// Those of an instance, of this app or not, by its identifier.
    pub fn of(instance: impl Into<Value<String>>) -> Self {
        Metrics { instance: instance.into() }
    }

    fn metric<U>(&self, name: Metric) -> alarm::Metric<U> {
        alarm::Metric::of(Source::Database(MetricOf { instance: self.instance.clone(), name }))
    }

    /// CPU utilization.
    pub fn cpu_utilization(&self) -> alarm::Metric<Percent> {
        self.metric(Metric::CpuUtilization)
    }

    /// Credits with which a burstable instance may run faster than its baseline.
    pub fn cpu_credit_balance(&self) -> alarm::Metric<Count> {
        self.metric(Metric::CpuCreditBalance)
    }

    /// Connections of clients.
    pub fn connections(&self) -> alarm::Metric<Count> {
        self.metric(Metric::DatabaseConnections)
    }

    /// Requests that wait for the disk.
    pub fn disk_queue_depth(&self) -> alarm::Metric<Count> {
        self.metric(Metric::DiskQueueDepth)
    }

    /// Storage that is free.
    pub fn free_storage(&self) -> alarm::Metric<Bytes> {
        self.metric(Metric::FreeStorageSpace)
    }

    /// Memory that is free.
    pub fn free_memory(&self) -> alarm::Metric<Bytes> {
        self.metric(Metric::FreeableMemory)
    }

    /// Time that the disk takes to read.
    pub fn read_latency(&self) -> alarm::Metric<Seconds> {
        self.metric(Metric::ReadLatency)
    }

    /// Time that the disk takes to write.
    pub fn write_latency(&self) -> alarm::Metric<Seconds> {
        self.metric(Metric::WriteLatency)
    }
}
