//! What the constructs of storage, delivery and names write, and what they refuse.

mod certificate;
mod dns;

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
