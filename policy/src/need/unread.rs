//! What of the policies nobody understood, and about whom that leaves doubt.

use std::collections::BTreeSet;

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

impl Unread {
    pub(super) fn of(sets: &Sets, blocks: &[Block]) -> Unread {
        let mut unread = Unread::default();
        for later in &sets.unread {
            let of_block =
                |block: &&Block| block.kind != Kind::Other && block.written.span.contains(later.span);
            match blocks.iter().find(of_block) {
                Some(block) if block.kind == Kind::Resource => {
                    let trust = block.body.member("assume_role_policy").map(|member| member.value.span);
                    if !trust.is_some_and(|trust| trust.contains(later.span)) {
                        unread.add(block, blocks);
                    }
                }
                _ => unread.is_of_anybody = true,
            }
        }
        unread
    }

    fn add(&mut self, block: &Block, blocks: &[Block]) {
        if !block.type_name().starts_with("aws_iam_") {
            self.about.extend(iam::references(&block.body));
            self.about.insert(block.address());
            return;
        }
        let principals = Principals::of(blocks);
        let mut holders = iam::holders(block, &principals);
        let is_this = |managed: &Known<Managed>| matches!(managed, Known::Is(Managed::Declared(address)) if *address == block.address());
        for attachment in iam::attachments(blocks).into_iter().filter(|one| is_this(&one.policy)) {
            let attaching = blocks.iter().filter(|other| other.address() == attachment.address);
            holders.extend(attaching.flat_map(|other| iam::holders(other, &principals)));
        }
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
