//! What a load balancer sends requests to.

use synth_aws::elbv2;
use synth_core::{Construct, Handle, Known, NodeId, Of, Place, Problem, Ref, Scope, THIS, Value};

use super::health_check::HealthCheck;

/// A target group of addresses, which a service on Fargate fills.
#[derive(Clone, Debug)]
pub struct Targets {
    name: Value<String>,
    vpc: Value<String>,
    port: u16,
    health_check: HealthCheck,
    drain_seconds: u32,
}

impl Targets {
    /// Targets in a VPC, by its id, that answer HTTP on a port.
    pub fn new(
        name: impl Into<Value<String>>,
        vpc: impl Into<Value<String>>,
        port: u16,
        check: HealthCheck,
    ) -> Self {
        Targets { name: name.into(), vpc: vpc.into(), port, health_check: check, drain_seconds: 300 }
    }

    /// Seconds for which a target that is taken out may finish its requests: 0 to 3600, 300 unless you say otherwise.
    #[must_use]
    pub fn drain_seconds(mut self, seconds: u32) -> Self {
        self.drain_seconds = seconds;
        self
    }

    fn check(&self, scope: &mut Scope<'_>) {
        check_name(scope, "a target group's", &self.name);
        self.health_check.check(scope);
        if self.port == 0 {
            scope
                .refuse(Problem::new("targets cannot answer on port 0").at("/port").help("write 1 to 65535"));
        }
        if self.drain_seconds > 3600 {
            scope.refuse(
                Problem::new(format!("a target cannot take {} s to finish", self.drain_seconds))
                    .at("/drain_seconds")
                    .help("write 0 to 3600")
                    .source("Elastic Load Balancing API Reference, \"TargetGroupAttribute\": deregistration_delay"),
            );
        }
    }
}

/// Names of load balancers and target groups. The provider judges one that comes later, when it is planned.
pub(super) fn check_name(scope: &mut Scope<'_>, whose: &str, name: &Value<String>) {
    let Known::Is(name) = name.known() else { return };
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let fits = (1..=32).contains(&name.len()) && name.chars().all(legal);
    if !fits || name.starts_with('-') || name.ends_with('-') || name.starts_with("internal-") {
        scope.refuse(
            Problem::new(format!("`{name}` cannot be {whose} name"))
                .at("/name")
                .help("write 1 to 32 letters, digits or `-`, with no `-` at either end, and not beginning with `internal-`")
                .source("Elastic Load Balancing API Reference, \"CreateLoadBalancer\", \"CreateTargetGroup\""),
        );
    }
}

impl Construct for Targets {
    type Handle = TargetsHandle;

    fn build(self, place: Place<'_, '_>) -> TargetsHandle {
        let mut scope = place.construct(TargetsHandle::KIND);
        self.check(&mut scope);
        let group = elbv2::TargetGroup::new()
            .name(self.name)
            .vpc_id(self.vpc)
            .port(self.port)
            .protocol("HTTP")
            // Tasks on Fargate have addresses of their own (Amazon ECS Developer Guide, "Use an Application Load
            // Balancer for Amazon ECS").
            .target_type("ip")
            .deregistration_delay(self.drain_seconds.to_string())
            .health_check(self.health_check.block());
        let group = scope.add(THIS, group);
        scope.export("arn", group.arn());
        scope.export("arn_suffix", group.arn_suffix());
        TargetsHandle { node: scope.node(), port: self.port }
    }
}

/// Targets of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetsHandle {
    node: NodeId,
    port: u16,
}

impl Handle for TargetsHandle {
    const KIND: &'static str = "targets";

    fn node(self) -> NodeId {
        self.node
    }
}

impl TargetsHandle {
    /// The target group's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The end of its ARN, by which CloudWatch knows it.
    pub fn arn_suffix(self) -> Ref<String> {
        Of::Handle(self).export("arn_suffix")
    }

    /// The port on which the targets answer.
    pub fn port(self) -> u16 {
        self.port
    }
}
