//! `policy check`.

use std::io::{self, Write};
use std::path::PathBuf;

use command_line::say;

use super::forms::{self, Also, Color, Form};
use super::judging::{Judged, Judging, Known};
use super::{CLEAN, FAILED, FOUND};
use crate::report::{self, Report};
use crate::rules::Severity;
use crate::settings::Deny;
use crate::source::Sources;

/// Shown below the options.
pub(super) const HELP: &str = "Examples:
  policy check infrastructure/
  terraform show -json plan | policy check -
  policy check . --also sarif=policy.sarif --changed-since origin/main
  policy check . --forbid-new-access git:main

Exit codes:
  0  nothing was found that `--fail-on` asks for
  1  something was found
  2  something could not be judged or read";

/// What is checked, and how it is said.
#[derive(Debug, clap::Args)]
pub(super) struct Question {
    #[command(flatten)]
    judging: Judging,
    /// How the report is written to standard output.
    #[arg(long, value_enum, default_value = "human")]
    format: Form,
    /// A file to write the report to as well; give it again for more.
    #[arg(long, value_name = "FORMAT=FILE")]
    also: Vec<Also>,
    /// When the report for a reader has colours.
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
    /// The least severity that exits with 1; `warning`, unless the settings say otherwise.
    #[arg(long, value_enum)]
    fail_on: Option<Severity>,
    /// Fail on what is otherwise only reported.
    #[arg(long, value_enum)]
    deny: Vec<Deny>,
    /// A file that `policy baseline` wrote: what is in it is not reported again.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

pub(super) fn run(question: &Question, out: &mut impl Write) -> io::Result<u8> {
    question.color.choose();
    let judged = question.judging.judge(Known::Baseline(question.baseline.as_deref()))?;
    let Judged { report, sources, problems, gone, .. } = &judged;
    for also in &question.also {
        also.write(report, sources)?;
    }
    match question.format {
        Form::Human if forms::has_colors() => report::human::write_colored(report, sources, out)?,
        form => form.write(report, sources, out)?,
    }
    // What is said on standard error stands below the report at a terminal.
    out.flush()?;
    problems.iter().for_each(|problem| say::error(problem));
    complain(report, sources);
    for entry in gone {
        say::warning(&format!("no longer found, so `policy baseline` is due: {entry}"));
    }
    Ok(code(&judged, question.fail_on, &question.deny))
}

/// The exit code: the command line counts more than the settings.
pub(super) fn code(judged: &Judged, fail_on: Option<Severity>, deny: &[Deny]) -> u8 {
    let Judged { report, settings, problems, .. } = judged;
    let failed = !problems.is_empty() || !report.failures.is_empty();
    let is_denied = deny.contains(&Deny::Undecided) || settings.deny.contains(&Deny::Undecided);
    let least = fail_on.or(settings.fail_on).unwrap_or(Severity::Warning);
    let found = (is_denied && !report.undecided.is_empty())
        || report.findings.iter().any(|finding| finding.severity >= least);
    match (failed, found) {
        (true, _) => FAILED,
        (false, true) => FOUND,
        (false, false) => CLEAN,
    }
}

/// Says what could not be judged.
pub(super) fn complain(report: &Report, sources: &Sources) {
    for failure in &report.failures {
        let place = report::human::place(sources, failure.span);
        say::error(&format!("{place}: {}", failure.message));
    }
}
