//! Frames of networks: VPCs, and in them the subnets with the same way out.

use std::collections::BTreeSet;

use policy::terraform::Block;

use super::home::id;
use super::index::{At, Index, Link, literal};
use crate::kind::{Role, role};

/// How subnets reach what is outside of their network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// By a route to an internet gateway: both ways.
    Public,
    /// By a route to a NAT gateway or the like: outwards.
    Private,
    /// Not at all.
    Isolated,
    /// No route table of it is declared.
    Unknown,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Way::Public => "public",
            Way::Private => "private",
            Way::Isolated => "isolated",
            Way::Unknown => "",
        }
    }

    /// The title of the frame.
    pub(super) fn title(self) -> String {
        format!("{} subnets", self.name()).trim_start().to_owned()
    }
}

/// Whether a type is a rule of a security group or such a group: it is no member of the groups that it names.
pub(super) fn is_rule(type_name: &str) -> bool {
    type_name.contains("security_group")
}

/// The id of the frame that a subnet is a part of.
pub(super) fn subnets_of(index: &Index<'_>, subnet: At) -> String {
    let vpc = network_of(index, subnet).map_or_else(|| stack_of(index, subnet), |vpc| id(index, vpc));
    format!("{vpc}#{}", way(index, subnet).title().replace(' ', "-"))
}

/// The stand-in for a VPC that is not declared.
fn stack_of(index: &Index<'_>, at: At) -> String {
    index.stacks.get(at.stack).map_or_else(String::new, |stack| format!("stack:{}", stack.name))
}

/// The VPC that a block names.
pub(super) fn network_of(index: &Index<'_>, at: At) -> Option<At> {
    let links = index.links(at).filter(|link| link.to.stack == at.stack);
    links.map(|link| link.to).find(|to| role(index.type_name(*to)) == Role::Network)
}

/// How a subnet reaches what is outside, by the routes of its route table (Amazon VPC user guide, "Subnet routing").
pub(super) fn way(index: &Index<'_>, subnet: At) -> Way {
    let is_of = |at: At, to: At| index.links(at).any(|link| link.to == to);
    let associations = index
        .resources()
        .filter(|(at, block)| block.is_resource("aws_route_table_association") && is_of(*at, subnet));
    let tables: BTreeSet<At> = associations
        .flat_map(|(at, _)| index.links(at))
        .map(|link| link.to)
        .filter(|to| index.type_name(*to) == "aws_route_table")
        .collect();
    if tables.is_empty() {
        return Way::Unknown;
    }
    let routes = index.resources().filter(|(at, block)| {
        tables.contains(at)
            || (block.is_resource("aws_route") && index.links(*at).any(|link| tables.contains(&link.to)))
    });
    let mut way = Way::Isolated;
    for (at, block) in routes {
        for link in index.links(at).filter(|link| is_default(block, link)) {
            match index.type_name(link.to) {
                "aws_internet_gateway" => return Way::Public,
                "aws_nat_gateway" | "aws_instance" | "aws_network_interface" | "aws_ec2_transit_gateway" => {
                    way = Way::Private;
                }
                _ => {}
            }
        }
    }
    way
}

/// Whether a route leads everywhere; of routes inside of a table any may.
fn is_default(block: &Block, link: &Link) -> bool {
    let destinations = ["destination_cidr_block", "destination_ipv6_cidr_block"];
    let written: Vec<&str> = destinations.iter().filter_map(|name| literal(block, name)).collect();
    link.argument != "vpc_id" && (written.is_empty() || written.iter().any(|cidr| cidr.ends_with("/0")))
}

/// The subnets that a block is in: its own, and those of its subnet group or launch template. They may be in other stacks.
pub(super) fn subnets(index: &Index<'_>, at: At) -> BTreeSet<At> {
    let mut found = BTreeSet::new();
    for link in index.links(at) {
        let type_name = index.type_name(link.to);
        if role(type_name) == Role::Subnet {
            found.insert(link.to);
        } else if type_name.ends_with("_subnet_group") || type_name == "aws_launch_template" {
            let further = index.links(link.to).map(|link| link.to);
            found.extend(further.filter(|to| role(index.type_name(*to)) == Role::Subnet));
        }
    }
    found
}

/// What is said of a network beside its title: its range of addresses.
pub(super) fn range(block: &Block) -> String {
    literal(block, "cidr_block").unwrap_or_default().to_owned()
}

/// The zone of a subnet, where it is written.
pub(super) fn zone(block: &Block) -> Option<&str> {
    literal(block, "availability_zone")
}
