//! Terraform's JSON syntax: every legal spelling of a configuration becomes a list of blocks.

mod block;
mod read;

pub use block::{Block, Kind, blocks_in};
pub use read::{Refusal, read};
