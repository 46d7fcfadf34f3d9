//! What a run found, and the forms it is written in. Renderers decide nothing.

pub mod access;
pub mod deployer;
mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod human;
pub mod json;
pub mod junit;
mod markup;
pub(crate) mod mask;
pub mod needs;
mod place;
pub mod sarif;

use crate::known::Later;
use crate::rules::Finding;
use crate::source::{Sources, Span};

/// A part of the input that could not be judged.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Where.
    pub span: Span,
    /// Why; never a piece of the input.
    pub message: String,
}

/// Where it is said that a finding is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// In a comment beside it.
    Comment,
    /// In the configuration file.
    Configuration,
    /// In the baseline.
    Baseline,
}

/// A finding that somebody accepted.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The finding.
    pub finding: Finding,
    /// Where that is said.
    pub via: Via,
    /// Why.
    pub reason: String,
}

/// Everything a run says.
#[derive(Debug, Default)]
pub struct Report {
    /// How many files were read.
    pub files: usize,
    /// The findings by place.
    pub findings: Vec<Finding>,
    /// The findings that were accepted.
    pub accepted: Vec<Accepted>,
    /// What was undecided and accepted, each with the reason.
    pub accepted_undecided: Vec<(Later, String)>,
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
        self.accepted.extend(other.accepted);
        self.accepted_undecided.extend(other.accepted_undecided);
        self.undecided.extend(other.undecided);
        self.failures.extend(other.failures);
    }

    /// Gives every finding that has none its fingerprint.
    pub fn identify(&mut self, sources: &Sources) {
        fingerprint::assign(&mut self.findings, sources);
    }

    /// How much was accepted.
    fn count_of_accepted(&self) -> usize {
        self.accepted.len().saturating_add(self.accepted_undecided.len())
    }

    /// The findings, those that were accepted included.
    pub(crate) fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.accepted.iter().map(|accepted| &accepted.finding))
    }
}
