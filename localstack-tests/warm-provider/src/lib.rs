//! Keeps a Terraform provider warm between the commands of terraform or tofu.
//!
//! ```text
//!  lock file, .terraform ── installed ─┐
//!                                      ▼
//!  terraform ──socket──► proxy ─► connection ─┬─ schema      from the cache, the part that is used (usage)
//!     ▲                                       ├─ validation  once for configurations of one shape
//!     │ TF_REATTACH_PROVIDERS                 ├─ configure ─► pool: one process for a terraform and a configuration
//!     └── endpoint, one for each folder       └─ all else ──► that process; unconfigured, one that all share
//!                                                              │ free: to another folder (child), configured anew
//! ```
//!
//! Calls pass through as bytes; only what is listed in `method` is looked into. What a provider keeps of an earlier
//! configuration is in `configuration`.

mod answer;
mod cache;
mod child;
pub mod cli;
mod configuration;
mod connection;
mod handshake;
mod installed;
mod launch;
mod method;
mod pool;
mod process;
mod proxy;
mod reattach;
mod schema;
mod scratch;
mod shape;
mod usage;
mod wire;
mod words;

pub use connection::Extent;
pub use installed::{Installed, InstalledError};
pub use launch::{LaunchError, Surroundings};
pub use proxy::{Endpoint, Proxy, ProxyError};
pub use usage::Folder;
