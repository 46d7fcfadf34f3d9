//! Which files were changed since a revision, as git says.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::git;
use crate::report::Report;
use crate::source::{SourceId, Sources};

/// Leaves in a report what stands in files that were changed since `revision` and HEAD parted, committed or not, and
/// in new ones. What could not be judged stays.
pub(super) fn retain(report: &mut Report, sources: &Sources, revision: &str) -> io::Result<()> {
    let root = git::ask(&["rev-parse", "--show-toplevel"])?;
    let root = PathBuf::from(root.trim_end());
    // A revision that begins with a dash is none of git's options.
    let diff =
        ["diff", "--merge-base", "--name-only", "--no-renames", "-z", "--end-of-options", revision, "--"];
    let tracked = git::ask(&diff)?;
    let new = git::ask(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"])?;
    let changed: BTreeSet<PathBuf> =
        tracked.split('\0').chain(new.split('\0')).map(|path| root.join(path)).collect();
    let files: BTreeSet<SourceId> = sources
        .iter()
        .filter(|(_, source)| {
            Path::new(source.name()).canonicalize().is_ok_and(|path| changed.contains(&path))
        })
        .map(|(id, _)| id)
        .collect();
    report.findings.retain(|finding| files.contains(&finding.span.source));
    report.accepted.retain(|accepted| files.contains(&accepted.finding.span.source));
    report.undecided.retain(|later| files.contains(&later.span.source));
    Ok(())
}
