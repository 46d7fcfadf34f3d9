//! `policy baseline`.

use std::io::{self, Write};

use command_line::say;

use super::check;
use super::judging::{Judging, Known};
use super::{CLEAN, FAILED};
use crate::acceptance::Baseline;

/// Shown below the options.
pub(super) const HELP: &str = "Examples:
  policy baseline . > policy.baseline.json

Exit codes:
  0  the baseline was written
  2  something could not be judged or read; nothing was written";

/// Writes what is found as a baseline: nothing of it is reported by `policy check --baseline`.
pub(super) fn run(judging: &Judging, out: &mut impl Write) -> io::Result<u8> {
    let judged = judging.judge(Known::Nothing)?;
    judged.problems.iter().for_each(|problem| say::error(problem));
    check::complain(&judged.report, &judged.sources);
    if !judged.problems.is_empty() || !judged.report.failures.is_empty() {
        return Ok(FAILED); // a baseline of a part would report the rest as new
    }
    Baseline::of(&judged.report, &judged.sources).write(out)?;
    Ok(CLEAN)
}
