//! `policy no-public-access`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use super::input::{self, Input};
use super::{Format, code};
use crate::access::public;
use crate::iam::PolicyKind;
use crate::report::access::{self, Asked};

/// Shown below the options.
pub(super) const HELP: &str = "Examples:
  policy no-public-access infrastructure/
  policy no-public-access bucket-policy.json

Exit codes:
  0  nothing is allowed to strangers
  1  something is allowed to strangers
  2  undecided, or something could not be read";

pub(super) fn run(file: &Path, format: Format, out: &mut impl Write) -> io::Result<u8> {
    let answers = match input::read(file)? {
        Input::Policy(policy) => BTreeMap::from([(file.display().to_string(), public(&policy))]),
        Input::Sets(sets) => {
            let mut answers = sets.unread_answers();
            let open = |kind| matches!(kind, PolicyKind::Resource | PolicyKind::Trust);
            let of_resources = sets.all.into_iter().filter(|(_, set)| open(set.kind));
            answers.extend(of_resources.map(|(name, set)| (name, public(&set.policy))));
            answers
        }
    };
    match format {
        Format::Human => access::write(Asked::Public, &answers, out)?,
        Format::Json => access::write_json(&answers, out)?,
    }
    Ok(code(answers.values()))
}
