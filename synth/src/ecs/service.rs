//! A service on Fargate: as many tasks as were asked for, started anew when they end.

use synth_aws::ecs::{
    self, ServiceDeploymentCircuitBreaker, ServiceLoadBalancer, ServiceNetworkConfiguration,
    ServiceServiceRegistries,
};
use synth_aws::servicediscovery::{
    self, ServiceDnsConfig, ServiceDnsConfigDnsRecords, ServiceHealthCheckCustomConfig,
};
use synth_core::{
    Construct, Grant, Handle, Known, MetaArguments as _, NodeId, Number, Of, Place, Problem, Ref, Resources,
    Scope, THIS, Value, text,
};

use super::cluster::ClusterHandle;
use super::metric::Metrics;
use super::name::check_name;
use super::namespace::{NamespaceHandle, is_label};
use super::task::Task;
use crate::iam::{Principal, RoleHandle};
use crate::load_balancer::{LoadBalancerHandle, TargetsHandle};
use crate::network::Placement;

/// A service that Fargate runs. A deployment whose tasks do not become healthy is rolled back; until then the old tasks
/// stay.
///
/// It has two roles of its own: see [`ServiceHandle::execution_role`] and [`ServiceHandle::task_role`].
#[derive(Clone, Debug)]
pub struct Service {
    name: Value<String>,
    cluster: ClusterHandle,
    placement: Placement,
    task: Task,
    tasks: Value<Number>,
    behind: Vec<(LoadBalancerHandle, TargetsHandle)>,
    found_as: Option<(NamespaceHandle, String)>,
    commands: Commands,
}

/// Whether people can run commands in a service's containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Commands {
    Refused,
    Allowed,
}

impl Service {
    /// A service of one task. Its name is that of its task definition and the beginning of its roles' names.
    pub fn new(
        name: impl Into<Value<String>>,
        cluster: ClusterHandle,
        placement: Placement,
        task: Task,
    ) -> Self {
        Service {
            name: name.into(),
            cluster,
            placement,
            task,
            tasks: 1.into(),
            behind: Vec::new(),
            found_as: None,
            commands: Commands::Refused,
        }
    }

    /// How many tasks there are.
    #[must_use]
    pub fn tasks(mut self, count: impl Into<Value<Number>>) -> Self {
        self.tasks = count.into();
        self
    }

    /// Answers what a load balancer sends to targets: by the container that listens on their port.
    #[must_use]
    pub fn behind(mut self, balancer: LoadBalancerHandle, targets: TargetsHandle) -> Self {
        self.behind.push((balancer, targets));
        self
    }

    /// Can be found under a name in a namespace: `temporal` in `everruns.local`.
    #[must_use]
    pub fn found_as(mut self, name: &str, namespace: NamespaceHandle) -> Self {
        self.found_as = Some((namespace, name.to_owned()));
        self
    }

    /// Lets people with the permission run commands in its containers (Amazon ECS Developer Guide, "Monitor Amazon ECS
    /// containers with ECS Exec").
    #[must_use]
    pub fn commands(mut self) -> Self {
        self.commands = Commands::Allowed;
        self
    }

    fn check(&self, scope: &mut Scope<'_>) {
        check_name(scope, "a service's", &self.name);
        self.placement.check(scope, 1, "Amazon ECS API Reference, \"AwsVpcConfiguration\"");
        self.task.check(scope);
        if let Known::Is(tasks) = self.tasks.known()
            && tasks < 0
        {
            scope.refuse(
                Problem::new(format!("there cannot be {tasks} tasks")).at("/tasks").help("write 0 or more"),
            );
        }
        if let Some((_, name)) = &self.found_as
            && !is_label(name)
        {
            scope.refuse(
                Problem::new(format!("nothing can be found as `{name}`"))
                    .at("/found_as")
                    .help("write lowercase letters, digits and `-`, without dots: the namespace's domain comes behind it")
                    .source("AWS Cloud Map API Reference, \"CreateService\": Name"),
            );
        }
        for (_, targets) in &self.behind {
            if self.task.listening_on(targets.port()).is_none() {
                scope.refuse(
                    Problem::new(format!("no container listens on port {}", targets.port()))
                        .at("/behind")
                        .help("give the container that port, or the targets the port that it has"),
                );
            }
        }
    }

    /// What it registers its tasks with, so that they are found.
    fn add_discovery(&self, scope: &mut Scope<'_>) -> Option<servicediscovery::ServiceHandle> {
        let (namespace, name) = self.found_as.as_ref()?;
        let records = ServiceDnsConfigDnsRecords::new().type_("A").ttl(10);
        let config = ServiceDnsConfig::new()
            .namespace_id(namespace.id())
            .dns_records(records)
            .routing_policy("MULTIVALUE");
        let service = servicediscovery::Service::new()
            .name(name.as_str())
            .dns_config(config)
            // ECS tells which tasks are healthy; 1 is the only threshold there is (AWS Cloud Map API Reference,
            // "HealthCheckCustomConfig").
            .health_check_custom_config(ServiceHealthCheckCustomConfig::new().failure_threshold(1));
        let service = scope.add("discovery", service);
        scope.export("domain", text!("{}.{}", service.name(), namespace.name()));
        Some(service)
    }

    fn load_balancers(&self) -> Vec<ServiceLoadBalancer<synth_core::Yes, synth_core::Yes>> {
        // A port that no container has was refused by `check`.
        let served = self.behind.iter().filter_map(|(_, targets)| {
            let container = self.task.listening_on(targets.port())?;
            let block = ServiceLoadBalancer::new()
                .container_name(container.name())
                .container_port(targets.port())
                .target_group_arn(targets.arn());
            Some(block)
        });
        served.collect()
    }
}

/// What ECS Exec needs. The actions have no resource level (Service Authorization Reference, "Amazon Session Manager
/// Message Gateway Service").
fn run_commands(role: RoleHandle) -> Grant {
    let actions = [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ];
    Grant::new(
        role.principal(),
        actions,
        Resources::every("Service Authorization Reference: they have no resource level"),
    )
}

impl Construct for Service {
    type Handle = ServiceHandle;

    fn build(self, place: Place<'_, '_>) -> ServiceHandle {
        let mut scope = place.construct(ServiceHandle::KIND);
        self.check(&mut scope);
        let discovery = self.add_discovery(&mut scope);
        let balancers = self.load_balancers();
        let task = self.task.add(&self.name, &mut scope);
        let network = ServiceNetworkConfiguration::new()
            .subnets(self.placement.subnets)
            .security_groups(self.placement.groups)
            .assign_public_ip(false);
        let mut service = ecs::Service::new()
            .name(self.name)
            .cluster(self.cluster.arn())
            .launch_type("FARGATE")
            .task_definition(task.definition.arn())
            .desired_count(self.tasks)
            .deployment_minimum_healthy_percent(100)
            .deployment_maximum_percent(200)
            .deployment_circuit_breaker(ServiceDeploymentCircuitBreaker::new().enable(true).rollback(true))
            .enable_ecs_managed_tags(true)
            .propagate_tags("SERVICE")
            .network_configuration(network)
            // The first task reads its secrets: the role's policy must be there before.
            .depends_on(task.execution);
        if self.commands == Commands::Allowed {
            scope.grant(run_commands(task.role));
            service = service.enable_execute_command(true);
        }
        if let Some(discovery) = discovery {
            service =
                service.service_registries(ServiceServiceRegistries::new().registry_arn(discovery.arn()));
        }
        if !balancers.is_empty() {
            // Until a task has started, its targets are not healthy: that ends no deployment.
            service = service.load_balancer(balancers).health_check_grace_period_seconds(60);
        }
        // ECS refuses targets to which no listener sends anything yet.
        for (balancer, _) in self.behind.iter().filter(|(balancer, _)| scope.shares_stack_with(*balancer)) {
            service = service.depends_on(*balancer);
        }
        // A task reads the secrets' values when it starts.
        for secret in task.reads.into_iter().filter(|secret| scope.shares_stack_with(*secret)) {
            service = service.depends_on(secret);
        }
        let service = scope.add(THIS, service);
        scope.export("arn", service.id());
        scope.export("name", service.name());
        scope.export("task_definition_arn", task.definition.arn());
        ServiceHandle {
            node: scope.node(),
            cluster: self.cluster,
            execution: task.execution,
            role: task.role,
        }
    }
}

/// A service of a stack. What it is granted, its containers may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceHandle {
    node: NodeId,
    cluster: ClusterHandle,
    execution: RoleHandle,
    role: RoleHandle,
}

impl Handle for ServiceHandle {
    const KIND: &'static str = "ecs_service";

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

    /// The service's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }

    /// The ARN of the task definition, with its revision.
    pub fn task_definition_arn(self) -> Ref<String> {
        Of::Handle(self).export("task_definition_arn")
    }

    /// The name under which it is found: only with [`Service::found_as`].
    pub fn domain(self) -> Ref<String> {
        Of::Handle(self).export("domain")
    }

    /// The role by which ECS starts the tasks: it pulls the images, reads the secrets and writes the logs.
    pub fn execution_role(self) -> RoleHandle {
        self.execution
    }

    /// The role by which the containers act.
    pub fn task_role(self) -> RoleHandle {
        self.role
    }

    /// Its metrics, for alarms.
    pub fn metrics(self) -> Metrics {
        Metrics::of(self.cluster.name(), self.name())
    }
}
