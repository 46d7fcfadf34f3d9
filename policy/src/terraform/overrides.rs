//! Override files: their blocks are merged into those of the same address (Terraform, "Override
//! Files").

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, Kind};
use crate::known::Later;
use crate::node::{Member, Node, Value};

/// Nested blocks that are merged argument by argument; any other is replaced as a whole.
const MERGED: &[&str] = &["lifecycle", "required_providers"];

/// Merges the blocks of override files, in their order, into what the other files declare.
pub(super) fn apply(blocks: &mut Vec<Block>, overriding: Vec<Block>, unread: &mut Vec<Later>) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        places.entry(identity(block)).or_insert(index);
    }
    for block in overriding {
        let declared = places.get(&identity(&block)).and_then(|place| blocks.get_mut(*place));
        match declared {
            Some(declared) => merge(declared, block),
            // Settings are merged one by one, so there may be none to merge with.
            None if block.kind == Kind::Terraform => blocks.push(block),
            None => {
                let why = "nothing is declared that this block of an override file could override";
                unread.push(Later { span: block.span, why: why.into() });
                blocks.push(block);
            }
        }
    }
}

/// What says that two blocks are the same: a provider's configuration has its alias too.
fn identity(block: &Block) -> String {
    let alias = match block.kind {
        Kind::Provider => block.written.member("alias").and_then(|member| member.value.literal()),
        _ => None,
    };
    format!("{} {}", block.address(), alias.unwrap_or_default())
}

fn merge(declared: &mut Block, overriding: Block) {
    if declared.kind == Kind::Local {
        *declared = overriding;
        return;
    }
    merge_body(&mut declared.written, &overriding.written);
    declared.body = declared.written.clone();
}

fn merge_body(declared: &mut Node, overriding: &Node) {
    let Value::Object(declared_members) = &declared.value else {
        *declared = overriding.clone();
        return;
    };
    let merged = |member: &Member| member.name().is_some_and(|name| MERGED.contains(&name));
    let mut members: Vec<Member> = declared_members.iter().flat_map(one_label_each).collect();
    // Blocks of one type may be several members: all of the old ones go before the new ones come.
    let replaced: BTreeSet<&str> = overriding.members().iter().flat_map(types).collect();
    members.retain(|old| merged(old) || !types(old).iter().any(|name| replaced.contains(name)));
    for new in overriding.members() {
        let mut old = None;
        if merged(new) {
            old = members.iter_mut().find(|old| old.name() == new.name());
        }
        match old {
            Some(old) => merge_body(&mut old.value, &new.value),
            None => members.push(new.clone()),
        }
    }
    declared.value = Value::Object(members.into());
}

/// The dynamic blocks of several types that JSON may have in one member, each in its own.
fn one_label_each(member: &Member) -> Vec<Member> {
    match &member.value.value {
        Value::Object(labels) if member.key.literal() == Some("dynamic") => {
            let alone =
                |label: &Member| Node::new(member.value.span, Value::Object(vec![label.clone()].into()));
            labels.iter().map(|label| Member { key: member.key.clone(), value: alone(label) }).collect()
        }
        _ => vec![member.clone()],
    }
}

/// The types of blocks that a member is or stands for: a dynamic block stands for those of its type, and they for it.
fn types(member: &Member) -> Vec<&str> {
    match member.name() {
        Some("dynamic") => member.value.members().iter().filter_map(Member::name).collect(),
        Some(name) => vec![name],
        None => Vec::new(),
    }
}
