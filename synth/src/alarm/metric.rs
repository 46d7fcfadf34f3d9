//! What alarms watch: a metric of one resource, as its service publishes it.

use std::marker::PhantomData;

use synth_core::Value;

use super::unit::Unit;
use crate::{app_runner, database, ecs, load_balancer};

/// A metric of one resource, counted in `U`.
#[derive(Clone, Debug)]
pub struct Metric<U> {
    pub(super) source: Source,
    of: PhantomData<fn() -> U>,
}

impl<U> Metric<U> {
    /// Claims that a metric is counted in `U`: each service's file says so once, beside what it publishes.
    pub(crate) fn of(source: Source) -> Self {
        Metric { source, of: PhantomData }
    }
}

/// A metric of some service.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    schemars(rename = "Metric")
)]
pub enum Source {
    /// A metric of an App Runner service.
    #[cfg_attr(feature = "documents", serde(rename = "app_runner"))]
    AppRunner(app_runner::MetricOf),
    /// A metric of a database on RDS.
    #[cfg_attr(feature = "documents", serde(rename = "database"))]
    Database(database::MetricOf),
    /// A metric of an application load balancer.
    #[cfg_attr(feature = "documents", serde(rename = "load_balancer"))]
    LoadBalancer(load_balancer::MetricOf),
    /// A metric of a service on ECS.
    #[cfg_attr(feature = "documents", serde(rename = "ecs"))]
    Ecs(ecs::MetricOf),
}

/// A metric as its service publishes it: a service's file makes one for each of its metrics.
#[derive(Clone, Debug)]
pub(crate) struct Published {
    /// `AWS/AppRunner`.
    pub(crate) namespace: &'static str,
    /// The metric's own name.
    pub(crate) name: &'static str,
    /// Which resource: all dimensions that the service publishes the metric by, or CloudWatch finds nothing.
    pub(crate) dimensions: Vec<(&'static str, Value<String>)>,
    /// How the values of a period become one.
    pub(crate) statistic: Statistic,
    /// What the values are counted in.
    pub(crate) unit: Unit,
}

/// How the values of a period become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Statistic {
    /// Counts are summed up.
    Sum,
    /// Levels are averaged.
    Average,
}

impl Source {
    pub(super) fn published(&self) -> Published {
        match self {
            Source::AppRunner(metric) => metric.published(),
            Source::Database(metric) => metric.published(),
            Source::LoadBalancer(metric) => metric.published(),
            Source::Ecs(metric) => metric.published(),
        }
    }
}

impl Statistic {
    pub(super) fn name(self) -> &'static str {
        match self {
            Statistic::Sum => "Sum",
            Statistic::Average => "Average",
        }
    }

    /// What a period without values means: no counts are no errors, and no level is unknown (Amazon CloudWatch User
    /// Guide, "Configuring how CloudWatch alarms treat missing data").
    pub(super) fn missing(self) -> &'static str {
        match self {
            Statistic::Sum => "notBreaching",
            Statistic::Average => "missing",
        }
    }
}
