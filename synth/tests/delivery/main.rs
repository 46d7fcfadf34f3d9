//! What the constructs of storage, delivery and names write, and what they refuse.

mod bucket;
mod certificate;
mod distribution;
mod dns;
mod domains;
mod key;

use serde_json::Value as Json;
use synth::{Problem, Scope};
use synth_testing::Synthesized;

/// A stack's document, which the checker has nothing to say about.
fn document(build: impl FnOnce(&mut Scope<'_>)) -> Json {
    let stack = Synthesized::stack(build);
    stack.valid();
    stack.document().clone()
}

/// What is said of a stack that is refused; everything says what to write instead, and who says so.
fn refused(build: impl FnOnce(&mut Scope<'_>)) -> Vec<String> {
    let problems: Vec<Problem> = Synthesized::refused(build).0;
    for problem in &problems {
        assert!(problem.help.is_some(), "{problem} does not say what to write");
    }
    problems.into_iter().map(|problem| problem.message).collect()
}

/// The text of an argument: policies are expressions, compared as they are written.
fn text(document: &Json, path: &str) -> String {
    document.pointer(path).and_then(Json::as_str).unwrap_or_default().to_owned()
}
