//! Allowances in comments.

use super::MARKER;
use super::allowance::{Allowance, Problem};
use crate::source::{Sources, Span};
use crate::terraform::comments;
use crate::text::Text;

/// The allowances in the comments of every input; of those that are not readable where they stand and why.
#[must_use]
pub fn allowances(sources: &Sources) -> (Vec<Allowance>, Vec<(Span, Problem)>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for (id, source) in sources.iter() {
        let whole = sources.whole(id);
        for comment in comments(source.name(), &Text::new(source.text(), whole), MARKER) {
            let parsed = if comment.at.len() >= source.text().trim().len() {
                Err(Problem::Root)
            } else {
                Allowance::parse(&comment.text, comment.at, comment.span)
            };
            match parsed {
                Ok(allowance) => found.push(allowance),
                Err(problem) => problems.push((comment.span, problem)),
            }
        }
    }
    (found, problems)
}
