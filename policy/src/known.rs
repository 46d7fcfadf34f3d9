//! A value that may be there, absent, or known only later.

use crate::node::Node;
use crate::source::Span;

/// What is known about a value. Unknown is never false, empty or skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known<T> {
    /// It is this.
    Is(T),
    /// It is not set.
    Absent,
    /// It is set, to something nobody knows yet.
    Later(Later),
}

/// Where a value is unknown, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    /// The expression.
    pub span: Span,
    /// Why it is unknown.
    pub why: String,
}

impl Later {
    /// Of a node that evaluation could not reduce.
    #[must_use]
    pub fn of(node: &Node) -> Later {
        Later { span: node.span, why: node.why() }
    }
}

impl<T> Known<T> {
    /// The value, if it is known and set.
    pub fn known(&self) -> Option<&T> {
        match self {
            Known::Is(value) => Some(value),
            Known::Absent | Known::Later(_) => None,
        }
    }
}
