//! How ECS finds out whether a container is healthy.

use synth_core::{Scope, Term, Value};

use crate::health_check;

/// A command that is run inside of a container, and succeeds when all is well.
#[derive(Clone, Debug)]
pub struct HealthCheck {
    command: Vec<Value<String>>,
    interval_seconds: u32,
    timeout_seconds: u32,
    retries: u32,
    start_seconds: u32,
}

impl HealthCheck {
    /// A line for the container's shell: `curl -f http://localhost/health || exit 1`.
    pub fn shell(line: impl Into<Value<String>>) -> Self {
        HealthCheck::of(vec!["CMD-SHELL".into(), line.into()])
    }

    /// A program with its arguments, for a container without a shell.
    pub fn program<V: Into<Value<String>>>(words: impl IntoIterator<Item = V>) -> Self {
        HealthCheck::of(std::iter::once("CMD".into()).chain(words.into_iter().map(Into::into)).collect())
    }

    /// ECS's own numbers.
    fn of(command: Vec<Value<String>>) -> Self {
        HealthCheck { command, interval_seconds: 30, timeout_seconds: 5, retries: 3, start_seconds: 0 }
    }

    /// Seconds between two checks: 5 to 300, 30 unless you say otherwise.
    #[must_use]
    pub fn interval_seconds(mut self, seconds: u32) -> Self {
        self.interval_seconds = seconds;
        self
    }

    /// Seconds that the command may take: 2 to 60, 5 unless you say otherwise.
    #[must_use]
    pub fn timeout_seconds(mut self, seconds: u32) -> Self {
        self.timeout_seconds = seconds;
        self
    }

    /// Failures in a row that make a container unhealthy: 1 to 10, 3 unless you say otherwise.
    #[must_use]
    pub fn retries(mut self, failures: u32) -> Self {
        self.retries = failures;
        self
    }

    /// Seconds after the start in which failures do not count: 0 to 300.
    #[must_use]
    pub fn start_seconds(mut self, seconds: u32) -> Self {
        self.start_seconds = seconds;
        self
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        let numbers = [
            ("interval_seconds", "an interval", self.interval_seconds, 5..=300),
            ("timeout_seconds", "a timeout", self.timeout_seconds, 2..=60),
            ("retries", "a number of failures", self.retries, 1..=10),
            ("start_seconds", "a start", self.start_seconds, 0..=300),
        ];
        health_check::check(scope, "write", "Amazon ECS API Reference, \"HealthCheck\"", numbers);
    }

    pub(super) fn term(self) -> Term {
        let number = |number: u32| Term::Integer(number.into());
        Term::Object(vec![
            ("command".into(), Term::List(self.command.into_iter().map(Value::into_term).collect())),
            ("interval".into(), number(self.interval_seconds)),
            ("retries".into(), number(self.retries)),
            ("startPeriod".into(), number(self.start_seconds)),
            ("timeout".into(), number(self.timeout_seconds)),
        ])
    }
}
