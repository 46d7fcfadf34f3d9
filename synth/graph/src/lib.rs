//! Draws the architecture that Terraform's documents describe.
//!
//! ```text
//!  configurations, plans, states ──policy──▶ Stack: blocks, policies, identities
//!                                              │ build: boxes, reach, grants, trust, uses; what is equal becomes one
//!                                              ▼
//!                                        Architecture: boxes in frames, arrows with a meaning
//!                                              │ layout: sizes of texts, the Eclipse Layout Kernel
//!                                              ▼
//!                                            Scene ──render──▶ SVG, HTML
//!                                        Architecture ──render──▶ Mermaid, DOT
//! ```
//!
//! Nothing is dropped: a resource is a box, a frame, or a detail of one of them. Everything is sorted, so equal input gives
//! equal bytes.

pub mod architecture;
mod build;
mod finding;
pub mod kind;
pub mod layout;
pub mod read;
pub mod render;
mod stack;

pub use architecture::Architecture;
pub use build::architecture;
pub use finding::Finding;
pub use stack::{Stack, title};
