//! JSON (RFC 8259) with positions: every node has its bytes, repeated keys are kept.
//!
//! The input is a [`Text`], so JSON inside a string of JSON keeps its place in the file, and a
//! hole in it (`{"Resource": ${…}}`) is a value that nobody knows yet.

mod outline;
mod reader;
mod string;

use crate::node::Node;
use crate::source::Span;
use crate::text::Text;

pub(crate) use outline::{elements, left, outline};

/// Deeper nesting is refused; serde_json's limit is the same.
pub const MAX_DEPTH: usize = 128;

/// Why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}")]
pub struct Error {
    /// Where reading stopped.
    pub span: Span,
    /// What could have stood there.
    pub expected: &'static str,
}

/// Reads one JSON value and nothing after it.
///
/// # Errors
///
/// If the text is not JSON, or is nested deeper than [`MAX_DEPTH`].
pub fn read(text: &Text) -> Result<Node, Error> {
    reader::Reader::new(text).document()
}
