//! `policy diff`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use command_line::Complaint;

use super::base::Base;
use super::input::{self, Input};
use super::{Format, code};
use crate::access::{compare, new_access};
use crate::report::access::{self, Asked};

/// Shown below the options.
pub(super) const HELP: &str = "Examples:
  policy diff main/ .
  policy diff git:main .
  policy diff old.json new.json --format json

Exit codes:
  0  no new access
  1  new access
  2  undecided, or something could not be read";

pub(super) fn run(old: &Base, new: &Path, format: Format, out: &mut impl Write) -> io::Result<u8> {
    let before = match old {
        Base::Path(path) => input::read(path)?,
        Base::Revision(_) => Input::Sets(old.sets(new)?),
    };
    let changes = match (before, input::read(new)?) {
        (Input::Policy(old), Input::Policy(policy)) => {
            BTreeMap::from([(new.display().to_string(), new_access(&old, &policy))])
        }
        (Input::Sets(old), Input::Sets(new)) => compare(&old, &new),
        _ => {
            let what = "a policy document is compared with a policy document only";
            let help = "give two policy documents, or two configurations";
            return Err(Complaint::new(what).help(help).into());
        }
    };
    match format {
        Format::Human => access::write(Asked::Difference, &changes, out)?,
        Format::Json => access::write_json(&changes, out)?,
    }
    Ok(code(changes.values()))
}
