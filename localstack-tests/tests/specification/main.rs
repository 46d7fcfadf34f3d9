//! What a synthesizer of Terraform JSON must get right, row by row of `docs/specification.md`: a row is a test of its
//! name. Each has terraform itself compute or accept the right form, and shows that the wrong one cannot be written.

#[path = "../synthesized/mod.rs"]
mod synthesized;

mod blocks;
mod existing;
mod limits;
mod meta;
mod names;
mod peers;
mod provider;
mod secrets;
mod table;
mod templates;
mod variables;
mod wrong;

use localstack_tests::Failure;
use serde_json::Value as Json;
use synth::Scope;

/// What synth says of a stack that cannot be written; where it can be, the document.
fn refused(build: impl FnOnce(&mut Scope<'_>)) -> String {
    match synthesized::document(build) {
        Ok(json) => format!("nothing was refused: {json}"),
        Err(problems) => problems.to_string(),
    }
}

/// The document of a stack, to look into.
fn written(build: impl FnOnce(&mut Scope<'_>)) -> Result<Json, Failure> {
    Ok(serde_json::from_str(&synthesized::document(build)?)?)
}

/// What terraform says of a document that somebody else wrote.
fn terraform_says(name: &str, document: &Json) -> Result<String, Failure> {
    synthesized::complaints(name, &document.to_string())
}

/// Asserts that something is said.
#[track_caller]
fn says(said: &str, what: &str) {
    assert!(said.contains(what), "`{what}` is not said:\n{said}");
}
