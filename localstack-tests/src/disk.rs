//! Room on the disk: terraform that cannot write its state leaves behind what it made.

use std::path::Path;

/// Megabytes that must be free: a state and its backup, the logs, and what LocalStack writes, several times over.
pub(crate) const NEEDED: u64 = 32;

/// Below this many megabytes a failure is put down to the disk.
const FULL: u64 = 1;

/// The megabytes that are free where `folder` is; nothing where the system does not say.
pub(crate) fn free(folder: &Path) -> Option<u64> {
    let system = rustix::fs::statvfs(folder).ok()?;
    Some(system.f_bavail.saturating_mul(system.f_frsize) / 1_000_000)
}

/// Whether a failure in `folder` is likely to come from there.
pub(crate) fn is_full(folder: &Path) -> bool {
    free(folder).is_some_and(|free| free < FULL)
}
