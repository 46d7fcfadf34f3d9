//! Values in stack files: text with `${…}` in it refers to variables and constructs by name.
//!
//! ```text
//! text      = { character | "$${" | "${" reference "}" }      "$${" means "${"
//! reference = "var." name | name "." attribute
//! ```

mod parse;
mod read;
mod schema;
