//! For a reader at a terminal, in the manner of rustc.

use std::io::{self, Write};

use super::Report;
use super::mask::Mask;
use crate::rules::Finding;
use crate::source::{Source, Sources, Span};

/// So many characters of the line stand before a finding, where the line is long.
const BEFORE: usize = 40;

/// So many characters are shown of a line at most.
const WIDTH: usize = 100;

/// So many bytes of the line are looked at on either side: lines may be megabytes long.
const REACH: usize = 400;

/// Writes a report.
///
/// # Errors
///
/// If the writer fails.
pub fn write(report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let mask = Mask::of(&report.findings, sources);
    for finding in &report.findings {
        write_finding(finding, &mask, sources, out)?;
    }
    for later in &report.undecided {
        writeln!(out, "undecided: {}", mask.text(&later.why))?;
        writeln!(out, "  --> {}\n", place(sources, later.span))?;
    }
    let counts = [
        count(report.findings.len(), "finding"),
        format!("{} undecided", report.undecided.len()),
        format!("{} read", count(report.files, "file")),
    ];
    writeln!(out, "{}", counts.join(", "))
}

fn write_finding(finding: &Finding, mask: &Mask, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let rule = finding.rule;
    let severity = rule.severity.name();
    writeln!(out, "{severity}[{}]: {}", rule.id, mask.text(&finding.message))?;
    writeln!(out, "  --> {}", place(sources, finding.span))?;
    if let Some(source) = sources.find(finding.span.source) {
        write_excerpt(finding, source, mask, out)?;
    }
    writeln!(out, "   = at: {}", mask.text(&finding.address))?;
    if let Some(secret) = &finding.secret {
        let prefix = if secret.prefix.is_empty() {
            String::new()
        } else {
            format!(" that begins with `{}`", secret.prefix)
        };
        writeln!(out, "   = secret: {}{prefix}, fingerprint {}", secret.kind, secret.fingerprint)?;
    }
    writeln!(out, "   = why: {}", rule.rationale)?;
    writeln!(out, "   = instead: {}\n", finding.instead.as_deref().unwrap_or(rule.remedy))
}

/// The line of the finding, or the part of it around the finding, underlined.
fn write_excerpt(finding: &Finding, source: &Source, mask: &Mask, out: &mut impl Write) -> io::Result<()> {
    let span = finding.span;
    let line = source.position(span.start()).line;
    let start = span.start().saturating_sub(REACH).max(source.line_start(line));
    let end = span.end().saturating_add(REACH).min(source.line_end(line));
    let line_span = Span::new(span.source, boundary(source, start)..boundary(source, end));
    let before = mask.show(source, line_span.ending_at(span.start()));
    let marked = mask.show(source, span.ending_at(span.end().min(line_span.end())));
    let after = mask.show(source, line_span.starting_at(span.end().min(line_span.end())));
    let before = last(before.trim_start(), BEFORE);
    let marked = first(&marked, WIDTH);
    let rest = WIDTH.saturating_sub(before.chars().count().saturating_add(marked.chars().count()));
    let shown = format!("{before}{marked}{}", first(&after, rest)).replace('\t', " ");
    let gutter = line.to_string();
    let space = " ".repeat(gutter.len());
    let marks = "^".repeat(marked.chars().count().max(1));
    writeln!(out, "{space} |")?;
    writeln!(out, "{gutter} | {shown}")?;
    writeln!(out, "{space} | {}{marks}", " ".repeat(before.chars().count()))
}

/// The next place that is not inside of a character.
fn boundary(source: &Source, at: usize) -> usize {
    (at..source.text().len()).find(|at| source.text().is_char_boundary(*at)).unwrap_or(source.text().len())
}

fn first(text: &str, count: usize) -> String {
    if text.chars().count() <= count {
        return text.to_owned();
    }
    text.chars().take(count).chain(['…']).collect()
}

fn last(text: &str, count: usize) -> String {
    let length = text.chars().count();
    if length <= count {
        return text.to_owned();
    }
    ['…'].into_iter().chain(text.chars().skip(length.saturating_sub(count))).collect()
}

/// `file:line:column`.
#[must_use]
pub fn place(sources: &Sources, span: Span) -> String {
    let position = sources.position(span);
    format!("{}:{}:{}", sources.name(span.source), position.line, position.column)
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
