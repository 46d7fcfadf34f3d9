//! `policy needs`.

use std::io::{self, Write};
use std::path::Path;

use command_line::say;

use super::{CLEAN, Format, input};
use crate::{iam, need, report};

/// Shown below the options.
pub(super) const HELP: &str = "Examples:
  policy needs infrastructure/
  policy needs plan.json --format json

Exit codes:
  0  the policies were printed; what is undecided is said on standard error
  2  something could not be read";

pub(super) fn run(path: &Path, format: Format, out: &mut impl Write) -> io::Result<u8> {
    let (blocks, mut unread) = input::blocks(path)?;
    let policies = iam::find(&blocks, &mut unread);
    let mut refused = Vec::new();
    let needs = need::derive(&blocks, &policies, &mut refused);
    if !refused.is_empty() {
        let reasons: Vec<String> =
            refused.into_iter().map(|later| format!("`policy.needs.json`: {}", later.why)).collect();
        return Err(io::Error::other(reasons.join("\nerror: ")));
    }
    match format {
        Format::Human => report::needs::write(&needs, out)?,
        Format::Json => report::needs::write_json(&needs, out)?,
    }
    // What is said on standard error stands below it at a terminal.
    out.flush()?;
    for later in unread {
        say::warning(&format!("undecided: {}", later.why));
    }
    Ok(CLEAN)
}
