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
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name()).any(|name| is_read_with_its_folder(&name.to_string_lossy()))
}

fn below(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        found.insert(folder.to_owned());
        return; // it is an error where it is read
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if is_read_with_its_folder(&name) {
            found.insert(folder.to_owned());
        } else if !name.starts_with('.') && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            below(&entry.path(), found);
        }
    }
}
