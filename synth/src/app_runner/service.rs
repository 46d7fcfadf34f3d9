//! An App Runner service with its role, scaling and environment.

use std::collections::BTreeMap;

use synth_aws::apprunner::{self, ServiceInstanceConfiguration};
use synth_core::{
    Construct, Handle, Known, MetaArguments as _, NodeId, Of, Place, Problem, Ref, Scope, THIS, Value,
};

use super::health_check::HealthCheck;
use super::scaling::Scaling;
use super::size::Size;
use super::source::{Environment, Source};
use crate::iam::{Principal, Role, RoleHandle};
use crate::log_group::{self, LogGroupHandle};
use crate::secret::ValueFrom;

/// A web service that App Runner builds, runs and scales.
///
/// It gets a role of its own, which may read exactly the secrets it is given and write to exactly the log
/// groups it is given.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "AppRunnerService")
)]
pub struct Service {
    /// The service's name: 4 to 40 letters, digits, `-` and `_`.
    name: Value<String>,
    /// Where its code comes from.
    source: Source,
    /// Whether a new commit or image is deployed by itself.
    #[cfg_attr(feature = "documents", serde(default))]
    auto_deploy: bool,
    /// An instance's CPU and memory.
    size: Size,
    /// How many instances there are.
    #[cfg_attr(feature = "documents", serde(default))]
    scaling: Scaling,
    /// How App Runner finds out whether an instance is healthy.
    #[cfg_attr(feature = "documents", serde(default))]
    health_check: HealthCheck,
    /// Environment variables that everybody may see.
    #[cfg_attr(feature = "documents", serde(default))]
    environment: BTreeMap<String, Value<String>>,
    /// Environment variables whose values are read from secrets when an instance starts.
    #[cfg_attr(feature = "documents", serde(default))]
    secrets: BTreeMap<String, ValueFrom>,
    /// Log groups that the application itself writes to.
    #[cfg_attr(feature = "documents", serde(default))]
    writes_logs_to: Vec<Of<LogGroupHandle>>,
}

impl Service {
    /// A service of that name, source and size, with App Runner's defaults for the rest.
    pub fn new(name: impl Into<Value<String>>, source: Source, size: Size) -> Self {
        Service {
            name: name.into(),
            source,
            auto_deploy: false,
            size,
            scaling: Scaling::default(),
            health_check: HealthCheck::default(),
            environment: BTreeMap::new(),
            secrets: BTreeMap::new(),
            writes_logs_to: Vec::new(),
        }
    }

    /// Deploys new commits or images by itself.
    #[must_use]
    pub fn auto_deploy(mut self) -> Self {
        self.auto_deploy = true;
        self
    }

    /// How many instances there are.
    #[must_use]
    pub fn scaling(mut self, scaling: Scaling) -> Self {
        self.scaling = scaling;
        self
    }

    /// How App Runner finds out whether an instance is healthy.
    #[must_use]
    pub fn health_check(mut self, check: HealthCheck) -> Self {
        self.health_check = check;
        self
    }

    /// An environment variable that everybody may see.
    #[must_use]
    pub fn environment(mut self, name: &str, value: impl Into<Value<String>>) -> Self {
        self.environment.insert(name.to_owned(), value.into());
        self
    }

    /// An environment variable whose value is read from a secret, or from one of its keys, when an instance starts.
    /// The service's role may read the secret.
    #[must_use]
    pub fn secret(mut self, name: &str, secret: impl Into<ValueFrom>) -> Self {
        self.secrets.insert(name.to_owned(), secret.into());
        self
    }

    /// Lets the application itself write to a log group.
    #[must_use]
    pub fn writes_logs_to(mut self, group: impl Into<Of<LogGroupHandle>>) -> Self {
        self.writes_logs_to.push(group.into());
        self
    }

    fn check(&self, scope: &mut Scope<'_>) {
        check_name(scope, "/name", "a service's", &self.name, 4, 40);
        self.size.check(scope);
        self.health_check.check(scope);
        for name in self.environment.keys().chain(self.secrets.keys()) {
            if name.starts_with("AWSAPPRUNNER") {
                scope.refuse(
                    Problem::new(format!("the environment variable `{name}` is App Runner's own"))
                        .help("names must not begin with `AWSAPPRUNNER`")
                        .source("AWS App Runner API Reference, \"CodeConfigurationValues\": RuntimeEnvironmentVariables"),
                );
            }
        }
        for name in self.secrets.keys().filter(|name| self.environment.contains_key(*name)) {
            scope.refuse(
                Problem::new(format!("the environment variable `{name}` is given twice"))
                    .at(format!("/environment/{name}"))
                    .help("keep it under `secrets`, and take it out of `environment`"),
            );
        }
        for (name, value) in &self.environment {
            if let Known::Is(text) = value.known()
                && ["arn:aws:secretsmanager:", "arn:aws:ssm:"].iter().any(|start| text.starts_with(start))
            {
                scope.refuse(
                    Problem::new(format!(
                        "the environment variable `{name}` would hold an ARN, not the secret"
                    ))
                    .at(format!("/environment/{name}"))
                    .help("put it under `secrets`: App Runner reads the value when an instance starts")
                    .source("AWS App Runner Developer Guide, \"Referencing environment variables\""),
                );
            }
        }
    }
}

/// Names of App Runner have 4 to some number of characters (AWS App Runner API Reference, "CreateService",
/// "CreateAutoScalingConfiguration", "CreateConnection").
pub(super) fn check_name(
    scope: &mut Scope<'_>,
    property: &str,
    whose: &str,
    name: &Value<String>,
    least: usize,
    most: usize,
) {
    let Known::Is(name) = name.known() else { return };
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let fits = (least..=most).contains(&name.len());
    if !fits || !name.chars().all(legal) || !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        scope.refuse(
            Problem::new(format!("`{name}` cannot be {whose} name"))
                .at(property)
                .help(format!("write {least} to {most} letters, digits, `-` or `_`, beginning with a letter or digit"))
                .source("AWS App Runner API Reference, \"CreateService\", \"CreateAutoScalingConfiguration\", \"CreateConnection\""),
        );
    }
}

impl Construct for Service {
    type Handle = ServiceHandle;

    fn build(self, place: Place<'_, '_>) -> ServiceHandle {
        let mut scope = place.construct(ServiceHandle::KIND);
        self.check(&mut scope);
        let role = Role::of_service(self.name.clone() + "-instance", "tasks.apprunner.amazonaws.com")
            .description("What the instances of the service may do");
        let role = scope.add("instance", role);
        for secret in self.secrets.values() {
            scope.grant(secret.grant_read(&role));
        }
        for group in &self.writes_logs_to {
            scope.grant(log_group::grant_write(group, &role));
        }
        let scaling = self.scaling.add(&self.name, &mut scope);
        let environment = Environment {
            variables: (!self.environment.is_empty()).then(|| self.environment.into()),
            secrets: (!self.secrets.is_empty())
                .then(|| self.secrets.into_iter().map(|(name, secret)| (name, secret.arn())).collect()),
        };
        let source = self.source.block(&self.name, self.auto_deploy, environment, &mut scope);
        let instance = ServiceInstanceConfiguration::new()
            .cpu(self.size.cpu_units())
            .memory(self.size.memory_mb())
            .instance_role_arn(role.arn());
        let mut service = apprunner::Service::new()
            .service_name(self.name)
            .source_configuration(source)
            .instance_configuration(instance)
            .health_check_configuration(self.health_check.block())
            .auto_scaling_configuration_arn(scaling.arn())
            // The first instance reads its secrets: the role's policy must be there before.
            .depends_on(role);
        if let Some((condition, message)) = self.size.condition() {
            service = service.precondition(condition, message);
        }
        let service = scope.add(THIS, service);
        scope.export("arn", service.arn());
        scope.export("id", service.service_id());
        scope.export("name", service.service_name());
        scope.export("domain", service.service_url());
        scope.export("url", Value::from("https://") + service.service_url());
        scope.export("role_arn", role.arn());
        ServiceHandle { node: scope.node(), role }
    }
}

/// An App Runner service of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceHandle {
    node: NodeId,
    role: RoleHandle,
}

impl Handle for ServiceHandle {
    const KIND: &'static str = "app_runner_service";

    fn node(self) -> NodeId {
        self.node
    }
}

impl Principal for ServiceHandle {
    fn principal(&self) -> NodeId {
        self.role.principal()
    }
}

impl ServiceHandle {
    /// The service's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The service's id, a part of its ARN.
    pub fn id(self) -> Ref<String> {
        Of::Handle(self).export("id")
    }

    /// The service's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }

    /// The domain that App Runner gave the service, without a scheme.
    pub fn domain(self) -> Ref<String> {
        Of::Handle(self).export("domain")
    }

    /// Where the service answers: `https://` and the domain.
    pub fn url(self) -> Ref<String> {
        Of::Handle(self).export("url")
    }

    /// The role that the instances act as.
    pub fn instance_role(self) -> RoleHandle {
        self.role
    }
}
