//! What of the policies nobody understood, and about whom that leaves doubt.

use std::collections::{BTreeMap, BTreeSet};

use super::principal::{Need, Resource};
use crate::access::Sets;
use crate::iam::{self, Managed, Principals};
use crate::known::Known;
use crate::source::Span;
use crate::terraform::{Block, Kind};

/// Whoever a policy may be about that was not understood; the reader of policies said where.
#[derive(Debug, Default)]
pub(super) struct Unread {
    /// It may be anybody's.
    is_of_anybody: bool,
    /// The principals that hold one.
    holders: BTreeSet<String>,
    /// What the blocks with one refer to.
    about: BTreeSet<String>,
}

/// Who holds which declared policies.
struct Holding<'b> {
    principals: Principals<'b>,
    by_attachment: BTreeMap<String, Vec<String>>,
}

impl<'b> Holding<'b> {
    fn of(blocks: &'b [Block]) -> Holding<'b> {
        let principals = Principals::of(blocks);
        let mut attaching: BTreeMap<String, Vec<&Block>> = BTreeMap::new();
        for block in blocks {
            attaching.entry(block.address()).or_default().push(block);
        }
        let mut by_attachment: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for attachment in iam::attachments(blocks) {
            if let Known::Is(Managed::Declared(policy)) = attachment.policy {
                let blocks = attaching.get(&attachment.address).into_iter().flatten();
                let holders = blocks.flat_map(|block| iam::holders(block, &principals));
                by_attachment.entry(policy).or_default().extend(holders);
            }
        }
        Holding { principals, by_attachment }
    }
}

/// Blocks by where they are written.
struct Places<'b> {
    /// In the order of their places: those that touch, such as the instances of a module, are one.
    groups: Vec<Group<'b>>,
}

/// Blocks that touch, with their place among all, and the span of all of them.
struct Group<'b> {
    span: Span,
    blocks: Vec<(usize, &'b Block)>,
}

impl<'b> Places<'b> {
    fn of(blocks: &'b [Block]) -> Places<'b> {
        let blocks = blocks.iter().enumerate().filter(|(_, block)| block.kind != Kind::Other);
        let mut blocks: Vec<(usize, &Block)> = blocks.collect();
        blocks.sort_by_key(|(_, block)| block.written.span);
        let mut groups: Vec<Group<'b>> = Vec::new();
        for (index, block) in blocks {
            let span = block.written.span;
            match groups.last_mut() {
                Some(group) if group.span.source == span.source && span.start() <= group.span.end() => {
                    group.span = group.span.to(span);
                    group.blocks.push((index, block));
                }
                _ => groups.push(Group { span, blocks: vec![(index, block)] }),
            }
        }
        for group in &mut groups {
            group.blocks.sort_by_key(|(index, _)| *index);
        }
        Places { groups }
    }

    /// The first block that has what is written there.
    fn block(&self, span: Span) -> Option<&'b Block> {
        let begins_before =
            |group: &Group<'_>| (group.span.source, group.span.start()) <= (span.source, span.start());
        let after = self.groups.partition_point(begins_before);
        let group = self.groups.get(after.checked_sub(1)?)?;
        let mut blocks = group.blocks.iter().map(|(_, block)| *block);
        blocks.find(|block| block.written.span.contains(span))
    }
}

impl Unread {
    pub(super) fn of(sets: &Sets, blocks: &[Block]) -> Unread {
        let mut unread = Unread::default();
        if sets.unread.is_empty() {
            return unread;
        }
        let holding = Holding::of(blocks);
        let places = Places::of(blocks);
        for later in &sets.unread {
            match places.block(later.span) {
                Some(block) if block.kind == Kind::Resource => {
                    let trust = block.body.member("assume_role_policy").map(|member| member.value.span);
                    if !trust.is_some_and(|trust| trust.contains(later.span)) {
                        unread.add(block, &holding);
                    }
                }
                _ => unread.is_of_anybody = true,
            }
        }
        unread
    }

    fn add(&mut self, block: &Block, holding: &Holding<'_>) {
        if !block.type_name().starts_with("aws_iam_") {
            self.about.extend(iam::references(&block.body));
            self.about.insert(block.address());
            return;
        }
        let mut holders = iam::holders(block, &holding.principals);
        holders.extend(holding.by_attachment.get(&block.address()).into_iter().flatten().cloned());
        self.is_of_anybody |= holders.is_empty();
        self.holders.extend(holders);
    }

    /// Whether it may allow a principal what it needs.
    pub(super) fn may_allow(&self, principal: &str, need: &Need) -> bool {
        let is_about = |arn: &str| {
            let begins =
                |address: &String| arn.strip_prefix("${").and_then(|arn| arn.strip_prefix(address.as_str()));
            self.about.iter().filter_map(begins).any(|rest| rest.starts_with(['.', '[']))
        };
        self.is_of_anybody
            || self.holders.contains(principal)
            || matches!(&need.resource, Resource::Thing { arn, .. } if is_about(arn))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::node::{Node, Value};
    use crate::source::Sources;

    fn block(kind: Kind, span: Span) -> Block {
        Block::new(kind, &[], span, Node::new(span, Value::Null))
    }

    proptest! {
        #[test]
        fn the_block_of_a_place_is_the_first_that_has_it(
            blocks in prop::collection::vec((any::<bool>(), 0..2_usize, 0..12_usize, 0..6_usize), 0..8),
            (file, start, length) in (0..2_usize, 0..14_usize, 0..3_usize),
        ) {
            let mut sources = Sources::default();
            let files = ["a", "b"].map(|name| sources.add(name, " ".repeat(20)));
            let span = |file: usize, start: usize, length: usize| Span::new(files[file], start..start + length);
            let kind = |is_other| if is_other { Kind::Other } else { Kind::Resource };
            let blocks: Vec<Block> = blocks
                .into_iter()
                .map(|(is_other, file, start, length)| block(kind(is_other), span(file, start, length)))
                .collect();
            let asked = span(file, start, length);
            let has = |block: &&Block| block.kind != Kind::Other && block.written.span.contains(asked);
            let [found, model] = [Places::of(&blocks).block(asked), blocks.iter().find(has)]
                .map(|found| found.map(std::ptr::from_ref));
            prop_assert_eq!(found, model);
        }
    }
}
