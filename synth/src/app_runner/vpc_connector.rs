//! How services reach a network.

use synth_aws::apprunner::{
    self, ServiceNetworkConfiguration, ServiceNetworkConfigurationEgressConfiguration,
};
use synth_core::{Construct, Handle, NodeId, Of, Place, Ref, Set, THIS, Value};

use super::name;

/// Lets services reach what is in a VPC. All they send then goes through it: for the internet it needs a NAT gateway (AWS
/// App Runner Developer Guide, "Enabling VPC access for outgoing traffic").
#[derive(Clone, Debug)]
pub struct VpcConnector {
    name: Value<String>,
    subnets: Value<Set<String>>,
    security_groups: Value<Set<String>>,
}

impl VpcConnector {
    /// A connector into subnets, whose network interfaces are members of security groups: both by their ids.
    pub fn new(
        name: impl Into<Value<String>>,
        subnets: impl Into<Value<Set<String>>>,
        security_groups: impl Into<Value<Set<String>>>,
    ) -> Self {
        VpcConnector { name: name.into(), subnets: subnets.into(), security_groups: security_groups.into() }
    }
}

impl Construct for VpcConnector {
    type Handle = VpcConnectorHandle;

    fn build(self, place: Place<'_, '_>) -> VpcConnectorHandle {
        let mut scope = place.construct(VpcConnectorHandle::KIND);
        let conditions = name::check(&mut scope, "/name", "a VPC connector's name", &self.name, 4..=40);
        let connector = apprunner::VpcConnector::new()
            .vpc_connector_name(self.name)
            .subnets(self.subnets)
            .security_groups(self.security_groups);
        let connector = scope.add(THIS, conditions.on(connector));
        scope.export("arn", connector.arn());
        VpcConnectorHandle(scope.node())
    }
}

/// What a service sends through a connector: all of it.
pub(super) fn egress(connector: &Of<VpcConnectorHandle>) -> ServiceNetworkConfiguration {
    ServiceNetworkConfiguration::new().egress_configuration(
        ServiceNetworkConfigurationEgressConfiguration::new()
            .egress_type("VPC")
            .vpc_connector_arn(connector.export::<String>("arn")),
    )
}

/// A VPC connector of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VpcConnectorHandle(NodeId);

impl Handle for VpcConnectorHandle {
    const KIND: &'static str = "app_runner_vpc_connector";

    fn node(self) -> NodeId {
        self.0
    }
}

impl VpcConnectorHandle {
    /// The connector's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }
}
