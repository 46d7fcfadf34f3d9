//! Amazon VPC: networks, and what may talk to what in them.

mod cidr;
mod endpoint;
mod placement;
mod routes;
mod rule;
mod security_group;
mod subnets;
mod traffic;
mod vpc;
mod zones;

pub use endpoint::{Endpoint, EndpointHandle, GatewayService};
pub use placement::Placement;
pub use rule::{Group, Rule, RuleHandle};
pub use security_group::{SecurityGroup, SecurityGroupHandle};
pub use traffic::{Ports, Traffic};
pub use vpc::{Nat, Vpc, VpcHandle};
pub use zones::Zones;
