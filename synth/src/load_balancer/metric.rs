//! The metrics that an application load balancer publishes.

use synth_core::Value;

use super::targets::TargetsHandle;
use crate::alarm::{self, Count, Published, Seconds, Source, Statistic, Unit};

/// A metric in the namespace `AWS/ApplicationELB` (Elastic Load Balancing User Guide for Application Load Balancers,
/// "CloudWatch metrics for your Application Load Balancer").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    schemars(
        rename = "LoadBalancerMetric",
        extend("x-see" = "Elastic Load Balancing User Guide for Application Load Balancers, \"CloudWatch metrics for your Application Load Balancer\"")
    )
)]
pub enum Metric {
    /// Requests that were answered by a target.
    #[cfg_attr(feature = "documents", serde(rename = "RequestCount"))]
    RequestCount,
    /// Answers of targets with a status of 500 to 599.
    #[cfg_attr(feature = "documents", serde(rename = "HTTPCode_Target_5XX_Count"))]
    TargetServerErrors,
    /// Answers of the load balancer itself with a status of 500 to 599.
    #[cfg_attr(feature = "documents", serde(rename = "HTTPCode_ELB_5XX_Count"))]
    OwnServerErrors,
    /// Time that targets take to answer, in seconds.
    #[cfg_attr(feature = "documents", serde(rename = "TargetResponseTime"))]
    TargetResponseTime,
    /// Targets that are not healthy.
    #[cfg_attr(feature = "documents", serde(rename = "UnHealthyHostCount"))]
    UnhealthyHosts,
}

/// A metric of one load balancer, or of targets behind it.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "MetricOfLoadBalancer")
)]
pub struct MetricOf {
    /// The end of the load balancer's ARN: `app/shop/0123456789abcdef`.
    load_balancer: Value<String>,
    /// The end of the target group's ARN: `targetgroup/shop/0123456789abcdef`. Targets that are not healthy are
    /// published for each group alone.
    #[cfg_attr(feature = "documents", serde(default))]
    targets: Option<Value<String>>,
    /// The metric.
    name: Metric,
}

impl Metric {
    /// The metric's name in CloudWatch, how its values become one, and what they are counted in.
    fn facts(self) -> (&'static str, Statistic, Unit) {
        match self {
            Metric::RequestCount => ("RequestCount", Statistic::Sum, Unit::Count),
            Metric::TargetServerErrors => ("HTTPCode_Target_5XX_Count", Statistic::Sum, Unit::Count),
            Metric::OwnServerErrors => ("HTTPCode_ELB_5XX_Count", Statistic::Sum, Unit::Count),
            Metric::TargetResponseTime => ("TargetResponseTime", Statistic::Average, Unit::Seconds),
            Metric::UnhealthyHosts => ("UnHealthyHostCount", Statistic::Average, Unit::Count),
        }
    }
}

impl MetricOf {
    pub(crate) fn published(&self) -> Published {
        let (name, statistic, unit) = self.name.facts();
        let mut dimensions = vec![("LoadBalancer", self.load_balancer.clone())];
        if let Some(targets) = &self.targets {
            dimensions.push(("TargetGroup", targets.clone()));
        }
        Published { namespace: "AWS/ApplicationELB", name, dimensions, statistic, unit }
    }
}

/// The metrics of one load balancer.
#[derive(Clone, Debug)]
pub struct Metrics {
    load_balancer: Value<String>,
}

impl Metrics {
    /// Those of a load balancer, of this app or not, by the end of its ARN.
    pub fn of(arn_suffix: impl Into<Value<String>>) -> Self {
        Metrics { load_balancer: arn_suffix.into() }
    }

    fn metric<U>(&self, name: Metric, targets: Option<Value<String>>) -> alarm::Metric<U> {
        let load_balancer = self.load_balancer.clone();
        alarm::Metric::of(Source::LoadBalancer(MetricOf { load_balancer, targets, name }))
    }

    /// Requests that were answered by a target, summed up.
    pub fn requests(&self) -> alarm::Metric<Count> {
        self.metric(Metric::RequestCount, None)
    }

    /// Answers of targets with a status of 500 to 599, summed up.
    pub fn target_server_errors(&self) -> alarm::Metric<Count> {
        self.metric(Metric::TargetServerErrors, None)
    }

    /// Answers of the load balancer itself with a status of 500 to 599, summed up: it found no healthy target.
    pub fn own_server_errors(&self) -> alarm::Metric<Count> {
        self.metric(Metric::OwnServerErrors, None)
    }

    /// The time that targets take to answer, averaged.
    pub fn response_time(&self) -> alarm::Metric<Seconds> {
        self.metric(Metric::TargetResponseTime, None)
    }

    /// Targets that are not healthy, averaged.
    pub fn unhealthy(&self, targets: TargetsHandle) -> alarm::Metric<Count> {
        self.metric(Metric::UnhealthyHosts, Some(targets.arn_suffix().into()))
    }
}
