//! What a run found, and the forms it is written in. Renderers decide nothing.

pub mod access;
pub mod human;
pub mod json;
mod mask;
pub mod needs;

use crate::known::Later;
use crate::rules::Finding;
use crate::source::Span;

/// A part of the input that could not be judged.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Where.
    pub span: Span,
    /// Why; never a piece of the input.
    pub message: String,
}

/// Everything a run says.
#[derive(Debug, Default)]
pub struct Report {
    /// How many files were read.
    pub files: usize,
    /// The findings by place.
    pub findings: Vec<Finding>,
    /// Where something was not understood or is known only later.
    pub undecided: Vec<Later>,
    /// Files that could not be judged.
    pub failures: Vec<Failure>,
}

impl Report {
    /// Adds another configuration's report.
    pub fn append(&mut self, other: Report) {
        self.files = self.files.saturating_add(other.files);
        self.findings.extend(other.findings);
        self.undecided.extend(other.undecided);
        self.failures.extend(other.failures);
    }
}
