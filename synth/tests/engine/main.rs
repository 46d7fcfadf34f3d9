//! `synth plan`, `apply`, `destroy` and `output` as a user runs them, with the real terraform on what is built into it.

#![cfg(all(feature = "engine", unix))]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod app;
mod asking;
mod engines;
mod gate;
mod hostile;
mod interrupt;
mod order;
mod outputs;
mod plans;
mod stack_files;
mod terminal;
