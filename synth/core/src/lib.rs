//! The construct tree, typed values and JSON writer beneath `synth`.
//!
//! ```text
//!  author's code / stack file
//!        │  Scope::add … values, references (NodeId, never text)
//!        ▼
//!  App (tree.rs: arena)  ──resolve(app)──▶  Documents | Problems (all of them, with source lines)
//!                          1 passes      constructs' late work, such as merging grants
//!                          2 bind        names used by stack files become references
//!                          3 names       a legal, readable, collision-free name for each element
//!                          4 check       references exist, stay in their stack, respect sensitivity
//!                          5 document    sorted, streamed, byte-identical `main.tf.json`
//! ```
//!
//! The crate knows Terraform's JSON syntax and nothing of any provider.

mod backend;
mod bind;
mod bindings;
mod block;
mod check;
mod construct;
mod document;
#[cfg(feature = "documents")]
mod documents;
mod draft;
mod escape;
mod expression;
mod function;
mod grant;
mod json;
mod meta;
mod names;
mod number;
mod object;
mod output;
mod problem;
mod resolve;
mod scope;
mod secret;
mod term;
mod tree;
mod typestate;
mod value;
mod variable;
mod write;

pub use backend::S3Backend;
pub use block::{BlockMap, Blocks, Body, Nested};
pub use construct::{Accepts, Anchor, Construct, Of};
pub use document::Document;
pub use draft::{Draft, Handle};
pub use expression::{Expression, Operator};
pub use function::{can, conditional, contains, floor, json_encode, matches};
pub use grant::{Condition, Grant};
pub use meta::{Lifecycle, MetaArguments};
pub use number::Number;
pub use object::{Object, Typed, TypedObject};
pub use output::Output;
pub use problem::{Origin, Problem, Problems};
pub use resolve::resolve;
pub use scope::{App, Place, ProviderHandle, Scope};
pub use secret::{Ephemeral, IntoSecret, IntoWriteOnly, Secret, Sensitive, WriteOnly};
pub use term::Term;
pub use tree::{ElementKind, Id, NodeId, Provider, THIS, TerraformVersion, Tree};
pub use typestate::{IsSet, No, Yes};
pub use value::{Any, Known, List, Map, Ref, Set, Value, concat};
pub use variable::{Fleeting, Guarded, Plain, Variable, VariableKind, VariableType};
