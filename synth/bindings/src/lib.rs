//! Generates typed Rust bindings from a Terraform provider's schema.
//!
//! ```text
//! terraform providers schema -json ─▶ schema   what the provider declares, as it is
//!                                      │
//!                                      ▼
//!                                     shape    blocks by content: equal ones are one struct
//!                                      │
//!                  service (which module) + ident (which words)
//!                                      ▼
//!                                     emit     one Rust file a service, and the crate around them (library, manifest)
//!
//! terraform metadata functions -json ─▶ signature ─▶ generic (types where those say `dynamic`)
//!                                                     └─▶ language: the functions of `synth-core`
//! ```
//!
//! The generated functions only fill an untyped body, so that a whole provider compiles in seconds.

pub mod aws;
mod emit;
mod generate;
mod generic;
mod get;
mod ident;
pub mod language;
mod library;
mod manifest;
mod previous;
mod schema;
mod service;
mod shape;
mod signature;

pub use generate::{Crate, Source, generate};
pub use get::{Request, get};
pub use manifest::Dependency;
pub use previous::Previous;
pub use schema::{Schema, SchemaError};
pub use service::{Grouping, Service};
pub use signature::Functions;
