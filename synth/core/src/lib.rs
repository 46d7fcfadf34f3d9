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

mod addresses;
mod argument;
mod aspect;
mod backend;
mod bind;
mod bindings;
mod block;
mod block_map;
mod check;
mod constraint;
mod construct;
mod cycles;
mod document;
#[cfg(feature = "documents")]
mod documents;
mod draft;
mod each;
mod escape;
mod expression;
mod for_expression;
pub mod functions;
mod grant;
mod id;
mod inside;
mod json;
mod layout;
mod local;
mod located;
mod look;
mod meta;
mod module;
mod names;
mod number;
mod object;
mod operators;
mod output;
mod overrides;
mod problem;
mod provisioner;
mod refactoring;
mod reference;
mod resolve;
mod scope;
mod secret;
mod stacks;
mod statement;
mod symbol;
mod term;
mod terraform_data;
mod text;
mod tree;
mod typestate;
mod untyped;
mod value;
mod variable;
mod variable_type;
mod write;

pub use addresses::{Record, RecordError};
pub use aspect::Visit;
pub use backend::{Backend, S3Backend};
pub use block::{Blocks, Body, Entry, Nested};
pub use block_map::BlockMap;
pub use construct::{Accepts, Anchor, Construct, Of};
pub use document::Document;
#[cfg(feature = "documents")]
pub use documents::{Referred, referred};
pub use draft::{Draft, Handle};
pub use each::{Counted, Each, Entries, Keyed};
pub use expression::{Call, Expression, Operator, Sign};
pub use for_expression::{Bound, ForExpression, Yields};
pub use grant::{Condition, Grant, Resources};
pub use id::{Id, NodeId, THIS};
pub use local::Local;
pub use located::Located;
pub use meta::{Lifecycle, MetaArguments};
pub use module::{Module, ModuleHandle};
pub use number::Number;
pub use operators::{conditional, null};
pub use output::Output;
pub use problem::{Origin, Problem, Problems, Severity};
pub use provisioner::{OnFailure, Provisioner};
pub use refactoring::{Check, Removal};
pub use reference::{Object, Typed, TypedObject};
pub use resolve::{resolve, resolve_located, resolve_recorded};
pub use scope::{App, Place, ProviderHandle, Scope};
pub use secret::{Ephemeral, IntoSecret, IntoWriteOnly, Secret, Sensitive, WriteOnly};
pub use statement::{Attached, Effect, Party, Statement};
pub use symbol::{own, path_cwd, path_module, path_root, verbatim, workspace};
pub use term::{Term, Text};
pub use terraform_data::{TerraformData, TerraformDataHandle};
pub use text::{Piece, TextPiece, filled, fits};
pub use tree::{ElementKind, Provider, Sensitivity, TerraformVersion, Tree};
pub use typestate::{IsSet, No, Yes};
pub use untyped::{Untyped, UntypedHandle};
pub use value::{Any, Known, List, Map, Ref, Set, Value, concat};
pub use variable::{Fleeting, Guarded, Plain, Variable, VariableKind};
pub use variable_type::VariableType;
