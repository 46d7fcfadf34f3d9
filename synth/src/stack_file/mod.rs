//! Stacks written as YAML or JSON.
//!
//! ```text
//! text ─▶ document (values with their lines) ─▶ validate (JSON Schema) ─▶ model (typed) ─▶ build ─▶ App
//!              every mistake carries file, line, column and JSON pointer                             │ resolve
//!                                                       terraform: Terraform's own blocks ─▶ main.tf.json
//! ```

mod build;
mod document;
mod mistake;
mod model;
mod schema;
mod terraform;
mod validate;

pub use mistake::{Mistake, Mistakes};
pub use schema::schema;

use document::Document;
use model::StackFile;
use synth_core::{App, Problems, Record};
use terraform::Blocks;

/// Writes the stack of a file as `main.tf.json`, or says every mistake in it.
///
/// `name` is the file's name for messages; YAML 1.2 and JSON are read.
///
/// # Errors
/// Text that is no YAML, what the JSON Schema does not allow, and what the constructs refuse.
pub fn resolve(name: &str, text: &str) -> Result<Vec<synth_core::Document>, Mistakes> {
    with(name, text, synth_core::resolve)
}

/// As [`resolve`], with the addresses that objects had before: what was renamed is `moved`, and the record is
/// brought up to date.
///
/// # Errors
/// As [`resolve`]; and an object that may or may not be another one under a new name.
pub fn resolve_recorded(
    name: &str,
    text: &str,
    record: &mut Record,
) -> Result<Vec<synth_core::Document>, Mistakes> {
    with(name, text, |app| synth_core::resolve_recorded(app, record))
}

fn with(
    name: &str,
    text: &str,
    resolve: impl FnOnce(App) -> Result<Vec<synth_core::Document>, Problems>,
) -> Result<Vec<synth_core::Document>, Mistakes> {
    let document = Document::read(name, text)?;
    validate::against_schema(&document)?;
    let stack: StackFile = document.typed()?;
    let blocks = Blocks::of(&document, &stack)?;
    let mut app = App::new();
    build::stack(stack, &blocks, &mut app);
    let documents = resolve(app).map_err(|problems| document.locate(problems))?;
    // A stack file is one stack.
    documents.into_iter().map(|one| blocks.complete(&document, one)).collect()
}
