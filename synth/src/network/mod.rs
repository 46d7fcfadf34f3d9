//! Amazon VPC: networks, and what may talk to what in them.

mod cidr;
mod rule;
mod security_group;
mod traffic;

pub use rule::{Group, Rule, RuleHandle};
pub use security_group::{SecurityGroup, SecurityGroupHandle};
pub use traffic::{Ports, Traffic};
