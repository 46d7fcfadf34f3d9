//! What a check found, with every place spelled out.

mod human;
mod json;

use serde::Serialize;

use crate::files::Files;
use crate::finding::{Findings, Rule};
use crate::locate::Locator;

/// The result of checking a module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What is wrong, in the order of the files.
    pub findings: Vec<Finding>,
    /// What could not be decided.
    pub undecided: Vec<Undecided>,
    /// Where literals stand in arguments that the schema calls sensitive: Terraform takes them, so they are no findings.
    #[serde(skip)]
    pub secrets: Vec<Place>,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The kind of mistake.
    pub rule: Rule,
    /// What is wrong.
    pub message: String,
    /// What to write instead, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where.
    pub place: Place,
    /// The place of the other one, where there are two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Place>,
}

/// Something that could not be decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Undecided {
    /// What, and why.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The JSON pointer (RFC 6901).
    pub pointer: String,
    /// Terraform's address of the block, `aws_s3_bucket.logs`.
    pub address: String,
}

impl Report {
    pub(crate) fn new(files: &Files<'_>, findings: Findings) -> Report {
        let mut locator = Locator::new(files);
        let mut place = |byte: u32| locator.place(byte);
        let Findings { mut mistakes, mut doubts, mut secrets } = findings;
        mistakes.sort_by(|a, b| (a.at, a.rule, &a.message).cmp(&(b.at, b.rule, &b.message)));
        mistakes.dedup_by(|a, b| (a.at, a.rule, &a.message) == (b.at, b.rule, &b.message));
        doubts.sort_by(|a, b| (a.at, &a.why).cmp(&(b.at, &b.why)));
        secrets.sort_unstable();
        secrets.dedup();
        let secrets = secrets.into_iter().map(&mut place).collect();
        let findings = mistakes.into_iter().map(|mistake| Finding {
            rule: mistake.rule,
            message: mistake.message,
            help: mistake.help,
            place: place(mistake.at),
            first: mistake.first.map(&mut place),
        });
        let findings = findings.collect();
        let undecided =
            doubts.into_iter().map(|doubt| Undecided { message: doubt.why, place: place(doubt.at) });
        Report { findings, undecided: undecided.collect(), secrets }
    }

    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}
