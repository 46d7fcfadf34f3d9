//! Need: what the principals of a configuration need, read from what uses them, held against what they are granted.
//!
//! ```text
//!  blocks ──consumers──▶ Needs: of each principal, with the way to each need
//!         ──mention────▶   │    why there may be more
//!         ──declared───▶   │    what authors say that their code calls
//!                          ├──held──────▶ missing: needed and not allowed
//!                          ├──excess────▶ allowed and needed by nothing
//!                          └──sufficient▶ the smallest policy
//! ```
//!
//! What code calls is in no configuration: of principals that code acts with only a part is known, unless it is declared.

mod consumers;
mod declared;
mod derivation;
mod encoded;
mod encryption;
mod excess;
mod folder;
mod held;
mod index;
mod kind;
mod mention;
mod principal;
mod reading;
mod sufficient;
mod thing;
mod unread;

use std::sync::Arc;

use crate::iam::Policy;
use crate::known::Later;
use crate::terraform::{Block, Kind as BlockKind};

use derivation::Derivation;
use index::Index;

pub use excess::{Excess, Extent, excess};
pub use held::{Missing, missing};
pub use kind::Kind;
pub use principal::{Certainty, Need, Needs, Open, Principal, Resource};
pub use sufficient::{Allowing, Sufficient, sufficient};

/// What the principals of a configuration need; what is not understood of declarations is pushed to `unread`.
#[must_use]
pub fn derive(blocks: &[Block], policies: &[Arc<Policy>], unread: &mut Vec<Later>) -> Needs {
    let mut derivation = Derivation::new(Index::of(blocks));
    for block in blocks.iter().filter(|block| block.kind == BlockKind::Resource) {
        for consumer in consumers::of(block.type_name()) {
            derivation.consume(consumer, block);
        }
    }
    mention::mark(&mut derivation, blocks, policies);
    declared::add(&mut derivation, blocks, unread);
    derivation.needs
}
