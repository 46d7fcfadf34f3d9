//! What pictures show, and that they show everything.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail by panicking")]

mod document;
mod folding;
mod grants;
mod hostile;
mod large;
mod network;
mod placement;
mod property;
mod stacks;
