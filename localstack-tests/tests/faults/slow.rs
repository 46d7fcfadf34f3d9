//! The cheapest stack that is in the middle of being applied for as long as a test needs: no provider is loaded.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use localstack_tests::{Harness, Settings, Stack};
use serde_json::json;

use crate::nowhere::Nowhere;
use crate::processes;

/// Makes `done`, says so, and works on `slow` for a minute; says when `done` is destroyed.
pub(crate) fn stack(folder: &Path) -> Stack {
    working(folder, "sleep 60")
}

/// As [`stack`], with something else to do than to wait.
pub(crate) fn working(folder: &Path, script: &str) -> Stack {
    let begun = begun(folder);
    let (begun, gone) = (begun.display(), gone(folder).display().to_string());
    let document = json!({ "resource": { "terraform_data": {
        "done": {
            "input": gone,
            "provisioner": { "local-exec": { "when": "destroy", "command": "echo gone >'${self.input}'" } }
        },
        "slow": {
            "depends_on": ["terraform_data.done"],
            "provisioner": { "local-exec": { "command": format!("echo begun >'{begun}'; {script}") } }
        }
    }}});
    Stack::document(document.to_string()).named("slow")
}

/// As [`stack`], that ends at once.
pub(crate) fn quick(folder: &Path) -> Stack {
    working(folder, "true")
}

fn begun(folder: &Path) -> PathBuf {
    folder.join("begun")
}

fn gone(folder: &Path) -> PathBuf {
    folder.join("gone")
}

/// Waits until terraform is in the middle of it.
pub(crate) fn wait(folder: &Path) {
    processes::wait("terraform never came to the slow resource", || begun(folder).exists().then_some(()));
}

/// Whether terraform destroyed what it had made.
pub(crate) fn was_destroyed(folder: &Path) -> bool {
    gone(folder).exists()
}

/// Settings whose folders are all below `folder`.
pub(crate) fn settings(folder: &Path) -> Settings {
    Settings { work: folder.join("work"), ..Settings::from_environment() }
}

/// Deploys what needs no emulator.
pub(crate) fn nowhere(folder: &Path) -> Harness {
    Harness::with(settings(folder), Arc::new(Nowhere::default()))
}

/// The only folder of a deployment that was kept.
pub(crate) fn kept(folder: &Path) -> PathBuf {
    let entries = std::fs::read_dir(folder.join("work")).unwrap().map(|entry| entry.unwrap().path());
    let mut kept: Vec<PathBuf> =
        entries.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("slow-")).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    kept.remove(0)
}

/// Fails if a lock is left, or the logs are not.
pub(crate) fn assert_unlocked_with_logs(kept: &Path) {
    let locks: Vec<PathBuf> = std::fs::read_dir(kept)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".lock.info"))
        .collect();
    assert_eq!(locks, Vec::<PathBuf>::new(), "a lock is left");
    assert!(kept.join("logs/02-apply.log").is_file(), "no log was kept");
}
