//! Runs terraform or tofu. Of Unix alone: programs run in process groups, and are ended by signals.
//!
//! ```text
//!  path, SYNTH_TERRAFORM ── engine ─► Engine      found, asked for its version
//!                                       │
//!  a folder with a root module ── Directory ─► commands: init (if init says that it is due), plan, show, apply, output
//!                                       │            └─ plan_file: private, gone afterwards    cache: of providers
//!                                       ▼
//!                   interrupt ─────► process      a group of its own, ended with us; Ctrl-C is passed on
//!                                       │ a line at a time
//!                                       ▼
//!                                     event ─► News    what is begun, over, complained about
//! ```

#![cfg(unix)]

pub mod cache;
mod directory;
pub mod engine;
pub mod event;
mod init;
mod interrupt;
mod plan_file;
pub mod process;

pub use directory::{Colors, Directory, Intent, Surroundings};
pub use engine::{Engine, EngineError, Named, Product, Search};
pub use interrupt::{Attended, Interrupts};
pub use plan_file::PlanFile;
