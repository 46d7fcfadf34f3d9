//! Who can open connections to whom: by the rules of security groups, by load balancers, from the internet.

use std::collections::{BTreeMap, BTreeSet};

use policy::terraform::Block;

use super::home::{Homes, id};
use super::index::{At, Index, literal};
use super::outside;
use super::rule::{Direction, Peer, Rule, rules};
use crate::architecture::{Architecture, Meaning};

/// Adds every arrow of the network.
pub(super) fn add(drawn: &mut Architecture, index: &Index<'_>, homes: &Homes<'_, '_>) {
    let rules = rules(index);
    let outgoing = outgoing(index, &rules);
    for rule in rules.iter().filter(|rule| rule.direction == Direction::In) {
        let to = members(drawn, homes, &rule.group);
        match &rule.peer {
            Peer::Itself => each_other(drawn, &to, rule),
            Peer::Group(from) if *from == rule.group => each_other(drawn, &to, rule),
            Peer::Group(from) => {
                if !sends(outgoing.get(from), rule) {
                    drawn.undecided.insert(format!(
                        "`{}` lets `{}` in, whose own rules let nothing out there",
                        rule.address,
                        from.shown(index)
                    ));
                    continue;
                }
                let from = members(drawn, homes, from);
                every(drawn, &from, &to, rule);
            }
            Peer::Range(range) => {
                let from = BTreeSet::from([outside::range(drawn, range)]);
                every(drawn, &from, &to, rule);
            }
            Peer::Unknown(why) => {
                drawn.undecided.insert(format!("`{}`: who it lets in is {why}", rule.address));
            }
        }
    }
    public(drawn, index, homes);
    super::balancer::add(drawn, index, homes);
    gateways(drawn, index, homes);
}

/// Whose rules they are, or whom they let in: a security group that is declared, or one that is given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// A block.
    Declared(At),
    /// A value from outside.
    Given(String),
}

impl Owner {
    fn shown(&self, index: &Index<'_>) -> String {
        match self {
            Owner::Declared(at) => id(index, *at),
            Owner::Given(value) => value.clone(),
        }
    }
}

fn outgoing<'r>(index: &Index<'_>, rules: &'r [Rule]) -> BTreeMap<Owner, Vec<&'r Rule>> {
    let mut found: BTreeMap<Owner, Vec<&Rule>> = BTreeMap::new();
    for rule in rules {
        let own = found.entry(rule.group.clone()).or_default();
        if rule.direction == Direction::Out {
            own.push(rule);
        }
        if let (Direction::In, Peer::Group(peer @ Owner::Declared(_))) = (rule.direction, &rule.peer) {
            found.entry(peer.clone()).or_default();
        }
    }
    // Nothing is known of the rules of a group that is given or found.
    found.retain(|owner, _| match owner {
        Owner::Declared(at) => index.block(*at).is_some_and(|block| block.is_resource("aws_security_group")),
        Owner::Given(_) => false,
    });
    found
}

/// Whether the sender's own rules allow what the receiver's rule lets in. Terraform makes groups that send nothing, unless they
/// say so (hashicorp/aws, `aws_security_group`: "Terraform will remove" the default rule).
fn sends(outgoing: Option<&Vec<&Rule>>, into: &Rule) -> bool {
    let Some(rules) = outgoing else { return true };
    rules.iter().any(|rule| {
        let peer = match &rule.peer {
            Peer::Group(to) => *to == into.group || matches!(to, Owner::Given(_)),
            Peer::Range(_) | Peer::Unknown(_) => true,
            Peer::Itself => false,
        };
        peer && rule.ports.meets(&into.ports)
    })
}

/// The boxes that a security group is on; itself where it is on none.
fn members(drawn: &mut Architecture, homes: &Homes<'_, '_>, owner: &Owner) -> BTreeSet<String> {
    match owner {
        Owner::Declared(at) => homes.of_block(*at),
        Owner::Given(value) => BTreeSet::from([outside::given(drawn, value, "security group")]),
    }
}

fn every(drawn: &mut Architecture, from: &BTreeSet<String>, to: &BTreeSet<String>, rule: &Rule) {
    let detail = format!("{}: {}", rule.address, rule.ports);
    for from in from {
        for to in to {
            drawn.arrow(from, to, Meaning::Reaches, &rule.ports.to_string(), &detail);
        }
    }
}

/// The members of one group among themselves: said in them, for arrows between all of them would hide the others.
fn each_other(drawn: &mut Architecture, members: &BTreeSet<String>, rule: &Rule) {
    if members.len() < 2 {
        return; // nobody to reach
    }
    let said = format!("reach each other: {}", rule.ports);
    let inside = drawn.inside();
    let all: BTreeSet<&str> = members.iter().map(String::as_str).collect();
    let frame = inside.iter().find(|(_, inside)| **inside == all).map(|(frame, _)| (*frame).to_owned());
    if let Some(group) = frame.and_then(|frame| drawn.groups.get_mut(&frame)) {
        group.note = if group.note.is_empty() { said } else { format!("{} · {said}", group.note) };
        return;
    }
    for member in members {
        if let Some(node) = drawn.nodes.get_mut(member) {
            node.remarks.insert(format!("{}: its security group's members {said}", rule.address));
        }
    }
}

/// What is open to the internet by what it is.
fn public(drawn: &mut Architecture, index: &Index<'_>, homes: &Homes<'_, '_>) {
    for (at, block) in index.resources() {
        let open = match block.type_name() {
            // "By default, an App Runner service is publicly accessible" (AWS App Runner developer guide, "Enabling
            // private endpoints for incoming traffic").
            "aws_apprunner_service" => !is_private(block),
            "aws_cloudfront_distribution"
            | "aws_apigatewayv2_api"
            | "aws_api_gateway_rest_api"
            | "aws_appsync_graphql_api"
            | "aws_lambda_function_url" => true,
            _ => false,
        };
        for home in homes.of_block(at).iter().filter(|_| open) {
            let internet = outside::internet(drawn);
            drawn.arrow(
                &internet,
                home,
                Meaning::Reaches,
                "HTTPS",
                &format!("{}: its public address", block.address()),
            );
        }
    }
}

fn is_private(block: &Block) -> bool {
    let ingress = policy::terraform::values_in(
        &block.body,
        &["network_configuration", "ingress_configuration", "is_publicly_accessible"],
    );
    ingress.iter().any(|value| matches!(value.value, policy::node::Value::Bool(false)))
}

/// NAT gateways: from the subnets whose routes lead to one, and on to the internet.
fn gateways(drawn: &mut Architecture, index: &Index<'_>, homes: &Homes<'_, '_>) {
    let gateways: Vec<(At, &Block)> =
        index.resources().filter(|(_, block)| block.is_resource("aws_nat_gateway")).collect();
    for (at, block) in gateways {
        let gateway = id(index, at);
        if literal(block, "connectivity_type") != Some("private") {
            let internet = outside::outbound(drawn);
            drawn.arrow(
                &gateway,
                &internet,
                Meaning::Reaches,
                "",
                &format!("{}: outwards only", block.address()),
            );
        }
        let tables = homes.referrers(at).flat_map(|route| index.links(route));
        let tables: BTreeSet<At> =
            tables.map(|link| link.to).filter(|to| index.type_name(*to) == "aws_route_table").collect();
        let associations = tables.iter().flat_map(|table| homes.referrers(*table));
        let subnets = associations.flat_map(|association| index.links(association)).map(|link| link.to);
        let frames: BTreeSet<String> = subnets
            .filter(|to| matches!(index.type_name(*to), "aws_subnet" | "aws_default_subnet"))
            .flat_map(|subnet| homes.of_block(subnet))
            .collect();
        for frame in frames {
            drawn.arrow(
                &frame,
                &gateway,
                Meaning::Reaches,
                "0.0.0.0/0",
                &format!("{}: routes", block.address()),
            );
        }
    }
}
