//! Which blocks an expression means, in its own stack and in the others.

use std::collections::{BTreeMap, BTreeSet};

use policy::node::{Node, Reference, Step, Value};
use policy::terraform::{Block, Kind, ModulePath};
use policy::text::Text;

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

/// What an expression means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meant {
    /// A block.
    Block(At),
    /// A value that somebody gives: a variable, an output of a stack that is not here.
    Given(String),
}

/// What the references in a text mean.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) blocks: BTreeSet<At>,
    /// Values that somebody gives.
    pub(super) given: BTreeSet<String>,
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
        let mut found = BTreeSet::new();
        // What is written has the references to values that are known, what is computed those behind locals.
        for body in [&block.written, &block.body] {
            for member in body.members() {
                let Some(argument) = member.name().filter(|name| !META.contains(name)) else { continue };
                let mut named = Vec::new();
                collect(&member.value, argument, &mut named);
                for (leaf, node) in named {
                    for meant in self.meant(at.stack, &block.module, node) {
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

    /// What a node that is a reference, or a literal ARN or id, means.
    pub(super) fn meant(&self, stack: usize, module: &ModulePath, node: &Node) -> Vec<Meant> {
        self.followed(stack, module, node, &mut BTreeSet::new())
    }

    /// All that an expression means.
    pub(super) fn all_meant(&self, stack: usize, module: &ModulePath, node: &Node) -> BTreeSet<Meant> {
        let mut named = Vec::new();
        collect(node, "", &mut named);
        named.into_iter().flat_map(|(_, node)| self.meant(stack, module, node)).collect()
    }

    /// All that the references in a text mean.
    pub(super) fn in_text(&self, stack: usize, module: &ModulePath, text: &Text) -> Named {
        let mut named = Named::default();
        for meant in text.holes().flat_map(|hole| self.all_meant(stack, module, hole)) {
            match meant {
                Meant::Block(at) => named.blocks.insert(at),
                Meant::Given(value) => named.given.insert(value),
            };
        }
        named
    }

    fn followed(
        &self,
        stack: usize,
        module: &ModulePath,
        node: &Node,
        seen: &mut BTreeSet<(usize, String)>,
    ) -> Vec<Meant> {
        match &node.value {
            Value::Reference(reference) => self.referred(stack, module, reference, seen),
            Value::Text(text) => match text.literal() {
                // Others than these are words that anything may be called by.
                Some(text) if is_identifier(text) => {
                    self.named(stack, text).iter().map(|at| Meant::Block(*at)).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn referred(
        &self,
        stack: usize,
        module: &ModulePath,
        reference: &Reference,
        seen: &mut BTreeSet<(usize, String)>,
    ) -> Vec<Meant> {
        let names = reference.names();
        let (kind, type_name, name) = match names.as_slice() {
            ["data", "terraform_remote_state", state, ..] => {
                return self.output(stack, state, reference, seen);
            }
            ["data", type_name, name, ..] => (Kind::Data, *type_name, *name),
            ["ephemeral", type_name, name, ..] => (Kind::Ephemeral, *type_name, *name),
            ["var", ..] => return vec![Meant::Given(reference.to_string())],
            ["module", ..] => return vec![Meant::Given(reference.to_string())],
            ["each" | "count" | "self" | "path" | "local" | "terraform", ..] => return Vec::new(),
            [type_name, name, ..] => (Kind::Resource, *type_name, *name),
            _ => return Vec::new(),
        };
        let all = self.by_label.get(&(stack, kind, type_name, name)).map_or(&[][..], Vec::as_slice);
        let instance = reference.steps.iter().find_map(|step| match step {
            Step::Index(key) => Some(key.as_str()),
            Step::Attribute(_) | Step::Any => None,
        });
        let is_meant = |at: &&At| {
            let own = self.block(**at).map_or("", |block| block.instance.trim_matches(['[', ']', '"']));
            own.is_empty() || instance.is_none_or(|instance| instance == own)
        };
        let is_here = |at: &&At| self.block(**at).is_some_and(|block| block.module == *module);
        let here: Vec<Meant> =
            all.iter().filter(is_here).filter(is_meant).map(|at| Meant::Block(*at)).collect();
        if here.is_empty() {
            // An argument of a module was computed where it was given, so its block may be in another module.
            return all.iter().filter(is_meant).map(|at| Meant::Block(*at)).collect();
        }
        here
    }

    /// What the output of another stack refers to.
    fn output(
        &self,
        stack: usize,
        state: &str,
        reference: &Reference,
        seen: &mut BTreeSet<(usize, String)>,
    ) -> Vec<Meant> {
        let given = || vec![Meant::Given(reference.to_string())];
        let mut steps = reference.steps.iter().map(|step| match step {
            Step::Attribute(name) | Step::Index(name) => name.as_str(),
            Step::Any => "",
        });
        let name = steps.by_ref().skip_while(|step| *step != "outputs").nth(1);
        let (Some(name), Some(other)) = (name, self.states.get(&(stack, state))) else { return given() };
        let Some(output) = self.outputs.get(&(*other, name)) else { return given() };
        if !seen.insert((*other, name.to_owned())) {
            return Vec::new();
        }
        let mut found = Vec::new();
        if let Some(block) = self.block(*output) {
            for body in [&block.written, &block.body] {
                let mut named = Vec::new();
                collect(body, "value", &mut named);
                for (_, node) in named {
                    found.extend(self.followed(*other, &block.module, node, seen));
                }
            }
        }
        found.sort();
        found.dedup();
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

/// Whether a text is an ARN or an id that AWS makes up: a word, and at least eight hexadecimal digits.
fn is_identifier(text: &str) -> bool {
    let id =
        |(_, digits): (&str, &str)| digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.starts_with("arn:") || text.rsplit_once('-').is_some_and(id)
}
