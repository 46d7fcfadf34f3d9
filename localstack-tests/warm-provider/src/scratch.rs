//! The folder in which a proxy and its providers have their sockets.

use std::io;
use std::path::Path;

use rustix::process::Pid;

/// Where a proxy keeps its sockets and those of its providers.
pub(crate) fn folder() -> io::Result<tempfile::TempDir> {
    let prefix = format!("{SCRATCH}{}-", std::process::id());
    sweep(&std::env::temp_dir());
    tempfile::Builder::new().prefix(&prefix).tempdir()
}

/// The beginning of the folder's name; the number of the process follows.
const SCRATCH: &str = "warm-provider-";

/// Removes the folders of proxies that were killed.
fn sweep(folder: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner =
            name.to_str().and_then(|name| name.strip_prefix(SCRATCH)?.split('-').next()?.parse().ok());
        let Some(owner) = owner.and_then(Pid::from_raw) else { continue };
        if rustix::process::test_kill_process(owner) == Err(rustix::io::Errno::SRCH) {
            // Another user's, or another proxy was quicker: neither is ours to say anything about.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_proxies_that_are_gone_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        // No process has this number: Linux ends at 2^22 (proc(5), `pid_max`).
        let gone = folder.path().join(format!("{SCRATCH}{}-x", i32::MAX));
        let ours = folder.path().join(format!("{SCRATCH}{}-x", std::process::id()));
        let other = folder.path().join(format!("{SCRATCH}x"));
        for path in [&gone, &ours, &other] {
            std::fs::create_dir(path).unwrap();
        }
        sweep(folder.path());
        assert_eq!([gone, ours, other].map(|path| path.exists()), [false, true, true]);
    }
}
