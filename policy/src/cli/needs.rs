//! `policy needs`.

use std::io::{self, Write};
use std::path::Path;

use super::{CLEAN, Format, input};
use crate::{iam, need, output, report};

pub(super) fn run(path: &Path, format: Format, out: &mut impl Write) -> io::Result<u8> {
    let (blocks, mut unread) = input::blocks(path)?;
    let policies = iam::find(&blocks, &mut unread);
    let mut refused = Vec::new();
    let needs = need::derive(&blocks, &policies, &mut refused);
    if !refused.is_empty() {
        let reasons: Vec<String> =
            refused.into_iter().map(|later| format!("`policy.needs.json`: {}", later.why)).collect();
        return Err(io::Error::other(reasons.join("\npolicy: ")));
    }
    match format {
        Format::Human => report::needs::write(&needs, out)?,
        Format::Json => report::needs::write_json(&needs, out)?,
    }
    for later in unread {
        output::complain(&format!("undecided: {}", later.why));
    }
    Ok(CLEAN)
}
