//! What a service runs: containers that share an address, CPU and memory.

use std::collections::BTreeSet;

use synth_aws::ecs::{self, TaskDefinitionRuntimePlatform};
use synth_core::{Known, MetaArguments as _, Problem, Scope, THIS, Term, Value, functions};

use super::container::Container;
use super::size::Size;
use crate::iam::{Role, RoleHandle};
use crate::log_group::LogGroupHandle;
use crate::region;
use crate::secret::SecretHandle;

/// A task: its containers, how large it is, and where its logs go.
#[derive(Clone, Debug)]
pub struct Task {
    size: Size,
    logs: LogGroupHandle,
    architecture: Architecture,
    containers: Vec<Container>,
}

/// What a task's images are built for (Amazon ECS API Reference, "RuntimePlatform").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Architecture {
    /// 64-bit x86.
    #[default]
    X86,
    /// 64-bit ARM, on AWS Graviton.
    Arm,
}

/// A task as others refer to it.
pub(super) struct Added {
    pub(super) definition: ecs::TaskDefinitionHandle,
    pub(super) execution: RoleHandle,
    pub(super) role: RoleHandle,
    /// The secrets that the tasks read when they start.
    pub(super) reads: Vec<SecretHandle>,
}

impl Task {
    /// A task of one container, whose output goes to a log group.
    pub fn new(size: Size, logs: LogGroupHandle, container: Container) -> Self {
        Task { size, logs, architecture: Architecture::default(), containers: vec![container] }
    }

    /// One more container.
    #[must_use]
    pub fn also(mut self, container: Container) -> Self {
        self.containers.push(container);
        self
    }

    /// What the images are built for.
    #[must_use]
    pub fn architecture(mut self, architecture: Architecture) -> Self {
        self.architecture = architecture;
        self
    }

    /// The container that listens on a port.
    pub(super) fn listening_on(&self, port: u16) -> Option<&Container> {
        self.containers.iter().find(|container| container.ports.contains(&port))
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        self.size.check(scope);
        let (mut names, mut ports) = (BTreeSet::new(), BTreeSet::new());
        for container in &self.containers {
            container.check(scope);
            if let Known::Is(name) = container.name().known()
                && !names.insert(name)
            {
                scope.refuse(
                    Problem::new(format!("two containers are called `{name}`"))
                        .at("/task")
                        .help("give each container of a task a name of its own"),
                );
            }
            for port in container.ports.iter().filter(|port| !ports.insert(**port)) {
                scope.refuse(
                    Problem::new(format!("two containers listen on port {port}"))
                        .at("/task")
                        .help("let them listen on different ports: they share an address"),
                );
            }
        }
    }

    /// Adds the definition with its two roles: the execution role, by which ECS pulls the images, reads the secrets and
    /// writes the logs, and may do no more; and the task role, by which the containers themselves act (Amazon ECS
    /// Developer Guide, "IAM roles for Amazon ECS").
    pub(super) fn add(self, service: &Value<String>, scope: &mut Scope<'_>) -> Added {
        let of_tasks = |suffix: &str, description: &str| {
            Role::of_service(service.clone() + suffix, "ecs-tasks.amazonaws.com").description(description)
        };
        let execution = of_tasks("-execution", "What ECS needs to start the tasks of the service");
        let execution = scope.add("execution", execution);
        let role = scope.add("task", of_tasks("-task", "What the containers of the service may do"));
        scope.grant(self.logs.grant_write(&execution));
        for container in &self.containers {
            let pulls = container.image.pull(execution);
            let reads = container.secrets.values().map(|from| from.grant_read(&execution));
            for grant in pulls.into_iter().chain(reads) {
                scope.grant(grant);
            }
        }
        let reads = self.containers.iter().flat_map(Container::reads).collect();
        let condition = self.size.condition();
        let (cpu, memory) = self.size.texts();
        let region = region::current(scope);
        let containers =
            self.containers.into_iter().map(|container| container.term(self.logs, region.clone())).collect();
        let platform = TaskDefinitionRuntimePlatform::new()
            .operating_system_family("LINUX")
            .cpu_architecture(match self.architecture {
                Architecture::X86 => "X86_64",
                Architecture::Arm => "ARM64",
            });
        let mut definition = ecs::TaskDefinition::new()
            .family(service)
            .requires_compatibilities(["FARGATE"])
            .network_mode("awsvpc")
            .cpu(cpu)
            .memory(memory)
            .runtime_platform(platform)
            .execution_role_arn(execution.arn())
            .task_role_arn(role.arn())
            .container_definitions(functions::jsonencode(Term::List(containers)));
        if let Some(condition) = condition {
            definition = definition.precondition(
                condition,
                "Fargate has no tasks of this CPU and memory: see Amazon ECS task definition parameters for Fargate.",
            );
        }
        Added { definition: scope.add(THIS, definition), execution, role, reads }
    }
}
