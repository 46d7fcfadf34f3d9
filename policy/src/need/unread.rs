//! What of the policies nobody understood, and about whom that leaves doubt.

use std::collections::{BTreeMap, BTreeSet};

use super::principal::{Need, Resource};
use crate::access::Sets;
use crate::iam::{self, Managed, Principals};
use crate::known::Known;
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

impl Unread {
    pub(super) fn of(sets: &Sets, blocks: &[Block]) -> Unread {
        let mut unread = Unread::default();
        if sets.unread.is_empty() {
            return unread;
        }
        let holding = Holding::of(blocks);
        for later in &sets.unread {
            let of_block =
                |block: &&Block| block.kind != Kind::Other && block.written.span.contains(later.span);
            match blocks.iter().find(of_block) {
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
