//! What was found when this checker was adopted: it is left alone, and everything new is not.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::report::Report;
use crate::report::mask::Mask;
use crate::source::Sources;

/// The version of the form.
const VERSION: u32 = 1;

/// A finding that was there: no value, and no secret, but what is needed to recognise it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file, for readers of the baseline.
    pub file: String,
    /// The address, for readers.
    pub address: String,
    /// The rule, for readers.
    pub rule: String,
    /// Which finding it is; it does not change when lines move.
    pub fingerprint: String,
}

/// Every finding that was there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The version of the form: 1.
    version: u32,
    /// The findings, sorted.
    findings: Vec<Entry>,
}

impl Baseline {
    /// The findings of a report.
    #[must_use]
    pub fn of(report: &Report, sources: &Sources) -> Baseline {
        let mask = Mask::of(&report.findings, sources);
        let mut findings: Vec<Entry> = report
            .findings
            .iter()
            .map(|finding| Entry {
                file: sources.path(finding.span.source),
                address: mask.text(&finding.address),
                rule: finding.rule.id.to_owned(),
                fingerprint: finding.fingerprint.clone(),
            })
            .collect();
        findings.sort();
        Baseline { version: VERSION, findings }
    }

    /// Reads what [`Baseline::write`] wrote.
    ///
    /// # Errors
    ///
    /// If the text is not a baseline of this version.
    pub fn read(text: &str) -> Result<Baseline, String> {
        // serde's message may quote the text, and nobody knows what text that is.
        let baseline: Baseline = serde_json::from_str(text).map_err(|error| {
            format!("not what `policy baseline` writes, at line {} column {}", error.line(), error.column())
        })?;
        if baseline.version == VERSION {
            Ok(baseline)
        } else {
            Err(format!("a baseline of version {}; this reads version {VERSION}", baseline.version))
        }
    }

    /// Writes it, one line a value, so that changes are read as such.
    ///
    /// # Errors
    ///
    /// If the writer fails.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        writeln!(out)
    }

    /// The entries that a judged file no longer has; nothing is known of files that were not read.
    #[must_use]
    pub fn gone<'b>(&'b self, report: &Report, sources: &Sources) -> Vec<&'b Entry> {
        let found = report.all_findings();
        let found: Vec<&str> = found.map(|finding| finding.fingerprint.as_str()).collect();
        let was_read = |file: &str| sources.iter().any(|(id, _)| sources.path(id) == file);
        let is_gone = |entry: &&Entry| was_read(&entry.file) && !found.contains(&entry.fingerprint.as_str());
        self.findings.iter().filter(is_gone).collect()
    }

    /// How often each fingerprint is in it.
    pub(super) fn counted(&self) -> BTreeMap<&str, usize> {
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &self.findings {
            let count = counted.entry(&entry.fingerprint).or_default();
            *count = count.saturating_add(1);
        }
        counted
    }
}
