//! Annotations of GitHub Actions: commands in the log, one a line (GitHub Docs, "Workflow commands
//! for GitHub Actions", "Setting an error message").

use std::io::{self, Write};

use super::Report;
use super::mask::Mask;
use super::place::Place;
use crate::rules::Severity;
use crate::source::{Sources, Span};

/// Writes a report.
///
/// # Errors
///
/// If the writer fails.
pub fn write(report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let mask = Mask::of(report.all_findings(), sources);
    for finding in &report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Suggestion => "notice",
        };
        let title = format!("{} {}", finding.rule.id, finding.rule.name);
        let message =
            format!("{}\n{}\ninstead: {}", finding.message, finding.rule.rationale, finding.remedy());
        let at = Annotation { command, span: finding.span, title: &title };
        at.write(&mask.text(&message), sources, out)?;
    }
    for later in &report.undecided {
        let at = Annotation { command: "notice", span: later.span, title: "undecided" };
        at.write(&mask.text(&later.why), sources, out)?;
    }
    for failure in &report.failures {
        let at = Annotation { command: "error", span: failure.span, title: "could not be judged" };
        at.write(&mask.text(&failure.message), sources, out)?;
    }
    Ok(())
}

struct Annotation<'a> {
    command: &'a str,
    span: Span,
    title: &'a str,
}

impl Annotation<'_> {
    fn write(&self, message: &str, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
        let place = Place::of(sources, self.span);
        let (line, last) = (place.start.line, place.last_line());
        write!(out, "::{} file={},line={line},endLine={last}", self.command, property(&place.path))?;
        // Columns of several lines mean nothing to GitHub.
        if line == place.end.line {
            write!(out, ",col={},endColumn={}", place.start.column, place.end.column)?;
        }
        writeln!(out, ",title={}::{}", property(self.title), data(message))
    }
}

/// What stands after the `::` (`escapeData` of GitHub's toolkit, `packages/core/src/command.ts`).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property (`escapeProperty`, in the same place).
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
