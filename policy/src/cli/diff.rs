//! `policy diff`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use super::input::{self, Input};
use super::{Format, code};
use crate::access::{compare, new_access};
use crate::report::access::{self, Asked};

pub(super) fn run(old: &Path, new: &Path, format: Format, out: &mut impl Write) -> io::Result<u8> {
    let changes = match (input::read(old)?, input::read(new)?) {
        (Input::Policy(old), Input::Policy(policy)) => {
            BTreeMap::from([(new.display().to_string(), new_access(&old, &policy))])
        }
        (Input::Sets(old), Input::Sets(new)) => compare(&old, &new),
        _ => return Err(io::Error::other("a policy document is compared with a policy document only")),
    };
    match format {
        Format::Human => access::write(Asked::Difference, &changes, out)?,
        Format::Json => access::write_json(&changes, out)?,
    }
    Ok(code(changes.values()))
}
