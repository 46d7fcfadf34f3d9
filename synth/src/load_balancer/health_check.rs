//! How a load balancer finds out whether a target is healthy.

use synth_aws::elbv2::TargetGroupHealthCheck;
use synth_core::{Problem, Scope, Value};

use crate::health_check;

const PAGE: &str = "Elastic Load Balancing API Reference, \"CreateTargetGroup\"";

/// A check of a path over HTTP, every 30 seconds unless you say otherwise.
#[derive(Clone, Debug)]
pub struct HealthCheck {
    path: Value<String>,
    statuses: Value<String>,
    interval_seconds: u32,
    timeout_seconds: u32,
    healthy_after: u32,
    unhealthy_after: u32,
}

impl HealthCheck {
    /// A path that answers 200 when all is well.
    pub fn path(path: impl Into<Value<String>>) -> Self {
        HealthCheck {
            path: path.into(),
            statuses: "200".into(),
            interval_seconds: 30,
            timeout_seconds: 5,
            healthy_after: 2,
            unhealthy_after: 3,
        }
    }

    /// The statuses that are healthy: `200`, `200,204`, `200-299`.
    #[must_use]
    pub fn statuses(mut self, statuses: impl Into<Value<String>>) -> Self {
        self.statuses = statuses.into();
        self
    }

    /// Seconds between two checks: 5 to 300.
    #[must_use]
    pub fn interval_seconds(mut self, seconds: u32) -> Self {
        self.interval_seconds = seconds;
        self
    }

    /// Seconds to wait for an answer: 2 to 120, and less than the interval.
    #[must_use]
    pub fn timeout_seconds(mut self, seconds: u32) -> Self {
        self.timeout_seconds = seconds;
        self
    }

    /// Successes in a row that make a target healthy: 2 to 10.
    #[must_use]
    pub fn healthy_after(mut self, successes: u32) -> Self {
        self.healthy_after = successes;
        self
    }

    /// Failures in a row that make a target unhealthy: 2 to 10.
    #[must_use]
    pub fn unhealthy_after(mut self, failures: u32) -> Self {
        self.unhealthy_after = failures;
        self
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        let numbers = [
            ("interval_seconds", "an interval", self.interval_seconds, 5..=300),
            ("timeout_seconds", "a timeout", self.timeout_seconds, 2..=120),
            ("healthy_after", "a number of successes", self.healthy_after, 2..=10),
            ("unhealthy_after", "a number of failures", self.unhealthy_after, 2..=10),
        ];
        health_check::check(scope, "write", PAGE, numbers);
        if self.timeout_seconds >= self.interval_seconds {
            scope.refuse(
                Problem::new(format!(
                    "a health check cannot wait {} s for an answer and ask again after {} s",
                    self.timeout_seconds, self.interval_seconds
                ))
                .at("/health_check/timeout_seconds")
                .help("write less than the interval")
                .source(PAGE),
            );
        }
    }

    pub(super) fn block(self) -> TargetGroupHealthCheck {
        TargetGroupHealthCheck::new()
            .path(self.path)
            .matcher(self.statuses)
            .interval(self.interval_seconds)
            .timeout(self.timeout_seconds)
            .healthy_threshold(self.healthy_after)
            .unhealthy_threshold(self.unhealthy_after)
    }
}
