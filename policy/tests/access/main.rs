//! Which requests policies allow: the rules of AWS one by one, and agreement with a plain model.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod agreement;
mod authorization;
mod configurations;
mod difference;
mod evaluation;
mod model;
mod reach;
mod universe;
