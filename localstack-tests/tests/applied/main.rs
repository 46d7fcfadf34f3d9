//! Stacks that take minutes, most of them the provider's own waiting: in one program, they wait side by side.

mod apply;
mod fixtures;
mod platforms;
mod state;
#[path = "../synthesized/mod.rs"]
mod synthesized;
