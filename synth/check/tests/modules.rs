//! Every tree of folders in `modules/` is judged as its `expected.txt` says; `just bless` writes these files.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use synth_check::{Folder, Report, Schemas, Source, check_folders};

/// The folders of a tree, by their paths from its root, with the names and texts of their files.
type Tree = Vec<(String, Vec<(String, String)>)>;

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn read(root: &Path, folder: &Path, tree: &mut Tree) {
    let from_root = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let mut files = Vec::new();
    for path in sorted(folder) {
        if path.is_dir() {
            read(root, &path, tree);
        } else if path.to_str().is_some_and(|path| path.contains(".tf")) {
            files.push((from_root(&path), fs::read_to_string(&path).unwrap()));
        }
    }
    tree.push((from_root(folder), files));
}

fn judged(root: &Path) -> Report {
    let mut tree = Tree::new();
    read(root, root, &mut tree);
    let folders: Vec<Folder<'_>> = tree
        .iter()
        .map(|(path, files)| {
            let (json, other): (Vec<_>, Vec<_>) = files.iter().partition(|(name, _)| name.ends_with(".json"));
            let sources = json.into_iter().map(|(name, text)| Source { name, text }).collect();
            Folder { path, sources, unread: other.into_iter().map(|(name, _)| name.as_str()).collect() }
        })
        .collect();
    check_folders(&folders, &Schemas::embedded())
}

#[test]
fn every_tree_is_judged_as_its_expectation_says() {
    let mut wrong = Vec::new();
    for root in sorted(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/modules")) {
        let report = format!("{}\n", judged(&root));
        let expected = root.join("expected.txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &report).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != report {
            wrong.push(format!("{}:\n{report}", root.display()));
        }
    }
    assert!(wrong.is_empty(), "not as expected; `just bless` and read the difference:\n{}", wrong.join("\n"));
}
