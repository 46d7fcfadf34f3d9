//! `policy check`.

use std::io::{self, IsTerminal as _, Write};
use std::path::PathBuf;

use super::{CLEAN, Deny, FAILED, FOUND, Format};
use crate::output::{self, Inputs};
use crate::report::{self, Report};
use crate::source::Sources;

pub(super) fn run(paths: &[PathBuf], format: Format, deny: &[Deny], out: &mut impl Write) -> io::Result<u8> {
    if paths.iter().any(|path| path.as_os_str() == "-") && io::stdin().is_terminal() {
        output::complain("reading from standard input");
    }
    let Inputs { sources, configurations, problems } = output::read(paths);
    let mut report = Report::default();
    for configuration in configurations {
        report.append(crate::judge(configuration));
    }
    match format {
        Format::Human => report::human::write(&report, &sources, out)?,
        Format::Json => report::json::write(&report, &sources, out)?,
    }
    problems.iter().for_each(|problem| output::complain(problem));
    complain(&report, &sources);
    let failed = !problems.is_empty() || !report.failures.is_empty();
    let denied = deny.contains(&Deny::Undecided) && !report.undecided.is_empty();
    let found = denied || !report.findings.is_empty();
    Ok(match (failed, found) {
        (true, _) => FAILED,
        (false, true) => FOUND,
        (false, false) => CLEAN,
    })
}

fn complain(report: &Report, sources: &Sources) {
    for failure in &report.failures {
        let place = report::human::place(sources, failure.span);
        output::complain(&format!("{place}: {}", failure.message));
    }
}
