//! What can go wrong around a stack, and what is left when it has: nothing, with a message that says what to do.
//!
//! `docs/faults.md` is the table of these tests; [`table`] keeps it true.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

#[path = "../nowhere/mod.rs"]
mod nowhere;

mod disk;
mod emulator;
mod ending;
mod machine;
mod processes;
mod slow;
mod table;
mod terraform;
mod victim;
