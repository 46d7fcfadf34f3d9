//! The configurations below a folder that is none itself, such as the top of a repository.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::output;
use crate::source::Sources;
use crate::terraform::is_read_with_its_folder;

/// The folder, or those below it that Terraform would read and that none of the others calls as a module. Folders whose name
/// begins with a dot, such as Terraform's own, and links are passed over.
pub(super) fn of(path: PathBuf) -> Vec<PathBuf> {
    if !path.is_dir() || has_files(&path) {
        return vec![path];
    }
    let mut found = BTreeSet::new();
    below(&path, &mut found);
    let modules: BTreeMap<PathBuf, BTreeSet<PathBuf>> = found
        .iter()
        .flat_map(|folder| output::read(std::slice::from_ref(folder), Sources::default()).configurations)
        .map(|configuration| {
            (configuration.root().to_owned(), configuration.modules().map(Path::to_owned).collect())
        })
        .collect();
    let is_called = |root: &PathBuf| {
        let calls =
            |caller: &Path, called: &Path| modules.get(caller).is_some_and(|all| all.contains(called));
        // Of two that call each other none is the other's module.
        modules.keys().any(|caller| calls(caller, root) && !calls(root, caller))
    };
    let roots: Vec<PathBuf> = modules.keys().filter(|root| !is_called(root)).cloned().collect();
    if roots.is_empty() { vec![path] } else { roots }
}

/// Whether a folder has files that are read with it; not if it cannot be listed.
fn has_files(folder: &Path) -> bool {
    entries(folder).any(|entry| is_read_with_its_folder(&entry.file_name().to_string_lossy()))
}

fn below(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in entries(folder) {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_folder || entry.file_name().to_string_lossy().starts_with('.') {
            continue; // nothing of the author's
        }
        let folder = entry.path();
        // One that cannot be listed is an error where it is read.
        if has_files(&folder) || std::fs::read_dir(&folder).is_err() {
            found.insert(folder.clone());
        }
        below(&folder, found);
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = std::fs::DirEntry> {
    std::fs::read_dir(folder).into_iter().flatten().flatten()
}
