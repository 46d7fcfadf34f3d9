//! How many instances a service has.

use synth_aws::apprunner::{AutoScalingConfigurationVersion, AutoScalingConfigurationVersionHandle};
use synth_core::{Known, Lifecycle, MetaArguments, Number, Problem, Scope, THIS, Value};

use super::name;
use crate::limit::{self, Limit, Numbers, Preconditions};

const PAGE: &str = "AWS App Runner API Reference, \"CreateAutoScalingConfiguration\"";

/// The bounds of a service's instances, and the requests that one takes at a time.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields, default),
    schemars(rename = "AppRunnerScaling")
)]
pub struct Scaling {
    /// The configuration's name, 4 to 32 characters; the service's name where it is not given.
    name: Option<Value<String>>,
    /// Instances that are always there: 1 to 25.
    min: Value<Number>,
    /// Instances there are at most.
    max: Value<Number>,
    /// Requests that one instance takes at a time before another one is started: 1 to 200.
    concurrency: Value<Number>,
}

impl Default for Scaling {
    /// App Runner's own defaults: 1 to 25 instances of 100 requests each.
    fn default() -> Self {
        Scaling { name: None, min: 1.into(), max: 25.into(), concurrency: 100.into() }
    }
}

impl Scaling {
    /// From `min` to `max` instances.
    pub fn between(min: impl Into<Value<Number>>, max: impl Into<Value<Number>>) -> Self {
        Scaling { min: min.into(), max: max.into(), ..Scaling::default() }
    }

    /// Requests that one instance takes at a time: 1 to 200.
    #[must_use]
    pub fn concurrency(mut self, requests: impl Into<Value<Number>>) -> Self {
        self.concurrency = requests.into();
        self
    }

    /// The configuration's name, where the service's own would not do.
    #[must_use]
    pub fn name(mut self, name: impl Into<Value<String>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Adds the configuration under its service's name.
    pub(super) fn add(
        self,
        service: &Value<String>,
        scope: &mut Scope<'_>,
    ) -> AutoScalingConfigurationVersionHandle {
        let conditions = self.check(scope);
        let (property, name) = match self.name {
            Some(name) => ("/scaling/name", name),
            None => ("/scaling", service.clone()),
        };
        let conditions =
            conditions.and(name::check(scope, property, "a scaling configuration's name", &name, 4..=32));
        let configuration = AutoScalingConfigurationVersion::new()
            .auto_scaling_configuration_name(name)
            .min_size(self.min)
            .max_size(self.max)
            .max_concurrency(self.concurrency)
            // One that is in use cannot be deleted: the service must use the new one first.
            .lifecycle(Lifecycle::new().create_before_destroy());
        scope.add(THIS, conditions.on(configuration))
    }

    fn check(&self, scope: &mut Scope<'_>) -> Preconditions {
        let limit = |property, what| Limit { property, what, source: PAGE };
        let min = limit("/scaling/min", "the instances that are always there").number(
            scope,
            &self.min,
            &Numbers::Range(1..=25),
            |min| format!("a service cannot have {min} instances at least"),
        );
        let concurrency = limit("/scaling/concurrency", "the requests that an instance takes at a time")
            .number(scope, &self.concurrency, &Numbers::Range(1..=200), |requests| {
                format!("an instance cannot take {requests} requests at a time")
            });
        min.and(concurrency).and(self.check_order(scope))
    }

    fn check_order(&self, scope: &mut Scope<'_>) -> Preconditions {
        let later = match (self.min.known(), self.max.known()) {
            (Known::Is(min), Known::Is(max)) if max < min => {
                scope.refuse(
                    Problem::new(format!("a service cannot have at most {max} and at least {min} instances"))
                        .at("/scaling/max")
                        .help("raise `max`")
                        .source(PAGE),
                );
                false
            }
            (Known::Is(_), Known::Is(_)) => false,
            // Every number of instances is at least 1.
            (Known::Is(1), Known::Later) => limit::is_judged_later(scope, &self.max),
            _ => self.min.term().refers() || self.max.term().refers(),
        };
        Preconditions::only_if(later, || {
            let message = "Accepted as the most instances: no fewer than are always there.".to_owned();
            (self.max.clone().at_least(&self.min), message)
        })
    }
}
