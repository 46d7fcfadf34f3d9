//! Ways from a VPC to services of AWS that do not lead through the internet.

use synth_aws::ec2;
use synth_core::{Construct, Handle, NodeId, Of, Place, Ref, Set, THIS, Value, text};

use super::security_group::SecurityGroupHandle;
use super::vpc::VpcHandle;
use crate::region;

/// An endpoint of a VPC (AWS PrivateLink Guide, "Access AWS services through AWS PrivateLink", "Gateway endpoints").
#[derive(Clone, Debug)]
pub struct Endpoint {
    vpc: VpcHandle,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Gateway(GatewayService),
    Interface(Value<String>, SecurityGroupHandle),
}

/// The services that have gateway endpoints, which cost nothing (AWS PrivateLink Guide, "Gateway endpoints").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayService {
    /// Amazon S3.
    S3,
    /// Amazon DynamoDB.
    DynamoDb,
}

impl Endpoint {
    /// A gateway endpoint: a route of every subnet. It costs nothing, and spares what would go through NAT.
    pub fn gateway(vpc: VpcHandle, service: GatewayService) -> Self {
        Endpoint { vpc, kind: Kind::Gateway(service) }
    }

    /// An interface endpoint: addresses in the private subnets, by the service's own names. `service` is what stands
    /// behind `com.amazonaws.REGION.`: `secretsmanager`, `ecr.api`. The security group must let 443 in.
    pub fn interface(vpc: VpcHandle, service: impl Into<Value<String>>, group: SecurityGroupHandle) -> Self {
        Endpoint { vpc, kind: Kind::Interface(service.into(), group) }
    }
}

impl Construct for Endpoint {
    type Handle = EndpointHandle;

    fn build(self, place: Place<'_, '_>) -> EndpointHandle {
        let mut scope = place.construct(EndpointHandle::KIND);
        let region = region::current(&mut scope);
        let endpoint = ec2::VpcEndpoint::new().vpc_id(self.vpc.id());
        let endpoint = match self.kind {
            Kind::Gateway(service) => {
                let name = match service {
                    GatewayService::S3 => "s3",
                    GatewayService::DynamoDb => "dynamodb",
                };
                let tables: Value<Set<String>> = std::iter::once(self.vpc.public_route_table())
                    .chain(self.vpc.private_route_tables())
                    .collect();
                endpoint
                    .vpc_endpoint_type("Gateway")
                    .service_name(text!("com.amazonaws.{}.{}", region, name))
                    .route_table_ids(tables)
            }
            Kind::Interface(service, group) => endpoint
                .vpc_endpoint_type("Interface")
                .service_name(text!("com.amazonaws.{}.{}", region, service))
                .subnet_ids(self.vpc.private_subnets())
                .security_group_ids([group.id()])
                .private_dns_enabled(true),
        };
        let endpoint = scope.add(THIS, endpoint);
        scope.export("id", endpoint.id());
        scope.export("prefix_list_id", endpoint.prefix_list_id());
        EndpointHandle(scope.node())
    }
}

/// An endpoint of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndpointHandle(NodeId);

impl Handle for EndpointHandle {
    const KIND: &'static str = "vpc_endpoint";

    fn node(self) -> NodeId {
        self.0
    }
}

impl EndpointHandle {
    /// The endpoint's id.
    pub fn id(self) -> Ref<String> {
        Of::Handle(self).export("id")
    }

    /// The id of the list of the service's addresses, which only a gateway endpoint has: for a security group's
    /// `allow_to_prefix_list`.
    pub fn prefix_list(self) -> Ref<String> {
        Of::Handle(self).export("prefix_list_id")
    }
}
