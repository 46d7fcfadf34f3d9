//! The rules of security groups, in each of their three spellings.

use std::fmt;

use policy::known::Known;
use policy::node::{Node, Value};
use policy::terraform::{Block, blocks_in};

use super::index::{At, Index, Meant};
use super::reach::Owner;

/// Which way a rule opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// It lets in.
    In,
    /// It lets out.
    Out,
}

/// Whom a rule is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Peer {
    /// The members of a security group.
    Group(Owner),
    /// The members of the rule's own group.
    Itself,
    /// Addresses.
    Range(String),
    /// Nobody knows yet.
    Unknown(String),
}

/// Which ports a rule opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ports {
    /// All of them, of every protocol.
    All,
    /// From one to another.
    Between(String, i64, i64),
    /// Which, is known only later.
    Unknown,
}

impl Ports {
    /// Whether both have a port in common.
    pub(super) fn meets(&self, other: &Ports) -> bool {
        match (self, other) {
            (Ports::Between(one, from, to), Ports::Between(other, others_from, others_to)) => {
                one == other && from <= others_to && others_from <= to
            }
            _ => true,
        }
    }
}

impl fmt::Display for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ports::All => write!(f, "any port"),
            Ports::Unknown => write!(f, "some port"),
            Ports::Between(protocol, ..) if protocol.starts_with("icmp") => write!(f, "{protocol}"),
            Ports::Between(protocol, 0, 65535) => write!(f, "any {protocol} port"),
            Ports::Between(protocol, from, to) => {
                let udp = if protocol == "tcp" { "" } else { protocol };
                let range = if from == to { from.to_string() } else { format!("{from}–{to}") };
                write!(f, "{}", format!("{udp} {range}").trim())
            }
        }
    }
}

/// One rule for one peer.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) address: String,
    pub(super) group: Owner,
    pub(super) direction: Direction,
    pub(super) peer: Peer,
    pub(super) ports: Ports,
}

/// Every rule of every security group.
pub(super) fn rules(index: &Index<'_>) -> Vec<Rule> {
    let mut found = Vec::new();
    for (at, block) in index.resources() {
        let by_type = match block.type_name() {
            "aws_vpc_security_group_ingress_rule" => Some(Direction::In),
            "aws_vpc_security_group_egress_rule" => Some(Direction::Out),
            "aws_security_group_rule" => match block.argument("type") {
                Known::Is(kind) if kind.literal() == Some("egress") => Some(Direction::Out),
                _ => Some(Direction::In),
            },
            _ => None,
        };
        if let Some(direction) = by_type {
            for group in owners(index, at, block, "security_group_id") {
                of_body(index, at, block, &block.body, &group, direction, &mut found);
            }
        } else if block.is_resource("aws_security_group") {
            for (name, direction) in [("ingress", Direction::In), ("egress", Direction::Out)] {
                if let Known::Later(later) = block.argument(name) {
                    let (address, group) = (block.address(), Owner::Declared(at));
                    let peer = Peer::Unknown(later.why);
                    found.push(Rule { address, group, direction, peer, ports: Ports::Unknown });
                }
                for body in blocks_in(&block.body, name) {
                    of_body(index, at, block, body, &Owner::Declared(at), direction, &mut found);
                }
            }
        }
    }
    found
}

fn of_body(
    index: &Index<'_>,
    at: At,
    block: &Block,
    body: &Node,
    group: &Owner,
    direction: Direction,
    found: &mut Vec<Rule>,
) {
    let ports = ports(body);
    let peers = peers(index, at, body);
    let rule = |peer: Peer| Rule {
        address: block.address(),
        group: group.clone(),
        direction,
        peer,
        ports: ports.clone(),
    };
    found.extend(peers.into_iter().map(rule));
}

fn owners(index: &Index<'_>, at: At, block: &Block, argument: &str) -> Vec<Owner> {
    let Some(member) = block.body.member(argument) else { return Vec::new() };
    let mut found = Vec::new();
    for meant in index.all_meant(&index.scope(at), &member.value) {
        found.push(match meant {
            Meant::Block(to) => Owner::Declared(to),
            Meant::Given(value) => Owner::Given(value),
        });
    }
    if found.is_empty() {
        let value =
            member.value.literal().map_or_else(|| format!("the group of {}", block.address()), str::to_owned);
        found.push(Owner::Given(value));
    }
    found
}

/// Whom a rule is about, in any of the spellings of its arguments.
fn peers(index: &Index<'_>, at: At, body: &Node) -> Vec<Peer> {
    let scope = index.scope(at);
    let mut found = Vec::new();
    for argument in ["referenced_security_group_id", "source_security_group_id", "security_groups"] {
        let Some(member) = body.member(argument) else { continue };
        if is_empty(&member.value) {
            continue; // plans and states say what is not set
        }
        let groups = index.all_meant(&scope, &member.value);
        if groups.is_empty() {
            found.push(match member.value.literal() {
                Some(id) => Peer::Group(Owner::Given(id.to_owned())),
                None => Peer::Unknown(member.value.why()),
            });
        }
        found.extend(groups.into_iter().map(|meant| match meant {
            Meant::Block(to) => Peer::Group(Owner::Declared(to)),
            Meant::Given(value) => Peer::Group(Owner::Given(value)),
        }));
    }
    if body.member("self").is_some_and(|member| matches!(member.value.value, Value::Bool(true))) {
        found.push(Peer::Itself);
    }
    for argument in
        ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_id", "prefix_list_ids"]
    {
        let Some(member) = body.member(argument) else { continue };
        let values = match &member.value.value {
            Value::List(nodes) => nodes.iter().collect(),
            Value::Null => Vec::new(),
            _ => vec![&member.value],
        };
        for value in values.into_iter().filter(|value| !is_empty(value)) {
            found.push(match value.literal() {
                Some(range) => Peer::Range(range.to_owned()),
                None => Peer::Unknown(value.why()),
            });
        }
    }
    found
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::List(nodes) => nodes.is_empty(),
        _ => node.literal() == Some(""),
    }
}

/// The ports of a rule: `-1` as a protocol is every one of every protocol (hashicorp/aws).
fn ports(body: &Node) -> Ports {
    let protocol = ["ip_protocol", "protocol"].iter().find_map(|name| body.member(name));
    let Some(protocol) = protocol.map(|member| &member.value) else { return Ports::All };
    let number = |name: &str| body.member(name).and_then(|member| integer(&member.value));
    let protocol = match &protocol.value {
        Value::Number(digits) => digits.to_string(),
        _ => match protocol.literal() {
            Some(text) => text.to_lowercase(),
            None => return Ports::Unknown,
        },
    };
    match (protocol.as_str(), number("from_port"), number("to_port")) {
        ("-1" | "all", _, _) => Ports::All,
        (_, Some(-1), _) => Ports::Between(protocol, 0, 65535),
        (_, Some(from), Some(to)) => Ports::Between(protocol, from, to),
        _ => Ports::Unknown,
    }
}

fn integer(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Number(digits) => digits.parse().ok(),
        _ => node.literal()?.parse().ok(),
    }
}
