//! How App Runner finds out whether an instance is healthy.

use synth_aws::apprunner::ServiceHealthCheckConfiguration;
use synth_core::{Scope, Value};

use crate::health_check;

/// What App Runner accepts for each of the four numbers (AWS App Runner API Reference,
/// "HealthCheckConfiguration").
const LEAST: u32 = 1;
const MOST: u32 = 20;
const PAGE: &str = "AWS App Runner API Reference, \"HealthCheckConfiguration\"";

/// A health check: of a path over HTTP, or of the port alone over TCP where there is no path.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields, default),
    schemars(rename = "AppRunnerHealthCheck")
)]
pub struct HealthCheck {
    /// The path that answers 200 when all is well; without one, only the port is tried.
    path: Option<Value<String>>,
    /// Seconds between two checks: 1 to 20.
    #[cfg_attr(feature = "documents", schemars(range(min = LEAST, max = MOST), extend("x-help" = "App Runner checks every 1 to 20 seconds", "x-see" = PAGE)))]
    interval_seconds: u32,
    /// Seconds to wait for an answer: 1 to 20.
    #[cfg_attr(feature = "documents", schemars(range(min = LEAST, max = MOST), extend("x-help" = "App Runner waits 1 to 20 seconds for an answer", "x-see" = PAGE)))]
    timeout_seconds: u32,
    /// Successes in a row that make an instance healthy: 1 to 20.
    #[cfg_attr(feature = "documents", schemars(range(min = LEAST, max = MOST), extend("x-help" = "App Runner counts 1 to 20 successes", "x-see" = PAGE)))]
    healthy_after: u32,
    /// Failures in a row that make an instance unhealthy: 1 to 20.
    #[cfg_attr(feature = "documents", schemars(range(min = LEAST, max = MOST), extend("x-help" = "App Runner counts 1 to 20 failures", "x-see" = PAGE)))]
    unhealthy_after: u32,
}

impl Default for HealthCheck {
    /// App Runner's own defaults.
    fn default() -> Self {
        HealthCheck {
            path: None,
            interval_seconds: 5,
            timeout_seconds: 2,
            healthy_after: 1,
            unhealthy_after: 5,
        }
    }
}

impl HealthCheck {
    /// A check of a path over HTTP, with App Runner's own defaults for the rest.
    pub fn path(path: impl Into<Value<String>>) -> Self {
        HealthCheck { path: Some(path.into()), ..HealthCheck::default() }
    }

    /// Seconds between two checks: 1 to 20.
    #[must_use]
    pub fn interval_seconds(mut self, seconds: u32) -> Self {
        self.interval_seconds = seconds;
        self
    }

    /// Seconds to wait for an answer: 1 to 20.
    #[must_use]
    pub fn timeout_seconds(mut self, seconds: u32) -> Self {
        self.timeout_seconds = seconds;
        self
    }

    /// Successes in a row that make an instance healthy: 1 to 20.
    #[must_use]
    pub fn healthy_after(mut self, successes: u32) -> Self {
        self.healthy_after = successes;
        self
    }

    /// Failures in a row that make an instance unhealthy: 1 to 20.
    #[must_use]
    pub fn unhealthy_after(mut self, failures: u32) -> Self {
        self.unhealthy_after = failures;
        self
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        let accepted = LEAST..=MOST;
        let numbers = [
            ("interval_seconds", "an interval", self.interval_seconds, accepted.clone()),
            ("timeout_seconds", "a timeout", self.timeout_seconds, accepted.clone()),
            ("healthy_after", "a number of successes", self.healthy_after, accepted.clone()),
            ("unhealthy_after", "a number of failures", self.unhealthy_after, accepted),
        ];
        health_check::check(scope, "App Runner accepts", PAGE, numbers);
    }

    pub(super) fn block(self) -> ServiceHealthCheckConfiguration {
        let block = ServiceHealthCheckConfiguration::new()
            .interval(self.interval_seconds)
            .timeout(self.timeout_seconds)
            .healthy_threshold(self.healthy_after)
            .unhealthy_threshold(self.unhealthy_after);
        match self.path {
            Some(path) => block.protocol("HTTP").path(path),
            None => block.protocol("TCP"),
        }
    }
}
