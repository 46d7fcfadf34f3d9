//! One page that needs nothing else: no script or style from elsewhere, so that it opens from an
//! archive of a build as well.

use std::io::{self, Write};

use super::human::Excerpt;
use super::markup::escape;
use super::mask::Mask;
use super::place::Place;
use super::{Report, human};
use crate::rules::Finding;
use crate::source::{Sources, Span};

/// What comes before the findings. The policy of the page lets nothing be loaded, whatever stands in it.
const HEAD: &str = include_str!("page/head.html");

/// What comes behind them.
const FOOT: &str = include_str!("page/foot.html");

/// Writes a report.
///
/// # Errors
///
/// If the writer fails.
pub fn write(report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let mask = Mask::of(report.all_findings(), sources);
    out.write_all(HEAD.as_bytes())?;
    let (findings, undecided) = (report.findings.len(), report.undecided.len());
    let (accepted, files) = (report.count_of_accepted(), report.files);
    writeln!(
        out,
        "<p id=\"summary\">{findings} findings, {undecided} undecided, {accepted} accepted, {files} files read</p>"
    )?;
    for failure in &report.failures {
        write_place("failure", failure.span, &mask.text(&failure.message), sources, out)?;
    }
    for finding in &report.findings {
        write_finding(finding, &mask, sources, out)?;
    }
    for later in &report.undecided {
        write_place("undecided", later.span, &mask.text(&later.why), sources, out)?;
    }
    out.write_all(FOOT.as_bytes())
}

fn write_finding(finding: &Finding, mask: &Mask, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let (rule, severity) = (finding.rule, finding.severity.name());
    let place = Place::of(sources, finding.span);
    writeln!(out, "<article class=\"{severity}\" data-severity=\"{severity}\" data-rule=\"{}\">", rule.id)?;
    writeln!(out, "<h2><b>{severity}</b> {}: {}</h2>", rule.id, escape(&mask.text(&finding.message)))?;
    let (line, column) = (place.start.line, place.start.column);
    let address = escape(&mask.text(&finding.address));
    writeln!(out, "<p><code>{}:{line}:{column}</code> <code>{address}</code></p>", escape(&place.path))?;
    if let Some(source) = sources.find(finding.span.source) {
        let Excerpt { before, marked, after, .. } = Excerpt::of(finding, source, mask);
        let (before, marked, after) = (escape(&before), escape(&marked), escape(&after));
        writeln!(out, "<pre>{line} | {before}<mark>{marked}</mark>{after}</pre>")?;
    }
    for (span, part) in &finding.related {
        let place = escape(&human::place(sources, *span));
        writeln!(out, "<p>with <code>{place}</code>: {}</p>", escape(&mask.text(part)))?;
    }
    writeln!(out, "<p>{}</p>", escape(rule.rationale))?;
    writeln!(out, "<p>Instead: {}</p>", escape(&mask.text(finding.remedy())))?;
    for source in rule.sources.iter().filter(|source| source.starts_with("https://")) {
        let source = escape(source);
        writeln!(out, "<p><a href=\"{source}\">{source}</a></p>")?;
    }
    writeln!(out, "</article>")
}

/// What could not be judged.
fn write_place(
    kind: &str,
    span: Span,
    message: &str,
    sources: &Sources,
    out: &mut impl Write,
) -> io::Result<()> {
    let place = escape(&human::place(sources, span));
    writeln!(out, "<article class=\"{kind}\" data-severity=\"{kind}\" data-rule=\"{kind}\">")?;
    writeln!(out, "<h2><b>{kind}</b> {}</h2>\n<p><code>{place}</code></p>\n</article>", escape(message))
}
