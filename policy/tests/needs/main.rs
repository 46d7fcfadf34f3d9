//! What principals need, and what they are granted.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod command;
mod compute;
mod configuration;
mod consumers;
mod declared;
mod granted;
mod open;
mod property;
mod spellings;
mod systems;
