//! For a reader at a terminal, in the manner of rustc.

use std::io::{self, Write};

use super::Report;
use super::mask::Mask;
use crate::rules::{Finding, Severity};
use crate::source::{Source, Sources, Span};

/// So many characters of the line stand before a finding, where the line is long.
const BEFORE: usize = 40;

/// So many characters are shown of a line at most.
const WIDTH: usize = 100;

/// So many bytes of the line are looked at on either side: lines may be megabytes long.
const REACH: usize = 400;

/// The escape sequences around what stands out.
#[derive(Clone, Copy)]
pub(super) struct Palette {
    error: &'static str,
    warning: &'static str,
    suggestion: &'static str,
    gutter: &'static str,
    reset: &'static str,
}

/// No colours.
pub(super) const PLAIN: Palette = Palette { error: "", warning: "", suggestion: "", gutter: "", reset: "" };

/// The colours that rustc uses (ECMA-48, "SGR": bold red, bold yellow, bold cyan, bold blue).
const COLORED: Palette = Palette {
    error: "\u{1b}[1;31m",
    warning: "\u{1b}[1;33m",
    suggestion: "\u{1b}[1;36m",
    gutter: "\u{1b}[1;34m",
    reset: "\u{1b}[0m",
};

impl Palette {
    fn of(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Suggestion => self.suggestion,
        }
    }
}

/// Writes a report.
///
/// # Errors
///
/// If the writer fails.
pub fn write(report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    write_in(PLAIN, report, sources, out)
}

/// Writes a report with colours.
///
/// # Errors
///
/// If the writer fails.
pub fn write_colored(report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    write_in(COLORED, report, sources, out)
}

fn write_in(palette: Palette, report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let mask = Mask::of(report.all_findings(), sources);
    for finding in &report.findings {
        write_finding(finding, palette, &mask, sources, out)?;
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
    let accepted = match report.count_of_accepted() {
        0 => String::new(),
        number => format!(", {number} accepted"),
    };
    writeln!(out, "{}{accepted}", counts.join(", "))
}

pub(super) fn write_finding(
    finding: &Finding,
    palette: Palette,
    mask: &Mask,
    sources: &Sources,
    out: &mut impl Write,
) -> io::Result<()> {
    let rule = finding.rule;
    let (severity, color, reset) = (finding.severity.name(), palette.of(finding.severity), palette.reset);
    writeln!(out, "{color}{severity}[{}]{reset}: {}", rule.id, mask.text(&finding.message))?;
    writeln!(out, "  --> {}", place(sources, finding.span))?;
    if let Some(source) = sources.find(finding.span.source) {
        Excerpt::of(finding, source, mask).write(palette, finding.severity, out)?;
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
    for (span, part) in &finding.related {
        writeln!(out, "   = with: {}: {}", place(sources, *span), mask.text(part))?;
    }
    writeln!(out, "   = why: {}", rule.rationale)?;
    writeln!(out, "   = instead: {}\n", mask.text(finding.remedy()))
}

/// The line of a finding, or the part of it around the finding: what stands before it, itself, and what follows.
pub(super) struct Excerpt {
    pub(super) line: usize,
    pub(super) before: String,
    pub(super) marked: String,
    pub(super) after: String,
}

impl Excerpt {
    pub(super) fn of(finding: &Finding, source: &Source, mask: &Mask) -> Excerpt {
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
        let flat = |text: &str| text.replace('\t', " ");
        Excerpt { line, before: flat(&before), marked: flat(&marked), after: flat(&first(&after, rest)) }
    }

    /// Underlined.
    fn write(&self, palette: Palette, severity: Severity, out: &mut impl Write) -> io::Result<()> {
        let Excerpt { line, before, marked, after } = self;
        let (gutter, color, reset) = (palette.gutter, palette.of(severity), palette.reset);
        let space = " ".repeat(line.to_string().len());
        let marks = "^".repeat(marked.chars().count().max(1));
        writeln!(out, "{gutter}{space} |{reset}")?;
        writeln!(out, "{gutter}{line} |{reset} {before}{marked}{after}")?;
        writeln!(out, "{gutter}{space} |{reset} {}{color}{marks}{reset}", " ".repeat(before.chars().count()))
    }
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
