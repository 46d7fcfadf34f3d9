//! The blocks of all stacks, by what others may say of them.

mod meant;

use std::collections::{BTreeMap, BTreeSet};

use policy::node::{Node, Value};
use policy::terraform::{Block, Kind};

pub(super) use meant::{Meant, Scope};

use super::state;
use crate::stack::Stack;

/// A block by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) stack: usize,
    block: usize,
}

/// What one argument of a block refers to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    /// The argument of the block.
    pub(super) argument: String,
    /// The name nearest to the value, inside of it.
    pub(super) leaf: String,
    /// What is meant.
    pub(super) to: At,
}

/// The blocks of all stacks by what may be said of them.
pub(super) struct Index<'s> {
    pub(super) stacks: &'s [Stack],
    by_label: BTreeMap<(usize, Kind, &'s str, &'s str), Vec<At>>,
    by_value: BTreeMap<(usize, &'s str), Vec<At>>,
    by_address: BTreeMap<(usize, String), At>,
    outputs: BTreeMap<(usize, &'s str), At>,
    /// The stack whose outputs a `terraform_remote_state` gives.
    states: BTreeMap<(usize, &'s str), usize>,
    links: BTreeMap<At, BTreeSet<Link>>,
}

/// Attributes by which others mean a resource.
const NAMING: [&str; 9] = [
    "arn",
    "bucket",
    "cluster_identifier",
    "family",
    "function_name",
    "id",
    "identifier",
    "name",
    "service_name",
];

/// Arguments that order or repeat, and are no part of what a resource is.
const META: [&str; 6] = ["connection", "count", "depends_on", "lifecycle", "provider", "provisioner"];

impl<'s> Index<'s> {
    pub(super) fn of(stacks: &'s [Stack]) -> Index<'s> {
        let mut index = Index {
            stacks,
            by_label: BTreeMap::new(),
            by_value: BTreeMap::new(),
            by_address: BTreeMap::new(),
            outputs: BTreeMap::new(),
            states: BTreeMap::new(),
            links: BTreeMap::new(),
        };
        for (at, block) in blocks(stacks) {
            index.by_address.insert((at.stack, block.address()), at);
            if block.kind == Kind::Output && block.module.is_root() {
                index.outputs.insert((at.stack, block.name()), at);
            }
            if block.type_name().is_empty() {
                continue; // variables, outputs and the like: nothing refers to them as to a resource
            }
            index
                .by_label
                .entry((at.stack, block.kind, block.type_name(), block.name()))
                .or_default()
                .push(at);
            for attribute in NAMING.iter().filter(|_| block.kind == Kind::Resource) {
                if let Some(text) = literal(block, attribute) {
                    index.by_value.entry((at.stack, text)).or_default().push(at);
                }
            }
        }
        index.states = state::readers(stacks);
        let links = blocks(stacks).filter(|(_, block)| !block.type_name().is_empty());
        index.links = links.map(|(at, block)| (at, index.links_of(at, block))).collect();
        index
    }

    /// Every block with its place.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (At, &'s Block)> + use<'s> {
        blocks(self.stacks)
    }

    /// The managed resources.
    pub(super) fn resources(&self) -> impl Iterator<Item = (At, &'s Block)> + use<'s> {
        self.blocks().filter(|(_, block)| block.kind == Kind::Resource)
    }

    pub(super) fn block(&self, at: At) -> Option<&'s Block> {
        self.stacks.get(at.stack)?.blocks.get(at.block)
    }

    /// Where the names in a block are looked up.
    pub(super) fn scope(&self, at: At) -> Scope {
        let module = self.block(at).map(|block| block.module.clone()).unwrap_or_default();
        Scope { stack: at.stack, module }
    }

    /// The type of a block; empty if it has none.
    pub(super) fn type_name(&self, at: At) -> &'s str {
        self.block(at).map_or("", Block::type_name)
    }

    /// The block with an address in a stack.
    pub(super) fn at(&self, stack: usize, address: &str) -> Option<At> {
        self.by_address.get(&(stack, address.to_owned())).copied()
    }

    /// The resources of a stack that a literal names.
    pub(super) fn named<'n>(&'n self, stack: usize, text: &'n str) -> &'n [At] {
        self.by_value.get(&(stack, text)).map_or(&[], Vec::as_slice)
    }

    /// All that a block refers to.
    pub(super) fn links(&self, at: At) -> impl Iterator<Item = &Link> {
        self.links.get(&at).into_iter().flatten()
    }

    fn links_of(&self, at: At, block: &Block) -> BTreeSet<Link> {
        let scope = Scope { stack: at.stack, module: block.module.clone() };
        let mut found = BTreeSet::new();
        // What is written has the references to values that are known, what is computed those behind locals.
        for body in [&block.written, &block.body] {
            for member in body.members() {
                let Some(argument) = member.name().filter(|name| !META.contains(name)) else { continue };
                let mut named = Vec::new();
                collect(&member.value, argument, &mut named);
                for (leaf, node) in named {
                    for meant in self.meant(&scope, node) {
                        if let Meant::Block(to) = meant
                            && to != at
                        {
                            found.insert(Link { argument: argument.to_owned(), leaf: leaf.to_owned(), to });
                        }
                    }
                }
            }
        }
        found
    }
}

fn blocks(stacks: &[Stack]) -> impl Iterator<Item = (At, &Block)> {
    stacks.iter().enumerate().flat_map(|(stack, one)| {
        one.blocks.iter().enumerate().map(move |(block, found)| (At { stack, block }, found))
    })
}

/// The references and texts in a value, each with the name nearest to it.
pub(super) fn collect<'n>(node: &'n Node, leaf: &'n str, found: &mut Vec<(&'n str, &'n Node)>) {
    match &node.value {
        Value::Object(members) => {
            for member in members.iter() {
                collect(&member.value, member.name().unwrap_or(leaf), found);
            }
        }
        Value::Reference(_) => found.push((leaf, node)),
        Value::Text(_) => {
            found.push((leaf, node));
            node.children().for_each(|child| collect(child, leaf, found));
        }
        _ => node.children().for_each(|child| collect(child, leaf, found)),
    }
}

/// The literal that an argument is.
pub(super) fn literal<'b>(block: &'b Block, argument: &str) -> Option<&'b str> {
    block.body.member(argument)?.value.literal().filter(|text| !text.is_empty())
}
