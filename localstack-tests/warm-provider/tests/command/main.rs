//! `warm-provider -- terraform …` does what `terraform …` does.

#![expect(clippy::unwrap_used, reason = "a test helper may fail the test")]

mod command_line;
mod crash;
mod place;
mod plain;
mod served;
