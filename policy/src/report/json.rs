//! For programs: one JSON object, stable fields, sorted by place.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::mask::Mask;
use super::{Report, Via};
use crate::acceptance;
use crate::known::Later;
use crate::rules::{Finding, Severity};
use crate::source::{Sources, Span};

/// The version of the form; it changes when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// What `policy check --format json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Report of policy")]
struct Document<'r> {
    /// The version of the form: 1. It changes when a field changes its meaning or goes.
    version: u32,
    /// How many files were read.
    files: usize,
    /// What was found, by place.
    findings: Vec<Entry<'r>>,
    /// What was found and is accepted.
    accepted: Vec<Acceptance<'r>>,
    /// What was not understood, and what is known only later.
    undecided: Vec<Undecided>,
    /// What was undecided and is accepted.
    accepted_undecided: Vec<AcceptedUndecided<'r>>,
    /// Files that could not be judged.
    failures: Vec<Place>,
}

#[derive(Serialize, JsonSchema)]
struct Entry<'r> {
    /// The rule's id, such as `IAM001`.
    rule: &'static str,
    /// The rule's name.
    name: &'static str,
    severity: Severity,
    /// What was found.
    message: String,
    /// The address of the block it concerns.
    address: String,
    file: &'r str,
    start: Point,
    /// The first place behind it.
    end: Point,
    /// Why that is bad.
    why: &'static str,
    /// What to write instead.
    instead: String,
    /// The secret that stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<Shown<'r>>,
    /// Other places that have a part in it.
    related: Vec<Place>,
    /// What an allowance has to name to accept it.
    value: String,
    /// Which finding it is, wherever its lines move to.
    fingerprint: &'r str,
}

#[derive(Serialize, JsonSchema)]
struct Acceptance<'r> {
    /// Where that is said.
    via: Via,
    /// Why.
    reason: &'r str,
    finding: Entry<'r>,
}

#[derive(Serialize, JsonSchema)]
struct Undecided {
    #[serde(flatten)]
    place: Place,
    /// What an allowance of `undecided` has to name to accept it.
    value: String,
}

#[derive(Serialize, JsonSchema)]
struct AcceptedUndecided<'r> {
    /// Why.
    reason: &'r str,
    undecided: Undecided,
}

#[derive(Serialize, JsonSchema)]
struct Shown<'r> {
    /// What it is, such as `GitHub token`.
    kind: &'r str,
    /// Its first characters: four of a long one, none of a short one.
    prefix: &'r str,
    /// Twelve hexadecimal digits of its SHA-256.
    fingerprint: &'r str,
}

#[derive(Serialize, JsonSchema)]
struct Place {
    message: String,
    file: String,
    start: Point,
}

/// A place in a file; lines and columns count from one, columns count characters.
#[derive(Serialize, JsonSchema)]
struct Point {
    line: usize,
    column: usize,
    byte: usize,
}

/// The JSON Schema of the form.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document).to_value()
}

/// Writes a report.
///
/// # Errors
///
/// If the writer fails.
pub fn write(report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let mask = Mask::of(report.all_findings(), sources);
    let of = |finding| entry(finding, &mask, sources);
    let accepted = report.accepted.iter().map(|accepted| Acceptance {
        via: accepted.via,
        reason: &accepted.reason,
        finding: of(&accepted.finding),
    });
    let undecided = |later: &Later| Undecided {
        place: place(later.span, &later.why, &mask, sources),
        value: mask.text(&acceptance::value_of_undecided(later, sources)),
    };
    let accepted_undecided = report
        .accepted_undecided
        .iter()
        .map(|(later, reason)| AcceptedUndecided { reason, undecided: undecided(later) });
    let failures =
        report.failures.iter().map(|failure| place(failure.span, &failure.message, &mask, sources));
    let document = Document {
        version: VERSION,
        files: report.files,
        findings: report.findings.iter().map(of).collect(),
        accepted: accepted.collect(),
        undecided: report.undecided.iter().map(undecided).collect(),
        accepted_undecided: accepted_undecided.collect(),
        failures: failures.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn entry<'r>(finding: &'r Finding, mask: &Mask, sources: &'r Sources) -> Entry<'r> {
    let rule = finding.rule;
    Entry {
        rule: rule.id,
        name: rule.name,
        severity: finding.severity,
        message: mask.text(&finding.message),
        address: mask.text(&finding.address),
        file: sources.name(finding.span.source),
        start: point(sources, finding.span),
        end: point(sources, finding.span.starting_at(finding.span.end())),
        why: rule.rationale,
        instead: mask.text(finding.remedy()),
        secret: finding.secret.as_ref().map(|secret| Shown {
            kind: &secret.kind,
            prefix: &secret.prefix,
            fingerprint: &secret.fingerprint,
        }),
        related: finding.related.iter().map(|(span, part)| place(*span, part, mask, sources)).collect(),
        value: mask.text(&acceptance::value(finding, sources)),
        fingerprint: &finding.fingerprint,
    }
}

fn place(span: Span, message: &str, mask: &Mask, sources: &Sources) -> Place {
    Place {
        message: mask.text(message),
        file: sources.name(span.source).to_owned(),
        start: point(sources, span),
    }
}

fn point(sources: &Sources, span: Span) -> Point {
    let position = sources.position(span);
    Point { line: position.line, column: position.column, byte: span.start() }
}
