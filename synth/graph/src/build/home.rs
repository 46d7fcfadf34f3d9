//! Where each resource is in the picture: a box or a frame of its own, or a detail of others.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use policy::terraform::{Block, Kind};

use super::index::{At, Index, Link, Meant, literal};
use super::{network, outside};
use crate::kind::{Role, only_mentions, role};

/// The boxes and frames, by id, that each block is a part of.
pub(super) struct Homes<'i, 's> {
    index: &'i Index<'s>,
    referrers: BTreeMap<At, BTreeSet<At>>,
    /// Data sources that find what another stack makes.
    found: BTreeMap<At, At>,
    known: RefCell<BTreeMap<At, BTreeSet<String>>>,
}

/// The blocks on the way to a home.
#[derive(Default)]
struct Trail {
    path: Vec<At>,
    is_circle: bool,
}

impl<'i, 's> Homes<'i, 's> {
    pub(super) fn of(index: &'i Index<'s>) -> Homes<'i, 's> {
        let found = found_elsewhere(index);
        let mut referrers: BTreeMap<At, BTreeSet<At>> = BTreeMap::new();
        for (at, _) in index.resources() {
            for link in index.links(at) {
                referrers.entry(link.to).or_default().insert(at);
                if let Some(original) = found.get(&link.to) {
                    referrers.entry(*original).or_default().insert(at);
                }
            }
        }
        Homes { index, referrers, found, known: RefCell::default() }
    }

    /// The boxes and frames that a block is a part of; none for what is only read.
    pub(super) fn of_block(&self, at: At) -> BTreeSet<String> {
        if let Some(known) = self.known.borrow().get(&at) {
            return known.clone();
        }
        let mut trail = Trail::default();
        let mut homes = self.homes(at, &mut trail);
        if trail.is_circle {
            // Details of each other are boxes: else none of them would be anywhere.
            homes.retain(|home| self.is_always_there(home));
            if homes.is_empty() {
                homes.insert(id(self.index, self.original(at)));
            }
        }
        self.known.borrow_mut().insert(at, homes.clone());
        homes
    }

    /// The resources that refer to a block.
    pub(super) fn referrers(&self, at: At) -> impl Iterator<Item = At> {
        self.referrers.get(&at).into_iter().flatten().copied()
    }

    /// Whether a block has a box or a frame of its own.
    pub(super) fn is_its_own(&self, at: At) -> bool {
        self.of_block(at).contains(&id(self.index, at))
    }

    /// The argument, in words, and the value that a block is a detail of, where that is given from outside of the stacks.
    pub(super) fn given(&self, at: At) -> Option<(String, String)> {
        let Role::Into(arguments) = role(self.index.type_name(at)) else { return None };
        let (argument, value) = self.given_to(at, arguments)?;
        let is_there = self.of_block(at).contains(&outside::id_of_given(&value));
        is_there.then(|| (argument.trim_end_matches("_id").trim_end_matches("_arn").replace('_', " "), value))
    }

    fn given_to(&self, at: At, arguments: &[&str]) -> Option<(String, String)> {
        let block = self.index.block(at).filter(|block| block.kind == Kind::Resource)?;
        arguments.iter().find_map(|argument| {
            let value = &block.body.member(argument)?.value;
            let meant = self.index.all_meant(&self.index.scope(at), value).into_iter();
            let mut given = meant.filter_map(|meant| match meant {
                Meant::Given(value) => Some(value),
                Meant::Block(_) => None,
            });
            given.next().map(|value| ((*argument).to_owned(), value))
        })
    }

    /// What a data source finds that another stack makes; itself for all else.
    pub(super) fn original(&self, at: At) -> At {
        self.found.get(&at).copied().unwrap_or(at)
    }

    fn homes(&self, at: At, trail: &mut Trail) -> BTreeSet<String> {
        let at = self.original(at);
        let Some(block) = self.index.block(at) else { return BTreeSet::new() };
        let role = role(block.type_name());
        if trail.path.contains(&at) {
            trail.is_circle = true;
            return BTreeSet::new();
        }
        if !self.is_drawn(at, block, role) {
            return BTreeSet::new();
        }
        trail.path.push(at);
        let mut homes = match role {
            Role::Shown(_) | Role::Network | Role::Cluster => BTreeSet::new(),
            Role::Subnet => BTreeSet::from([network::subnets_of(self.index, at)]),
            Role::Into(arguments) => {
                let named = self.named_by(at, arguments, trail);
                match self.given_to(at, arguments) {
                    Some((_, value)) if named.is_empty() => BTreeSet::from([outside::id_of_given(&value)]),
                    _ => named,
                }
            }
            Role::Of(types) => self.all(self.referring(at, types), trail),
            Role::SecurityGroup => {
                let members = self.referring(at, &[]);
                let members = members.filter(|member| !network::is_rule(self.index.type_name(*member)));
                self.all(members, trail)
            }
            Role::Acted => {
                let actors = self.all(self.referring(at, &[]), trail);
                if actors.len() == 1 { actors } else { BTreeSet::new() }
            }
            Role::Unknown => self.begun_by(at, block, trail),
        };
        trail.path.pop();
        if homes.is_empty() {
            homes.insert(id(self.index, at));
        }
        homes
    }

    /// Whether a home is a frame, or a box whatever refers to it.
    fn is_always_there(&self, home: &str) -> bool {
        let block = self.index.blocks().find(|(at, _)| id(self.index, *at) == home);
        block.is_none_or(|(_, block)| {
            matches!(role(block.type_name()), Role::Shown(_) | Role::Network | Role::Cluster)
        })
    }

    /// Managed resources always; of what is only found, that which is a part of an architecture and is used.
    fn is_drawn(&self, at: At, block: &Block, role: Role) -> bool {
        let part = matches!(
            role,
            Role::Shown(_) | Role::Network | Role::Subnet | Role::Cluster | Role::SecurityGroup | Role::Acted
        );
        match block.kind {
            Kind::Resource => true,
            Kind::Data => part && self.referrers.contains_key(&at),
            _ => false,
        }
    }

    fn all(&self, blocks: impl Iterator<Item = At>, trail: &mut Trail) -> BTreeSet<String> {
        blocks.flat_map(|at| self.homes(at, trail)).collect()
    }

    fn referring<'h>(&'h self, at: At, types: &'h [&str]) -> impl Iterator<Item = At> + use<'h, 'i, 's> {
        self.referrers(at).filter(move |referrer| {
            let type_name = self.index.type_name(*referrer);
            if types.is_empty() { !only_mentions(type_name) } else { types.contains(&type_name) }
        })
    }

    /// The homes of what the first argument names that names something.
    fn named_by(&self, at: At, arguments: &[&str], trail: &mut Trail) -> BTreeSet<String> {
        for argument in arguments {
            let is_it = |link: &&Link| link.argument == *argument;
            let links = self.index.links(at).filter(is_it).map(|link| link.to);
            let mut homes = self.all(links, trail);
            if homes.is_empty()
                && let Some(name) = self.index.block(at).and_then(|block| literal(block, argument))
            {
                let named = self.index.named(at.stack, name).iter().copied();
                homes = self.all(named.filter(|other| *other != at), trail);
            }
            if !homes.is_empty() {
                return homes;
            }
        }
        BTreeSet::new()
    }

    /// The homes of what a resource refers to, of the longest type that its own type begins with.
    fn begun_by(&self, at: At, block: &Block, trail: &mut Trail) -> BTreeSet<String> {
        let begins =
            |other: &str| block.type_name().strip_prefix(other).is_some_and(|rest| rest.starts_with('_'));
        // Whom a policy names does not carry it.
        let own = self.index.links(at).filter(|link| link.argument != "policy");
        let links: Vec<At> = own.map(|link| link.to).collect();
        let of_type =
            |link: &At| Some(self.index.type_name(*link)).filter(|other| begins(other)).map(str::len);
        let Some(longest) = links.iter().filter_map(of_type).max() else { return BTreeSet::new() };
        let owners = links.iter().copied().filter(|link| of_type(link) == Some(longest));
        self.all(owners, trail)
    }
}

/// The id of a box or a frame: the address, behind the name of its stack where there are several.
pub(super) fn id(index: &Index<'_>, at: At) -> String {
    let address = index.block(at).map(Block::address).unwrap_or_default();
    match index.stacks {
        [_] => address,
        stacks => {
            let stack = stacks.get(at.stack).map_or("", |stack| stack.name.as_str());
            format!("{stack}/{address}")
        }
    }
}

/// The data sources that ask for just what a resource of another stack is written with.
fn found_elsewhere(index: &Index<'_>) -> BTreeMap<At, At> {
    let mut found = BTreeMap::new();
    for (at, block) in index.blocks().filter(|(_, block)| block.kind == Kind::Data) {
        let asked: Vec<(&str, &str)> = block
            .body
            .members()
            .iter()
            .filter_map(|member| Some((member.name()?, member.value.literal()?)))
            .collect();
        if asked.is_empty() {
            continue; // it asks for nothing by name, as `aws_region` does
        }
        let is_it = |(other, made): &(At, &Block)| {
            other.stack != at.stack
                && made.type_name() == block.type_name()
                && asked.iter().all(|(argument, value)| literal(made, argument) == Some(value))
        };
        if let Some((other, _)) = index.resources().find(is_it) {
            found.insert(at, other);
        }
    }
    found
}
