//! An App Runner service with its role, scaling and environment.

use std::collections::BTreeMap;

use synth_aws::apprunner::{self, ServiceInstanceConfiguration};
use synth_core::{Construct, Handle as _, Lifecycle, MetaArguments as _, Of, Place, Scope, THIS, Value};

use super::environment::Environment;
use super::handle::ServiceHandle;
use super::health_check::HealthCheck;
use super::scaling::Scaling;
use super::size::Size;
use super::source::{Setting, Source};
use super::vpc_connector::{self, VpcConnectorHandle};
use super::{name, observability};
use crate::iam::Role;
use crate::limit::Preconditions;
use crate::log_group::{self, LogGroupHandle};
use crate::parameter::{ParameterHandle, ParameterTreeHandle};
use crate::secret::ValueFrom;

/// The argument that names the image.
const IMAGE: &str = "source_configuration[0].image_repository[0].image_identifier";

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
    /// Environment variables whose values are read from parameters when an instance starts.
    #[cfg_attr(feature = "documents", serde(default))]
    parameters: BTreeMap<String, Of<ParameterHandle>>,
    /// Trees of parameters, each the value of the environment variable of its name.
    #[cfg_attr(feature = "documents", serde(default))]
    parameter_trees: Vec<Of<ParameterTreeHandle>>,
    /// Log groups that the application itself writes to.
    #[cfg_attr(feature = "documents", serde(default))]
    writes_logs_to: Vec<Of<LogGroupHandle>>,
    /// The network that the service reaches; without one, the internet alone.
    #[cfg_attr(feature = "documents", serde(skip))]
    vpc_connector: Option<Of<VpcConnectorHandle>>,
    /// What the role is called that the instances act as: the service's name and `-instance` where it is not given.
    #[cfg_attr(feature = "documents", serde(default))]
    instance_role_name: Option<Value<String>>,
    /// What the role is called that pulls the image: the service's name and `-access` where it is not given.
    #[cfg_attr(feature = "documents", serde(default))]
    access_role_name: Option<Value<String>>,
    /// Whether something else than Terraform moves the service on to other images, which then stay.
    #[cfg_attr(feature = "documents", serde(default))]
    deployed_elsewhere: bool,
    /// Whether requests are traced with AWS X-Ray.
    #[cfg_attr(feature = "documents", serde(default))]
    traced: bool,
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
            parameters: BTreeMap::new(),
            parameter_trees: Vec::new(),
            writes_logs_to: Vec::new(),
            vpc_connector: None,
            instance_role_name: None,
            access_role_name: None,
            deployed_elsewhere: false,
            traced: false,
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

    /// An environment variable whose value is read from a secret, from one of its keys, or from a parameter when an
    /// instance starts. The service's role may read it.
    #[must_use]
    pub fn secret(mut self, name: &str, secret: impl Into<ValueFrom>) -> Self {
        self.secrets.insert(name.to_owned(), secret.into());
        self
    }

    /// Environment variables for all parameters of a tree, which was added before, each by its own name. The service's
    /// role may read them.
    #[must_use]
    pub fn parameters(mut self, tree: impl Into<Of<ParameterTreeHandle>>) -> Self {
        self.parameter_trees.push(tree.into());
        self
    }

    /// Lets the service reach a network instead of the internet alone.
    #[must_use]
    pub fn vpc_connector(mut self, connector: impl Into<Of<VpcConnectorHandle>>) -> Self {
        self.vpc_connector = Some(connector.into());
        self
    }

    /// What the role is called that the instances act as, where the service's name and `-instance` would not do.
    #[must_use]
    pub fn instance_role_name(mut self, name: impl Into<Value<String>>) -> Self {
        self.instance_role_name = Some(name.into());
        self
    }

    /// What the role is called that pulls the image, where the service's name and `-access` would not do.
    #[must_use]
    pub fn access_role_name(mut self, name: impl Into<Value<String>>) -> Self {
        self.access_role_name = Some(name.into());
        self
    }

    /// Leaves the image to whoever deploys, a workflow for example: Terraform chooses the first one alone.
    #[must_use]
    pub fn deployed_elsewhere(mut self) -> Self {
        self.deployed_elsewhere = true;
        self
    }

    /// Traces requests with AWS X-Ray; the application sends the traces, which its role then may.
    #[must_use]
    pub fn traced(mut self) -> Self {
        self.traced = true;
        self
    }

    /// Lets the application itself write to a log group.
    #[must_use]
    pub fn writes_logs_to(mut self, group: impl Into<Of<LogGroupHandle>>) -> Self {
        self.writes_logs_to.push(group.into());
        self
    }

    fn check(&self, scope: &mut Scope<'_>) -> Preconditions {
        self.health_check.check(scope);
        let name = name::check(scope, "/name", "a service's name", &self.name, 4..=40);
        name.and(self.size.check(scope))
    }
}

impl Construct for Service {
    type Handle = ServiceHandle;

    fn build(self, place: Place<'_, '_>) -> ServiceHandle {
        let mut scope = place.construct(ServiceHandle::KIND);
        let conditions = self.check(&mut scope);
        let named =
            |name: Option<Value<String>>, suffix: &str| name.unwrap_or_else(|| self.name.clone() + suffix);
        let role =
            Role::of_service(named(self.instance_role_name, "-instance"), "tasks.apprunner.amazonaws.com")
                .description("What the instances of the service may do");
        let role = scope.add("instance", role);
        let access_role_name = named(self.access_role_name, "-access");
        let (plain, secrets) = (self.environment, self.secrets);
        let environment =
            Environment::checked(plain, secrets, self.parameters, self.parameter_trees, &mut scope);
        environment.grant_read(&role, &mut scope);
        for group in &self.writes_logs_to {
            scope.grant(log_group::grant_write(group, &role));
        }
        let scaling = self.scaling.add(&self.name, &mut scope);
        let setting = Setting { access_role_name, auto_deploy: self.auto_deploy, environment };
        let (source, access) = self.source.block(setting, &mut scope);
        let instance = ServiceInstanceConfiguration::new()
            .cpu(self.size.cpu_units())
            .memory(self.size.memory_mb())
            .instance_role_arn(role.arn());
        let mut service = apprunner::Service::new()
            .service_name(&self.name)
            .source_configuration(source)
            .instance_configuration(instance)
            .health_check_configuration(self.health_check.block())
            .auto_scaling_configuration_arn(scaling.arn())
            // The first instance reads its secrets: the role's policy must be there before.
            .depends_on(role);
        if let Some(access) = access {
            service = service.depends_on(access);
        }
        if let Some(connector) = &self.vpc_connector {
            service = service.network_configuration(vpc_connector::egress(connector));
        }
        if self.deployed_elsewhere {
            service = service.lifecycle(Lifecycle::new().ignore_changes(IMAGE));
        }
        if self.traced {
            service =
                service.observability_configuration(observability::trace(&self.name, &role, &mut scope));
        }
        let service = scope.add(THIS, conditions.on(service));
        scope.export("arn", service.arn());
        scope.export("id", service.service_id());
        scope.export("name", service.service_name());
        scope.export("domain", service.service_url());
        scope.export("url", Value::from("https://") + service.service_url());
        scope.export("role_arn", role.arn());
        ServiceHandle { node: scope.node(), role }
    }
}
