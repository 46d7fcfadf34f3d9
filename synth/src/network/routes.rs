//! The ways in and out of a VPC: its gateways and route tables.

use synth_aws::ec2;
use synth_core::{MetaArguments as _, Scope, Value, text};

use super::vpc::Nat;

const EVERYWHERE: &str = "0.0.0.0/0";

/// What the gateways and tables belong to.
pub(super) struct Ways<'v> {
    pub(super) vpc: ec2::VpcHandle,
    pub(super) internet: ec2::InternetGatewayHandle,
    pub(super) name: &'v Value<String>,
}

impl Ways<'_> {
    /// One table for all public subnets, with the way through the internet gateway.
    pub(super) fn add_public(
        &self,
        subnets: &[ec2::SubnetHandle],
        scope: &mut Scope<'_>,
    ) -> ec2::RouteTableHandle {
        let table = self.add_table("public", scope);
        let route = ec2::Route::new()
            .route_table_id(table.id())
            .destination_cidr_block(EVERYWHERE)
            .gateway_id(self.internet.id());
        scope.add("public", route);
        for (subnet, number) in subnets.iter().zip(1..) {
            associate(format!("public_{number}"), *subnet, table, scope);
        }
        table
    }

    /// A table a private subnet, however many gateways there are: to have one more or one less changes a route, and
    /// leaves tables and subnets as they are.
    pub(super) fn add_private(
        &self,
        nat: Nat,
        public: &[ec2::SubnetHandle],
        private: &[ec2::SubnetHandle],
        scope: &mut Scope<'_>,
    ) -> Vec<ec2::RouteTableHandle> {
        let gateways = match nat {
            Nat::Nowhere => 0,
            Nat::OneGateway => 1,
            Nat::OneGatewayPerZone => public.len(),
        };
        let gateways: Vec<ec2::NatGatewayHandle> = public
            .iter()
            .take(gateways)
            .zip(1..)
            .map(|(subnet, number)| self.add_nat(number, *subnet, scope))
            .collect();
        let through = gateways.iter().cycle().map(Some).chain(std::iter::repeat(None));
        let tables = private.iter().zip(through).zip(1_u32..).map(|((subnet, gateway), number)| {
            let id = format!("private_{number}");
            let table = self.add_table(&id, scope);
            if let Some(gateway) = gateway {
                let route = ec2::Route::new()
                    .route_table_id(table.id())
                    .destination_cidr_block(EVERYWHERE)
                    .nat_gateway_id(gateway.id());
                scope.add(id.as_str(), route);
            }
            associate(id, *subnet, table, scope);
            table
        });
        tables.collect()
    }

    fn add_nat(
        &self,
        number: u32,
        subnet: ec2::SubnetHandle,
        scope: &mut Scope<'_>,
    ) -> ec2::NatGatewayHandle {
        let id = format!("nat_{number}");
        let name = text!("{}-nat-{}", self.name, number.to_string());
        let address = scope.add(id.as_str(), ec2::Eip::new().domain("vpc").tags([("Name", name.clone())]));
        let gateway = ec2::NatGateway::new()
            .allocation_id(address.id())
            .subnet_id(subnet.id())
            .tags([("Name", name)])
            // Its address is on the internet only behind the gateway (`aws_nat_gateway`, "Example Usage").
            .depends_on(self.internet);
        scope.add(id, gateway)
    }

    fn add_table(&self, id: &str, scope: &mut Scope<'_>) -> ec2::RouteTableHandle {
        let name = text!("{}-{}", self.name, id.replace('_', "-"));
        scope.add(id, ec2::RouteTable::new().vpc_id(self.vpc.id()).tags([("Name", name)]))
    }
}

fn associate(id: String, subnet: ec2::SubnetHandle, table: ec2::RouteTableHandle, scope: &mut Scope<'_>) {
    let association = ec2::RouteTableAssociation::new().subnet_id(subnet.id()).route_table_id(table.id());
    scope.add(id, association);
}
