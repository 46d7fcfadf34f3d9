//! Values in stack files: text with `${…}` in it refers to variables and constructs by name, and to blocks of Terraform's
//! own by address.
//!
//! ```text
//! text      = { character | "$${" | "${" reference "}" }      "$${" means "${"
//! reference = "var." name | name "." attribute | block
//! block     = ( "local." | "var." ) name { step } | name "." name step { step }
//! step      = "." name | "[" digits "]" | "[" quoted text "]"
//! ```

mod parse;
mod read;
mod schema;

pub use parse::{Referred, referred};
