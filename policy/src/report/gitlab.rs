//! GitLab's Code Quality report (GitLab Docs, "Code Quality", "Code Quality report format").

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::mask::Mask;
use super::place::Place;
use crate::rules::Severity;
use crate::source::Sources;

#[derive(Serialize)]
struct Entry<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: &'r str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes the findings of a report. The form has no place for what is undecided.
///
/// # Errors
///
/// If the writer fails.
pub fn write(report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let mask = Mask::of(report.all_findings(), sources);
    let entries = report.findings.iter().map(|finding| {
        let place = Place::of(sources, finding.span);
        Entry {
            description: mask.text(&format!("{}: {}", finding.rule.id, finding.message)),
            check_name: finding.rule.name,
            fingerprint: &finding.fingerprint,
            severity: match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Suggestion => "info",
            },
            location: Location {
                lines: Lines { begin: place.start.line, end: place.last_line() },
                path: place.path,
            },
        }
    });
    serde_json::to_writer_pretty(&mut *out, &entries.collect::<Vec<_>>())?;
    writeln!(out)
}
