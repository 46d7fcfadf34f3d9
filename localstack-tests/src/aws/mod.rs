//! A small signed AWS client, by which the tests see for themselves what terraform made.
//!
//! It reads: a handful of calls, answers as JSON values. AWS's SDK crates for the same would take minutes to build.

mod client;
mod protocol;
mod xml;

pub use client::{AwsError, Client};
