//! Everything Terraform reads or writes that declares or describes objects, as blocks: the
//! configuration in both syntaxes, plans, states, files of values.
//!
//! ```text
//!  file ──file──▶ JSON or HCL ──read──▶ configuration │ plan │ state ──▶ blocks
//!                                                                         │ overrides
//!                                      folders ──module──▶ blocks of every module called
//!                                                          │ beside: the files that they read
//! ```

mod address;
mod beside;
mod block;
mod comment;
mod configuration;
mod environment;
mod file;
mod module;
mod overrides;
mod plan;
mod read;
mod shown;
mod state;

pub use address::ModulePath;
pub use block::{Block, Kind, blocks_in, values_in};
pub use comment::{Comment, comments};
pub use file::{Role, is_read_with_its_folder, parse};
pub use module::{Configuration, Folder};
pub use read::{Form, Refusal, read};
