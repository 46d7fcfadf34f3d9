//! A project to begin with: files that build, synthesize, pass `policy` and their test in LocalStack as they are.
//!
//! ```text
//!  folder ─ name ─┐
//!  kind ──────────┼─▶ project: the files of the kind, filled in ─▶ cli::init writes them
//!  origin ────────┘
//! ```

mod name;
mod origin;
mod project;

pub(crate) use name::Name;
pub(crate) use origin::Origin;
pub(crate) use project::{Files, Kind, files};
