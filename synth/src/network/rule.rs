//! Rules between security groups and what is around them.

use ipnet::IpNet;
use synth_aws::ec2;
use synth_core::{Construct, Handle, Known, MetaArguments, NodeId, Place, Problem, Scope, THIS, Value};

use super::cidr;
use super::security_group::{Outbound, SecurityGroupHandle, check_text};
use super::traffic::{Ports, Traffic};

/// A security group: one of this app, or one that is already there.
#[derive(Clone, Debug)]
pub struct Group(Which);

#[derive(Clone, Debug)]
enum Which {
    Ours(SecurityGroupHandle),
    Existing(Value<String>),
}

impl From<SecurityGroupHandle> for Group {
    fn from(group: SecurityGroupHandle) -> Self {
        Group(Which::Ours(group))
    }
}

impl From<&SecurityGroupHandle> for Group {
    fn from(group: &SecurityGroupHandle) -> Self {
        (*group).into()
    }
}

impl Group {
    /// A group that is already there, by its id.
    pub fn existing(id: impl Into<Value<String>>) -> Self {
        Group(Which::Existing(id.into()))
    }

    /// Lets the members of another group, or of this one, reach this group's. A group of this app that may not send
    /// everything gets the rule that lets it send this.
    pub fn allow_from(self, source: impl Into<Group>, traffic: impl Into<Traffic>) -> Rule {
        Rule::new(self, Peer::Group(source.into()), Direction::In, traffic.into())
    }

    /// Lets a range of addresses reach the group's members: `0.0.0.0/0` is everybody. One that comes later is of
    /// IPv4.
    pub fn allow_from_cidr(self, range: impl Into<Value<String>>, traffic: impl Into<Traffic>) -> Rule {
        Rule::new(self, Peer::Range(range.into()), Direction::In, traffic.into())
    }

    /// Lets a managed list of ranges reach the group's members, by the list's id.
    pub fn allow_from_prefix_list(self, list: impl Into<Value<String>>, traffic: impl Into<Traffic>) -> Rule {
        Rule::new(self, Peer::PrefixList(list.into()), Direction::In, traffic.into())
    }

    /// Lets the group's members reach a range of addresses.
    pub fn allow_to_cidr(self, range: impl Into<Value<String>>, traffic: impl Into<Traffic>) -> Rule {
        Rule::new(self, Peer::Range(range.into()), Direction::Out, traffic.into())
    }

    /// Lets the group's members reach a managed list of ranges, such as that of a gateway endpoint, by its id.
    pub fn allow_to_prefix_list(self, list: impl Into<Value<String>>, traffic: impl Into<Traffic>) -> Rule {
        Rule::new(self, Peer::PrefixList(list.into()), Direction::Out, traffic.into())
    }

    pub(super) fn id(&self) -> Value<String> {
        match &self.0 {
            Which::Ours(group) => group.id().into(),
            Which::Existing(id) => id.clone(),
        }
    }

    /// What its members may send; whoever made a group that is already there has decided that.
    fn outbound(&self) -> Outbound {
        match &self.0 {
            Which::Ours(group) => group.outbound,
            Which::Existing(_) => Outbound::Everything,
        }
    }
}

/// Who is at the other end.
#[derive(Clone, Debug)]
enum Peer {
    Group(Group),
    Range(Value<String>),
    PrefixList(Value<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    In,
    Out,
}

/// Lets some traffic through: what a security group's `allow_…` gives, and what a scope then adds.
#[derive(Clone, Debug)]
#[must_use = "a rule exists only after `scope.add(…)`"]
pub struct Rule {
    group: Group,
    peer: Peer,
    direction: Direction,
    traffic: Traffic,
    description: Option<Value<String>>,
}

impl Rule {
    fn new(group: Group, peer: Peer, direction: Direction, traffic: Traffic) -> Self {
        Rule { group, peer, direction, traffic, description: None }
    }

    /// What the rule is for.
    pub fn description(mut self, description: impl Into<Value<String>>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The group that sends, where it must be told so.
    fn sender(&self) -> Option<&Group> {
        match (self.direction, &self.peer) {
            (Direction::Out, _) => Some(&self.group),
            (Direction::In, Peer::Group(source)) => Some(source),
            (Direction::In, _) => None,
        }
    }

    fn check(&self, scope: &mut Scope<'_>) {
        self.traffic.check(scope);
        if let Some(description) = &self.description {
            check_text(scope, "/description", "a rule's description", description);
        }
        if let Peer::Range(range) = &self.peer {
            cidr::check(scope, "/range", range);
        }
        if self.sender().is_some_and(|sender| sender.outbound() == Outbound::Nothing) {
            scope.refuse(
                Problem::new("the rule needs a security group to send what it was told never to send").help(
                    "take `no_outbound` out at the group: without it, a group sends what its rules say",
                ),
            );
        }
    }
}

impl Construct for Rule {
    type Handle = RuleHandle;

    fn build(self, place: Place<'_, '_>) -> RuleHandle {
        let mut scope = place.construct(RuleHandle::KIND);
        self.check(&mut scope);
        let sends = self.sender().is_some_and(|sender| sender.outbound() == Outbound::Ruled);
        let Rule { group, peer, direction, traffic, description } = self;
        let (protocol, ports) = traffic.arguments();
        let rest = Rest { ports, description };
        if direction == Direction::In {
            let rule =
                ec2::VpcSecurityGroupIngressRule::new().security_group_id(group.id()).ip_protocol(protocol);
            scope.add(THIS, rest.fill(rule, &peer));
        }
        let (sender, receiver) = match (direction, peer) {
            (Direction::Out, peer) => (group, peer),
            (Direction::In, Peer::Group(source)) if sends => (source, Peer::Group(group)),
            (Direction::In, _) => return RuleHandle(scope.node()),
        };
        let rule =
            ec2::VpcSecurityGroupEgressRule::new().security_group_id(sender.id()).ip_protocol(protocol);
        scope.add(THIS, rest.fill(rule, &receiver));
        RuleHandle(scope.node())
    }
}

/// What a rule says besides whose it is.
struct Rest {
    ports: Option<Ports>,
    description: Option<Value<String>>,
}

impl Rest {
    /// Rules of both directions have the same arguments, but their builders no common type.
    fn fill<R: MetaArguments>(&self, mut rule: R, peer: &Peer) -> R {
        if let Some(Ports { first, last }) = &self.ports {
            rule = rule.argument("from_port", first.clone()).argument("to_port", last.clone());
        }
        if let Some(description) = &self.description {
            rule = rule.argument("description", description.clone());
        }
        match peer {
            Peer::Group(group) => rule.argument("referenced_security_group_id", group.id()),
            Peer::PrefixList(list) => rule.argument("prefix_list_id", list.clone()),
            Peer::Range(range) => {
                let argument = match range.known() {
                    Known::Is(text) if matches!(cidr::range(text), Ok(IpNet::V6(_))) => "cidr_ipv6",
                    // The provider judges one that comes later, when it is planned.
                    Known::Is(_) | Known::Later => "cidr_ipv4",
                };
                rule.argument(argument, range.clone())
            }
        }
    }
}

/// A rule of a stack: for `depends_on` of what needs it to connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleHandle(NodeId);

impl Handle for RuleHandle {
    const KIND: &'static str = "security_group_rule";

    fn node(self) -> NodeId {
        self.0
    }
}
