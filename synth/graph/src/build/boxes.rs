//! The boxes and the frames, each with its details.

use std::collections::BTreeSet;

use policy::known::Known;
use policy::terraform::{Block, Kind};

use super::home::{Homes, id};
use super::index::{At, Index, literal};
use super::{network, outside};
use crate::architecture::{Architecture, Group, Grouping, Node, Part};
use crate::kind::{Category, Role, label, role};

/// The frame of the account.
pub(super) const ACCOUNT: &str = "account";

/// Arguments that name a resource for a reader, the best first.
const NAMES: [&str; 16] = [
    "name",
    "service_name",
    "identifier",
    "cluster_identifier",
    "bucket",
    "function_name",
    "domain_name",
    "topic_name",
    "table_name",
    "group_name",
    "repository_name",
    "replication_group_id",
    "url",
    "alarm_name",
    "title",
    "db_instance_identifier",
];

/// Arguments that are said in the box of a workload or a database.
const FACTS: [&str; 7] =
    ["engine", "engine_version", "instance_class", "instance_type", "node_type", "runtime", "launch_type"];

/// Adds every box and every frame.
pub(super) fn add(drawn: &mut Architecture, index: &Index<'_>, homes: &Homes<'_, '_>) {
    for (at, block) in index.blocks() {
        match block.kind {
            Kind::Resource | Kind::Data | Kind::Ephemeral => {}
            _ => continue, // variables, outputs and the like are no part of an architecture
        }
        let of = homes.of_block(at);
        if let Some((argument, value)) = homes.given(at) {
            outside::given(drawn, &value, &argument);
        } else if of.is_empty() {
            drawn.lookups.insert(id(index, at));
        } else if role(block.type_name()) == Role::Subnet {
            subnets(drawn, index, at, block);
        } else if homes.is_its_own(at) && homes.original(at) == at {
            own(drawn, index, homes, at, block);
        }
    }
    for (at, block) in index.blocks().filter(|(_, block)| matches!(block.kind, Kind::Resource | Kind::Data)) {
        for home in homes.of_block(at) {
            let part = part(index, at, block);
            if let Some(group) = drawn.groups.get_mut(&home) {
                group.parts.insert(part);
            } else if let Some(node) = drawn.nodes.get_mut(&home) {
                node.parts.insert(part);
            }
        }
    }
    for node in drawn.nodes.values_mut() {
        let alarms = node.parts.iter().filter(|part| part.kind == "alarm").count();
        if alarms > 0 {
            node.notes.push(format!("{alarms} alarm{}", if alarms == 1 { "" } else { "s" }));
        }
    }
}

fn part(index: &Index<'_>, at: At, block: &Block) -> Part {
    let stack = match index.stacks {
        [_] => String::new(),
        stacks => stacks.get(at.stack).map(|stack| stack.name.clone()).unwrap_or_default(),
    };
    let kind = match block.kind {
        Kind::Data => format!("{}, found", label(block.type_name())),
        _ => label(block.type_name()).into_owned(),
    };
    Part { stack, address: block.address(), kind }
}

/// A box or a frame of one block.
fn own(drawn: &mut Architecture, index: &Index<'_>, homes: &Homes<'_, '_>, at: At, block: &Block) {
    let id = id(index, at);
    let title = title(block);
    match role(block.type_name()) {
        Role::Network => {
            let parent = Some(base(drawn, index, at, block));
            let title = format!("{} {title}", label(block.type_name()));
            let note = network::range(block);
            drawn
                .groups
                .insert(id, Group { parent, kind: Grouping::Network, title, note, parts: BTreeSet::new() });
        }
        Role::Cluster if homes.referrers(at).any(|service| is_in(index, service, at)) => {
            let members = homes.referrers(at).filter(|service| is_in(index, *service, at));
            let places: BTreeSet<Option<String>> =
                members.map(|service| place_in_network(index, service)).collect();
            let parent = match places.into_iter().collect::<Vec<_>>().as_slice() {
                [Some(only)] => only.clone(),
                _ => base(drawn, index, at, block),
            };
            let title = format!("{} {title}", label(block.type_name()));
            let (kind, note) = (Grouping::Cluster, String::new());
            drawn
                .groups
                .insert(id, Group { parent: Some(parent), kind, title, note, parts: BTreeSet::new() });
        }
        role => {
            let category = match role {
                Role::Shown(category) => category,
                Role::Cluster => Category::Compute,
                Role::Acted => Category::Identity,
                Role::SecurityGroup => Category::Network,
                _ => Category::Other,
            };
            let cluster =
                index.links(at).find(|link| is_in(index, at, link.to)).map(|link| self::id(index, link.to));
            let group = cluster
                .or_else(|| place_in_network(index, at))
                .unwrap_or_else(|| base(drawn, index, at, block));
            let kind = label(block.type_name()).into_owned();
            let facts: Vec<&str> = FACTS.iter().filter_map(|fact| literal(block, fact)).collect();
            let mut notes = if facts.is_empty() { Vec::new() } else { vec![facts.join(" · ")] };
            notes.extend(elsewhere(index, at));
            let is_found = block.kind == Kind::Data;
            drawn.nodes.insert(
                id,
                Node {
                    group: Some(group),
                    category,
                    kind,
                    name: title,
                    notes,
                    is_found,
                    parts: BTreeSet::new(),
                    remarks: BTreeSet::new(),
                },
            );
        }
    }
}

/// Whether a block is a service of a cluster in the same stack.
fn is_in(index: &Index<'_>, service: At, cluster: At) -> bool {
    role(index.type_name(cluster)) == Role::Cluster
        && service.stack == cluster.stack
        && matches!(role(index.type_name(service)), Role::Shown(_))
        && index.links(service).any(|link| link.to == cluster && link.argument == "cluster")
}

/// The frame of the network that a block is in.
fn place_in_network(index: &Index<'_>, at: At) -> Option<String> {
    let mut subnets = network::subnets(index, at);
    subnets.retain(|subnet| subnet.stack == at.stack);
    let frames: BTreeSet<String> = subnets.iter().map(|subnet| network::subnets_of(index, *subnet)).collect();
    match frames.iter().collect::<Vec<_>>().as_slice() {
        [only] => Some((*only).clone()),
        [] => network::network_of(index, at).map(|vpc| id(index, vpc)),
        _ => subnets.iter().find_map(|subnet| network::network_of(index, *subnet)).map(|vpc| id(index, vpc)),
    }
}

/// The subnets of other stacks that a block is in, in words: its frame is that of its own stack.
fn elsewhere(index: &Index<'_>, at: At) -> BTreeSet<String> {
    let subnets = network::subnets(index, at).into_iter().filter(|subnet| subnet.stack != at.stack);
    let said = subnets.filter_map(|subnet| {
        let stack = index.stacks.get(subnet.stack)?;
        Some(format!("in {} of {}", network::way(index, subnet).title(), stack.name))
    });
    said.collect()
}

/// The frame of subnets, with one more of them.
fn subnets(drawn: &mut Architecture, index: &Index<'_>, at: At, block: &Block) {
    let frame = network::subnets_of(index, at);
    let parent = match network::network_of(index, at) {
        Some(vpc) => id(index, vpc),
        None => base(drawn, index, at, block),
    };
    let title = network::way(index, at).title();
    let kind = Grouping::Subnets;
    let new = Group { parent: Some(parent), kind, title, note: String::new(), parts: BTreeSet::new() };
    let group = drawn.groups.entry(frame).or_insert(new);
    group.parts.insert(part(index, at, block));
    let subnets = group.parts.iter().filter_map(|part| index.at(at.stack, &part.address));
    let blocks: Vec<&Block> = subnets.filter_map(|subnet| index.block(subnet)).collect();
    let ranges: Vec<String> =
        blocks.iter().map(|block| network::range(block)).filter(|range| !range.is_empty()).collect();
    let zones: BTreeSet<&str> = blocks.iter().filter_map(|block| network::zone(block)).collect();
    let zones = zones.into_iter().collect::<Vec<_>>().join(", ");
    group.note = match (ranges.len(), zones.is_empty()) {
        (1..=3, _) => ranges.join(", "),
        (_, false) => zones,
        _ => format!("{} subnets", blocks.len()),
    };
}

/// The frame around all that is in no other: the account, or the stack in it where there are several; another provider.
fn base(drawn: &mut Architecture, index: &Index<'_>, at: At, block: &Block) -> String {
    let provider = block.type_name().split('_').next().unwrap_or_default();
    if !matches!(provider, "aws" | "awscc") {
        let frame = format!("provider:{provider}");
        let kind = Grouping::Provider;
        let title = provider.to_owned();
        let new = Group { parent: None, kind, title, note: String::new(), parts: BTreeSet::new() };
        drawn.groups.entry(frame.clone()).or_insert(new);
        return frame;
    }
    let note = region(index, at).unwrap_or_default();
    let account = drawn.groups.entry(ACCOUNT.to_owned()).or_insert_with(|| Group {
        parent: None,
        kind: Grouping::Account,
        title: "AWS account".to_owned(),
        note: note.clone(),
        parts: BTreeSet::new(),
    });
    if account.note != note {
        account.note = String::new();
    }
    let [_, _, ..] = index.stacks else { return ACCOUNT.to_owned() };
    let name = index.stacks.get(at.stack).map(|stack| stack.name.clone()).unwrap_or_default();
    let frame = format!("stack:{name}");
    let new = Group {
        parent: Some(ACCOUNT.to_owned()),
        kind: Grouping::Stack,
        title: name,
        note: String::new(),
        parts: BTreeSet::new(),
    };
    drawn.groups.entry(frame.clone()).or_insert(new);
    frame
}

/// The region of a stack's own provider configuration.
fn region(index: &Index<'_>, at: At) -> Option<String> {
    let blocks = &index.stacks.get(at.stack)?.blocks;
    let mut own = blocks.iter().filter(|block| {
        block.kind == Kind::Provider
            && block.name() == "aws"
            && matches!(block.argument("alias"), Known::Absent)
    });
    own.find_map(|provider| literal(provider, "region")).map(str::to_owned)
}

/// What a block is called: by its name in the account, where that is written, else by its name in the document.
pub(super) fn title(block: &Block) -> String {
    let named = NAMES.iter().find_map(|name| literal(block, name)).map(str::to_owned);
    named.or_else(|| tag_name(block)).unwrap_or_else(|| block.name().to_owned() + &block.instance)
}

fn tag_name(block: &Block) -> Option<String> {
    block.body.member("tags")?.value.member("Name")?.value.literal().map(str::to_owned)
}
