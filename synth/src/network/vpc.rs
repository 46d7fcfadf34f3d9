//! A virtual private cloud: its subnets, and the ways in and out of them.

use synth_aws::ec2;
use synth_core::{
    Construct, Handle, Known, MetaArguments as _, NodeId, Of, Place, Problem, Ref, Scope, THIS, Term, Value,
    functions, text,
};

use super::routes;
use super::subnets::{Layout, MOST_ZONES, Ranges, Tier};
use super::zones::Zones;

/// A VPC with a public and a private subnet in each zone.
///
/// Public subnets are for what the internet reaches, such as load balancers: nothing in them gets a public address by
/// itself. Private ones reach the internet through NAT gateways, or not at all. The security group that AWS gives
/// every VPC is closed: what is in no group of yours reaches nothing (AWS Security Hub, control EC2.2).
#[derive(Clone, Debug)]
pub struct Vpc {
    name: Value<String>,
    zones: Zones,
    layout: Layout,
    nat: Nat,
}

/// How private subnets reach the internet. A NAT gateway costs by the hour and by what goes through it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nat {
    /// Not at all.
    #[default]
    Nowhere,
    /// Through one gateway in the first zone: all of them lose their way out with that zone.
    OneGateway,
    /// Through a gateway in each zone.
    OneGatewayPerZone,
}

impl Vpc {
    /// A VPC with addresses of a range from /16 to /24, of which each subnet gets a sixteenth.
    pub fn new(
        name: impl Into<Value<String>>,
        range: impl Into<Value<String>>,
        zones: impl Into<Zones>,
    ) -> Self {
        let layout = Layout { vpc: range.into(), public: Ranges::Calculated, private: Ranges::Calculated };
        Vpc { name: name.into(), zones: zones.into(), layout, nat: Nat::default() }
    }

    /// The ranges of the public subnets, one a zone.
    #[must_use]
    pub fn public_ranges<V: Into<Value<String>>>(mut self, ranges: impl IntoIterator<Item = V>) -> Self {
        self.layout.public = Ranges::Given(ranges.into_iter().map(Into::into).collect());
        self
    }

    /// The ranges of the private subnets, one a zone.
    #[must_use]
    pub fn private_ranges<V: Into<Value<String>>>(mut self, ranges: impl IntoIterator<Item = V>) -> Self {
        self.layout.private = Ranges::Given(ranges.into_iter().map(Into::into).collect());
        self
    }

    /// How private subnets reach the internet.
    #[must_use]
    pub fn nat(mut self, nat: Nat) -> Self {
        self.nat = nat;
        self
    }

    fn check(&self, scope: &mut Scope<'_>) {
        let zones = self.zones.count();
        if !(1..=MOST_ZONES).contains(&zones) {
            scope.refuse(
                Problem::new(format!("a VPC cannot have subnets in {zones} zones"))
                    .at("/zones")
                    .help(format!("write 1 to {MOST_ZONES}; load balancers and databases want 2 at least")),
            );
            return;
        }
        if let Some(twice) = self.zones.named_twice() {
            scope.refuse(
                Problem::new(format!("the zone `{twice}` is named twice"))
                    .at("/zones")
                    .help("name each zone once: its place in the list is that of its subnets"),
            );
        }
        for problem in self.layout.problems(zones) {
            scope.refuse(problem);
        }
    }

    /// The network itself, and its own security group without rules.
    fn add_vpc(&self, scope: &mut Scope<'_>) -> ec2::VpcHandle {
        let mut vpc = ec2::Vpc::new()
            .cidr_block(&self.layout.vpc)
            .enable_dns_hostnames(true)
            .enable_dns_support(true)
            .tags([("Name", self.name.clone())]);
        if self.layout.is_calculated() && matches!(self.layout.vpc.known(), Known::Later) {
            let is_large_enough =
                functions::can(functions::regex::<String>("/(1[6-9]|2[0-4])$", &self.layout.vpc));
            vpc = vpc.precondition(
                is_large_enough,
                "Accepted: a range from /16 to /24, of which each subnet gets a sixteenth.",
            );
        }
        let vpc = scope.add(THIS, vpc);
        let closed = ec2::DefaultSecurityGroup::new()
            .vpc_id(vpc.id())
            .argument("egress", Term::List(vec![]))
            .argument("ingress", Term::List(vec![]));
        scope.add(THIS, closed);
        vpc
    }

    fn add_subnets(
        &self,
        tier: Tier,
        zones: &[Value<String>],
        vpc: ec2::VpcHandle,
        scope: &mut Scope<'_>,
    ) -> Vec<ec2::SubnetHandle> {
        let subnets = zones.iter().zip(self.layout.subnets(tier, zones.len())).zip(1..);
        let add = |((zone, range), number): ((&Value<String>, Value<String>), u32)| {
            let name = text!("{}-{}-{}", &self.name, tier.name(), number.to_string());
            let subnet = ec2::Subnet::new()
                .vpc_id(vpc.id())
                .availability_zone(zone)
                .cidr_block(range)
                .tags([("Name", name)]);
            scope.add(format!("{}_{number}", tier.name()), subnet)
        };
        subnets.map(add).collect()
    }
}

impl Construct for Vpc {
    type Handle = VpcHandle;

    fn build(self, place: Place<'_, '_>) -> VpcHandle {
        let mut scope = place.construct(VpcHandle::KIND);
        self.check(&mut scope);
        let vpc = self.add_vpc(&mut scope);
        let zones = self.zones.names(&mut scope);
        let public = self.add_subnets(Tier::Public, &zones, vpc, &mut scope);
        let private = self.add_subnets(Tier::Private, &zones, vpc, &mut scope);
        let internet = ec2::InternetGateway::new().vpc_id(vpc.id()).tags([("Name", self.name.clone())]);
        let ways = routes::Ways { vpc, internet: scope.add("internet", internet), name: &self.name };
        let public_table = ways.add_public(&public, &mut scope);
        let private_tables = ways.add_private(self.nat, &public, &private, &mut scope);
        scope.export("id", vpc.id());
        scope.export("range", vpc.cidr_block());
        scope.export("public_route_table_id", public_table.id());
        for (name, subnet) in PUBLIC_SUBNETS.into_iter().zip(public) {
            scope.export(name, subnet.id());
        }
        for (name, subnet) in PRIVATE_SUBNETS.into_iter().zip(private) {
            scope.export(name, subnet.id());
        }
        for (name, table) in PRIVATE_TABLES.into_iter().zip(private_tables) {
            scope.export(name, table.id());
        }
        VpcHandle { node: scope.node(), zones: zones.len() }
    }
}

/// What the ids of a tier's subnets are exported as, one a zone.
const PUBLIC_SUBNETS: [&str; MOST_ZONES] = [
    "public_subnet_1",
    "public_subnet_2",
    "public_subnet_3",
    "public_subnet_4",
    "public_subnet_5",
    "public_subnet_6",
    "public_subnet_7",
    "public_subnet_8",
];
const PRIVATE_SUBNETS: [&str; MOST_ZONES] = [
    "private_subnet_1",
    "private_subnet_2",
    "private_subnet_3",
    "private_subnet_4",
    "private_subnet_5",
    "private_subnet_6",
    "private_subnet_7",
    "private_subnet_8",
];
const PRIVATE_TABLES: [&str; MOST_ZONES] = [
    "private_route_table_1",
    "private_route_table_2",
    "private_route_table_3",
    "private_route_table_4",
    "private_route_table_5",
    "private_route_table_6",
    "private_route_table_7",
    "private_route_table_8",
];

/// A VPC of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VpcHandle {
    node: NodeId,
    zones: usize,
}

impl Handle for VpcHandle {
    const KIND: &'static str = "vpc";

    fn node(self) -> NodeId {
        self.node
    }
}

impl VpcHandle {
    /// The VPC's id.
    pub fn id(self) -> Ref<String> {
        Of::Handle(self).export("id")
    }

    /// The VPC's range of addresses.
    pub fn range(self) -> Ref<String> {
        Of::Handle(self).export("range")
    }

    /// The ids of the public subnets, one a zone.
    pub fn public_subnets(self) -> Vec<Ref<String>> {
        self.exports(PUBLIC_SUBNETS)
    }

    /// The ids of the private subnets, one a zone.
    pub fn private_subnets(self) -> Vec<Ref<String>> {
        self.exports(PRIVATE_SUBNETS)
    }

    /// The id of the public subnets' route table.
    pub fn public_route_table(self) -> Ref<String> {
        Of::Handle(self).export("public_route_table_id")
    }

    /// The ids of the private subnets' route tables, one a zone.
    pub fn private_route_tables(self) -> Vec<Ref<String>> {
        self.exports(PRIVATE_TABLES)
    }

    fn exports(self, names: [&'static str; MOST_ZONES]) -> Vec<Ref<String>> {
        names.into_iter().take(self.zones).map(|name| Of::Handle(self).export(name)).collect()
    }
}
