//! JUnit's XML, as build servers read it: a file is a suite, a finding a test that failed.
//!
//! There is no standard; this is what Jenkins's `junit-10.xsd` allows, in which GitLab's and Azure's
//! readers agree.

use std::io::{self, Write};

use super::markup::escape;
use super::mask::Mask;
use super::place::Place;
use super::{Report, human};
use crate::source::{SourceId, Sources, Span};

/// What came of a test.
enum Outcome {
    Passed,
    Failed { rule: &'static str, message: String, details: String },
    Skipped(String),
    Broken(String),
}

struct Case {
    name: String,
    outcome: Outcome,
}

/// Writes a report.
///
/// # Errors
///
/// If the writer fails.
pub fn write(report: &Report, sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let mask = Mask::of(report.all_findings(), sources);
    let suites: Vec<(String, Vec<Case>)> =
        sources.iter().map(|(id, _)| (sources.path(id), cases(report, id, &mask, sources))).collect();
    let all = || suites.iter().flat_map(|(_, cases)| cases);
    writeln!(out, "<testsuites name=\"policy\" {}>", counts(all()))?;
    for (path, cases) in &suites {
        writeln!(out, "  <testsuite name=\"{}\" {}>", escape(path), counts(cases.iter()))?;
        for case in cases {
            write_case(case, path, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// What was said of one file; one test that passed, if that is nothing.
fn cases(report: &Report, id: SourceId, mask: &Mask, sources: &Sources) -> Vec<Case> {
    let is_here = |span: Span| span.source == id;
    let at = |what: &str, span: Span| {
        let place = Place::of(sources, span);
        format!("{what} at {}:{}", place.start.line, place.start.column)
    };
    let failed = report.findings.iter().filter(|finding| is_here(finding.span)).map(|finding| {
        let mut details = Vec::new();
        // A vector takes everything.
        let _written = human::write_finding(finding, human::PLAIN, mask, sources, &mut details);
        let outcome = Outcome::Failed {
            rule: finding.rule.id,
            message: mask.text(&finding.message),
            details: String::from_utf8_lossy(&details).into_owned(),
        };
        let what = format!("{} {} ({})", finding.rule.id, finding.rule.name, mask.text(&finding.address));
        Case { name: at(&what, finding.span), outcome }
    });
    let broken = report.failures.iter().filter(|failure| is_here(failure.span)).map(|failure| Case {
        name: at("read", failure.span),
        outcome: Outcome::Broken(mask.text(&failure.message)),
    });
    let skipped = report.undecided.iter().filter(|later| is_here(later.span)).map(|later| Case {
        name: at("decide", later.span),
        outcome: Outcome::Skipped(mask.text(&later.why)),
    });
    let mut cases: Vec<Case> = failed.chain(broken).chain(skipped).collect();
    if cases.is_empty() {
        cases.push(Case { name: "every rule".to_owned(), outcome: Outcome::Passed });
    }
    cases
}

fn counts<'c>(cases: impl Iterator<Item = &'c Case>) -> String {
    let (mut tests, mut failures, mut errors, mut skipped) = (0_usize, 0_usize, 0_usize, 0_usize);
    for case in cases {
        tests = tests.saturating_add(1);
        let of_kind = match case.outcome {
            Outcome::Passed => continue,
            Outcome::Failed { .. } => &mut failures,
            Outcome::Broken(_) => &mut errors,
            Outcome::Skipped(_) => &mut skipped,
        };
        *of_kind = of_kind.saturating_add(1);
    }
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\"")
}

fn write_case(case: &Case, path: &str, out: &mut impl Write) -> io::Result<()> {
    write!(out, "    <testcase classname=\"{}\" name=\"{}\"", escape(path), escape(&case.name))?;
    match &case.outcome {
        Outcome::Passed => return writeln!(out, "/>"),
        Outcome::Failed { rule, message, details } => {
            let (message, details) = (escape(message), escape(details));
            write!(out, "><failure type=\"{rule}\" message=\"{message}\">{details}</failure>")?;
        }
        Outcome::Broken(message) => write!(out, "><error message=\"{}\"/>", escape(message))?,
        Outcome::Skipped(message) => write!(out, "><skipped message=\"{}\"/>", escape(message))?,
    }
    writeln!(out, "</testcase>")
}
