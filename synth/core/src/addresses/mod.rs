//! Addresses that stay: a record of what each object was called, by which a renaming is noticed.
//!
//! Terraform knows an object by its address alone. Where a construct was renamed or moved, the record gives the
//! old address and the document a `moved` block; where that cannot be told for sure, the app does not resolve.

mod fingerprint;
mod record;

use std::collections::BTreeMap;

use crate::block::Body;
use crate::id::{Id, NodeId};
use crate::names::{self, Names};
use crate::problem::{Origin, Problem};
use crate::term::{Term, Text};
use crate::tree::{Content, Element, ElementKind, Tree};
use fingerprint::Fingerprint;
pub use record::{Record, RecordError};

/// An object of the new tree.
struct Object {
    node: NodeId,
    fingerprint: u64,
}

/// Compares the tree with the record, adds `moved` blocks to the tree, and brings the record up to date.
pub(crate) fn keep(tree: &mut Tree, record: &mut Record, problems: &mut Vec<Problem>) {
    let blocks = compare(tree, &names::assign(tree), record, problems);
    add(tree, blocks);
}

fn compare(tree: &Tree, names: &Names<'_>, record: &mut Record, problems: &mut Vec<Problem>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let stacks: Vec<(NodeId, String)> = tree
        .iter()
        .filter(|(_, node)| matches!(node.content, Content::Stack))
        .map(|(id, node)| (id, crate::stacks::stack_name(node)))
        .collect();
    for (stack, name) in stacks {
        let objects = objects(tree, names, stack);
        let known = record.stacks.entry(name).or_default();
        let told = told(tree, stack);
        let gone: Vec<(&String, &u64)> = known
            .addresses
            .iter()
            .filter(|(address, _)| {
                !objects.contains_key(*address) && !told.iter().any(|told| told == address)
            })
            .collect();
        let new: Vec<(&String, &Object)> = objects
            .iter()
            .filter(|(address, _)| !known.addresses.is_empty() && !known.addresses.contains_key(*address))
            .collect();
        let mut moves = Vec::new();
        for (old, fingerprint) in &gone {
            match successor(old, **fingerprint, &gone, &new) {
                Successor::None => {}
                Successor::Is(address) => moves.push(((*old).clone(), address.clone())),
                Successor::Unclear(address, object) => problems.push(unclear(tree, old, address, object)),
            }
        }
        known.moves.extend(moves);
        known.moves.retain(|from, _| !objects.contains_key(from));
        known.addresses.clear();
        known.addresses.extend(objects.into_iter().map(|(address, object)| (address, object.fingerprint)));
        let targets = known
            .moves
            .iter()
            .filter(|(_, to)| known.addresses.contains_key(*to) || known.moves.contains_key(*to));
        blocks.extend(targets.map(|(from, to)| Block { stack, from: from.clone(), to: to.clone() }));
    }
    blocks
}

/// A `moved` block to write.
#[derive(Debug)]
struct Block {
    stack: NodeId,
    from: String,
    to: String,
}

/// Adds `moved` blocks to the tree.
fn add(tree: &mut Tree, blocks: Vec<Block>) {
    for Block { stack, from, to } in blocks {
        let plain = |text: &str| Term::Verbatim(Box::new(Term::text(text)));
        let body = Body::new().with("from", plain(&from)).with("to", plain(&to));
        let element = Element { requires: (1, 1), ..Element::new(ElementKind::Moved, "", body) };
        tree.push(stack, Id::Exact(from.into()), Origin::Unknown, Content::Element(element));
    }
}

enum Successor<'o> {
    /// The object is gone.
    None,
    /// The object has another address.
    Is(&'o String),
    /// It may be this one, or not.
    Unclear(&'o String, &'o Object),
}

/// The new object that an old address stands for now: the only one of its type that is made alike.
fn successor<'o>(
    old: &str,
    fingerprint: u64,
    gone: &[(&String, &u64)],
    new: &[(&'o String, &'o Object)],
) -> Successor<'o> {
    let same_type = new.iter().filter(|(address, _)| type_of(address) == type_of(old));
    let Some((first, object)) = same_type.clone().next() else { return Successor::None };
    let alike: Vec<&'o String> = same_type
        .filter(|(_, object)| object.fingerprint == fingerprint)
        .map(|(address, _)| *address)
        .collect();
    let rivals =
        gone.iter().filter(|(other, print)| type_of(other) == type_of(old) && **print == fingerprint).count();
    let named_alike: Vec<&&String> =
        alike.iter().filter(|address| last_id(address) == last_id(old)).collect();
    match (alike.as_slice(), rivals, named_alike.as_slice()) {
        ([only], 1, _) => Successor::Is(only),
        (_, _, [only]) => Successor::Is(only),
        _ => Successor::Unclear(first, object),
    }
}

fn type_of(address: &str) -> &str {
    address.rsplit_once('.').map_or("", |(label, _)| label)
}

/// The id of the element itself, without those of the constructs around.
fn last_id(address: &str) -> &str {
    let name = address.rsplit_once('.').map_or(address, |(_, name)| name);
    name.rsplit_once("__").map_or(name, |(_, id)| id)
}

fn unclear(tree: &Tree, old: &str, address: &str, object: &Object) -> Problem {
    let origin = tree.node(object.node).map_or(Origin::Unknown, |node| node.origin.clone());
    let problem = Problem::new(format!(
        "`{old}` is gone and `{address}` is new: Terraform would destroy the one and make the other"
    ));
    let help = format!(
        "if it is the same object, say that `{old}` moved to it (`moved`); if it is not, say that `{old}` is removed (`removed`)"
    );
    Problem { origin, path: tree.path(object.node), ..problem.help(help) }
}

/// The addresses of which the author says what became of them.
fn told(tree: &Tree, stack: NodeId) -> Vec<Text> {
    let blocks = tree.iter().filter_map(|(id, node)| match &node.content {
        Content::Element(element) if matches!(element.kind, ElementKind::Moved | ElementKind::Removed) => {
            Some((id, element))
        }
        _ => None,
    });
    let mine = blocks.filter(|(id, _)| tree.stack_of(*id) == Some(stack));
    mine.filter_map(|(_, element)| match element.body.get("from") {
        Some(Term::Verbatim(from)) => match from.as_ref() {
            Term::Text(address) => Some(address.clone()),
            _ => None,
        },
        _ => None,
    })
    .collect()
}

fn objects(tree: &Tree, names: &Names<'_>, stack: NodeId) -> BTreeMap<String, Object> {
    let mut objects = BTreeMap::new();
    for (node, found) in tree.iter() {
        let Content::Element(element) = &found.content else { continue };
        let address = match element.kind {
            ElementKind::Resource => format!("{}.{}", element.type_name, names.of(node)),
            ElementKind::Module => format!("module.{}", names.of(node)),
            _ => continue,
        };
        if tree.stack_of(node) == Some(stack) {
            let fingerprint = Fingerprint::of(tree, element);
            objects.insert(address, Object { node, fingerprint });
        }
    }
    objects
}
