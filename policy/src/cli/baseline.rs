//! `policy baseline`.

use std::io::{self, Write};

use super::check;
use super::judging::{Judging, Known};
use super::{CLEAN, FAILED};
use crate::acceptance::Baseline;
use crate::output;

/// Writes what is found as a baseline: nothing of it is reported by `policy check --baseline`.
pub(super) fn run(judging: &Judging, out: &mut impl Write) -> io::Result<u8> {
    let judged = judging.judge(Known::Nothing)?;
    judged.problems.iter().for_each(|problem| output::complain(problem));
    check::complain(&judged.report, &judged.sources);
    if !judged.problems.is_empty() || !judged.report.failures.is_empty() {
        return Ok(FAILED); // a baseline of a part would report the rest as new
    }
    Baseline::of(&judged.report, &judged.sources).write(out)?;
    Ok(CLEAN)
}
