//! A cluster: what services are listed, named and watched in.

use synth_aws::ecs::{self, ClusterSetting};
use synth_core::{Construct, Handle, NodeId, Of, Place, Ref, THIS, Value};

use super::name::check_name;

/// A cluster for services on Fargate, with Container Insights unless you say otherwise (AWS Security Hub, control
/// ECS.12).
#[derive(Clone, Debug)]
pub struct Cluster {
    name: Value<String>,
    insights: Insights,
}

/// How closely CloudWatch watches what runs in a cluster; it costs by the metric (Amazon ECS Developer Guide, "Monitor
/// Amazon ECS containers using Container Insights").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Insights {
    /// Clusters and services.
    #[default]
    Enabled,
    /// Tasks and containers too.
    Enhanced,
    /// CPU and memory of services alone.
    Disabled,
}

impl Cluster {
    /// A cluster of that name.
    pub fn new(name: impl Into<Value<String>>) -> Self {
        Cluster { name: name.into(), insights: Insights::default() }
    }

    /// How closely CloudWatch watches what runs in it.
    #[must_use]
    pub fn insights(mut self, insights: Insights) -> Self {
        self.insights = insights;
        self
    }
}

impl Construct for Cluster {
    type Handle = ClusterHandle;

    fn build(self, place: Place<'_, '_>) -> ClusterHandle {
        let mut scope = place.construct(ClusterHandle::KIND);
        check_name(&mut scope, "a cluster's", &self.name);
        let insights = match self.insights {
            Insights::Enabled => "enabled",
            Insights::Enhanced => "enhanced",
            Insights::Disabled => "disabled",
        };
        let cluster = ecs::Cluster::new()
            .name(self.name)
            .setting(ClusterSetting::new().name("containerInsights").value(insights));
        let cluster = scope.add(THIS, cluster);
        scope.export("arn", cluster.arn());
        scope.export("name", cluster.name());
        ClusterHandle(scope.node())
    }
}

/// A cluster of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClusterHandle(NodeId);

impl Handle for ClusterHandle {
    const KIND: &'static str = "ecs_cluster";

    fn node(self) -> NodeId {
        self.0
    }
}

impl ClusterHandle {
    /// The cluster's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The cluster's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }
}
