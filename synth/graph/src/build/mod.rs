//! From stacks to an architecture: a pass a line.

mod actions;
mod balancer;
mod boxes;
mod equal;
mod grants;
mod home;
mod index;
mod network;
mod outside;
mod principals;
mod reach;
mod rule;
mod state;
mod trust;
mod uses;

use crate::architecture::Architecture;
use crate::stack::Stack;

use home::Homes;
use index::Index;

/// The architecture of stacks that may refer to each other.
#[must_use]
pub fn architecture(stacks: &[Stack]) -> Architecture {
    let index = Index::of(stacks);
    let homes = Homes::of(&index);
    let mut drawn = Architecture::default();
    drawn.undecided.extend(stacks.iter().flat_map(|stack| stack.unread.iter().cloned()));
    boxes::add(&mut drawn, &index, &homes);
    reach::add(&mut drawn, &index, &homes);
    grants::add(&mut drawn, &index, &homes);
    trust::add(&mut drawn, &index, &homes);
    uses::add(&mut drawn, &index, &homes);
    drawn.prune();
    equal::merge_nodes(&mut drawn);
    equal::group_kinds(&mut drawn);
    equal::merge_arrows(&mut drawn);
    drawn
}
