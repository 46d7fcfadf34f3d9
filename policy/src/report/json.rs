//! For programs: one JSON object, stable fields, sorted by place.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::mask::Mask;
use crate::rules::{Finding, Severity};
use crate::source::{Sources, Span};

/// The version of the form; it changes when a field changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'r> {
    version: u32,
    files: usize,
    findings: Vec<Entry<'r>>,
    undecided: Vec<Place>,
    failures: Vec<Place>,
}

#[derive(Serialize)]
struct Entry<'r> {
    rule: &'static str,
    name: &'static str,
    severity: Severity,
    message: String,
    address: String,
    file: &'r str,
    start: Point,
    end: Point,
    why: &'static str,
    instead: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<Shown<'r>>,
}

#[derive(Serialize)]
struct Shown<'r> {
    kind: &'r str,
    prefix: &'r str,
    fingerprint: &'r str,
}

#[derive(Serialize)]
struct Place {
    message: String,
    file: String,
    start: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
    byte: usize,
}

/// Writes a report.
///
/// # Errors
///
/// If the writer fails.
pub fn write(report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let mask = Mask::of(&report.findings, sources);
    let place = |span: Span, message: &str| Place {
        message: mask.text(message),
        file: sources.name(span.source).to_owned(),
        start: point(sources, span),
    };
    let document = Document {
        version: VERSION,
        files: report.files,
        findings: report.findings.iter().map(|finding| entry(finding, &mask, sources)).collect(),
        undecided: report.undecided.iter().map(|later| place(later.span, &later.why)).collect(),
        failures: report.failures.iter().map(|failure| place(failure.span, &failure.message)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn entry<'r>(finding: &'r Finding, mask: &Mask, sources: &'r Sources) -> Entry<'r> {
    let rule = finding.rule;
    Entry {
        rule: rule.id,
        name: rule.name,
        severity: rule.severity,
        message: mask.text(&finding.message),
        address: mask.text(&finding.address),
        file: sources.name(finding.span.source),
        start: point(sources, finding.span),
        end: point(sources, finding.span.starting_at(finding.span.end())),
        why: rule.rationale,
        instead: finding.instead.as_deref().unwrap_or(rule.remedy),
        secret: finding.secret.as_ref().map(|secret| Shown {
            kind: &secret.kind,
            prefix: &secret.prefix,
            fingerprint: &secret.fingerprint,
        }),
    }
}

fn point(sources: &Sources, span: Span) -> Point {
    let position = sources.position(span);
    Point { line: position.line, column: position.column, byte: span.start() }
}
