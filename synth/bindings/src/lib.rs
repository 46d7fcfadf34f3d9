//! Generates typed Rust bindings from a Terraform provider's schema, or from a module's variables and outputs.
//!
//! ```text
//! terraform: asks the user's own for a provider's schema, where none is given
//!
//! terraform providers schema -json ─▶ schema   what the provider declares, as it is
//!                                      │
//!                                      ▼
//!                                     shape    blocks by content: equal ones are one struct
//!                                      │
//!                  service (which module) + ident (which words)
//!                                      ▼
//!                                     emit     one Rust file a service, and the crate around them (library, manifest)
//!
//! *.tf, *.tf.json ─▶ module    a module's variables and outputs, as a schema ─▶ shape ─▶ emit ─▶ call: the crate
//!
//! terraform metadata functions -json ─▶ signature ─▶ generic (types where those say `dynamic`)
//!                                                     └─▶ language: the functions of `synth-core`
//! ```
//!
//! The generated functions only fill an untyped body, so that a whole provider compiles in seconds.

mod api;
pub mod aws;
mod call;
mod emit;
mod generate;
mod generic;
mod get;
mod ident;
pub mod language;
mod library;
mod manifest;
mod module;
mod previous;
mod schema;
mod service;
mod shape;
mod signature;
pub mod terraform;

pub use api::{Api, Builder, Function, Holds, Member, NestedBlock, Parameter, word};
pub use call::{Call, call};
pub use emit::TypeKind;
pub use generate::{Crate, Source, generate};
pub use get::{Request, get};
pub use manifest::Dependency;
pub use module::ModuleError;
pub use previous::Previous;
pub use schema::{Schema, SchemaError};
pub use service::{Grouping, Service};
pub use signature::Functions;
