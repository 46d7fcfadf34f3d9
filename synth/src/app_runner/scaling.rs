//! How many instances a service has.

use synth_aws::apprunner::{AutoScalingConfigurationVersion, AutoScalingConfigurationVersionHandle};
use synth_core::{Known, Lifecycle, MetaArguments, Number, Problem, Scope, THIS, Value};

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
        self.check(scope);
        let name = match self.name {
            Some(name) => {
                super::name::check(scope, "/scaling/name", "a scaling configuration's", &name, 4, 32);
                name
            }
            None => {
                super::name::check(scope, "/scaling", "a scaling configuration's", service, 4, 32);
                service.clone()
            }
        };
        let configuration = AutoScalingConfigurationVersion::new()
            .auto_scaling_configuration_name(name)
            .min_size(self.min)
            .max_size(self.max)
            .max_concurrency(self.concurrency)
            // One that is in use cannot be deleted: the service must use the new one first.
            .lifecycle(Lifecycle::new().create_before_destroy());
        scope.add(THIS, configuration)
    }

    fn check(&self, scope: &mut Scope<'_>) {
        let mut refuse = |property: &str, message: String, help: &str| {
            scope.refuse(Problem::new(message).at(format!("/scaling/{property}")).help(help).source(PAGE));
        };
        if let Known::Is(min) = self.min.known()
            && !(1..=25).contains(&min)
        {
            refuse("min", format!("a service cannot have {min} instances at least"), "write 1 to 25");
        }
        if let Known::Is(concurrency) = self.concurrency.known()
            && !(1..=200).contains(&concurrency)
        {
            refuse(
                "concurrency",
                format!("an instance cannot take {concurrency} requests at a time"),
                "write 1 to 200",
            );
        }
        if let (Known::Is(min), Known::Is(max)) = (self.min.known(), self.max.known())
            && max < min
        {
            refuse(
                "max",
                format!("a service cannot have at most {max} and at least {min} instances"),
                "raise `max`",
            );
        }
    }
}
