//! Runs terraform or tofu.
//!
//! ```text
//!  path, SYNTH_TERRAFORM ── engine ─► Engine     found, asked for its version
//!                                       │
//!                        process ◀──────┘        a group of its own, ended with us
//!                           │ a line at a time
//!                           ▼
//!                         event ─► News          what is begun, over, complained about
//! ```

pub mod engine;
pub mod event;
pub mod process;

pub use engine::{Engine, EngineError, Product, Search};
