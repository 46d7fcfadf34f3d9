//! `policy needs`.

use std::io::{self, Write};
use std::path::Path;

use super::{CLEAN, Format};
use crate::output::{self, Inputs};
use crate::report;
use crate::{evaluate, iam, need};

pub(super) fn run(path: &Path, format: Format, out: &mut impl Write) -> io::Result<u8> {
    let Inputs { sources, configurations, problems } = output::read(&[path.to_path_buf()]);
    let mut failures = problems;
    let mut needs = need::Needs::default();
    for mut configuration in configurations {
        let mut unread = Vec::new();
        let mut documents = vec![configuration.blocks(&mut unread)];
        for folder in configuration.folders() {
            documents.append(&mut folder.shown);
            failures.extend(folder.failures.drain(..).map(|failure| {
                format!("{}: {}", report::human::place(&sources, failure.span), failure.message)
            }));
        }
        for mut blocks in documents {
            evaluate::evaluate(&mut blocks, &mut unread);
            let policies = iam::find(&blocks, &mut unread);
            let mut refused = Vec::new();
            needs.principals.extend(need::derive(&blocks, &policies, &mut refused).principals);
            failures.extend(
                refused
                    .iter()
                    .map(|later| format!("{}: {}", report::human::place(&sources, later.span), later.why)),
            );
        }
    }
    if !failures.is_empty() {
        return Err(io::Error::other(failures.join("\npolicy: ")));
    }
    match format {
        Format::Human => report::needs::write(&needs, out)?,
        Format::Json => report::needs::write_json(&needs, out)?,
    }
    Ok(CLEAN)
}
