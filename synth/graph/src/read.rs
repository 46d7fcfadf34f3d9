//! What paths stand for: the stacks in them, and what `policy` finds in those. The only code here that touches files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use policy::terraform::is_read_with_its_folder;
use policy::{Sources, output};

use crate::finding::Finding;
use crate::stack::Stack;

/// What is at the paths.
#[derive(Debug, Default)]
pub struct Documents {
    /// The stacks.
    pub stacks: Vec<Stack>,
    /// What could not be read.
    pub problems: Vec<String>,
}

/// Reads the stacks at the paths: a document, a folder with one, or a folder of such folders; `-` is standard input.
#[must_use]
pub fn documents(paths: &[PathBuf]) -> Documents {
    let mut found = Documents::default();
    for (name, path) in named(paths) {
        let read = output::read(&[path], Sources::default());
        found.problems.extend(read.problems);
        for configuration in read.configurations {
            let (stacks, failures) = Stack::all_of(&name, configuration, &read.sources);
            found.stacks.extend(stacks);
            found.problems.extend(failures);
        }
    }
    found
}

/// What `policy check` finds in the stacks at the paths.
#[must_use]
pub fn findings(paths: &[PathBuf]) -> Vec<Finding> {
    let stacks = named(paths);
    let of_stack = stacks.into_iter().flat_map(|(name, path)| {
        let read = output::read(&[path], Sources::default());
        let report = policy::judge_all(read.configurations);
        Finding::all_of(&name, &report, &read.sources)
    });
    of_stack.collect()
}

/// The stacks with their names: those of their folders, or their whole paths where folders of one name are several.
fn named(paths: &[PathBuf]) -> Vec<(String, PathBuf)> {
    let all: Vec<PathBuf> = paths.iter().flat_map(|path| stacks_at(path)).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for path in &all {
        let count = counts.entry(short_name(path)).or_default();
        *count = count.saturating_add(1);
    }
    let name = |path: &Path| {
        let short = short_name(path);
        if counts.get(&short) == Some(&1) { short } else { path.display().to_string() }
    };
    all.into_iter().map(|path| (name(&path), path)).collect()
}

/// The name of a document's folder; of a document with a name of its own, that.
fn short_name(path: &Path) -> String {
    let named = |path: &Path| {
        // `.` and `..` have no name of their own.
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        whole.file_name().map(|name| name.to_string_lossy().into_owned())
    };
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let name = match path.parent() {
        Some(folder) if file == "main.tf.json" => named(folder),
        _ => named(path),
    };
    name.unwrap_or_else(|| "stack".to_owned())
}

fn stacks_at(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_path_buf()];
    }
    if has_documents(path) {
        return vec![path.to_path_buf()];
    }
    let mut folders: Vec<PathBuf> = entries(path).into_iter().filter(|entry| has_documents(entry)).collect();
    folders.sort();
    // Where nothing is, reading it says so.
    if folders.is_empty() { vec![path.to_path_buf()] } else { folders }
}

fn has_documents(folder: &Path) -> bool {
    let is_one = |entry: &PathBuf| {
        entry.is_file()
            && entry.file_name().is_some_and(|name| {
                let name = name.to_string_lossy();
                is_read_with_its_folder(&name) && (name.ends_with(".tf") || name.ends_with(".tf.json"))
            })
    };
    folder.is_dir() && entries(folder).iter().any(is_one)
}

/// What is in a folder; what cannot be listed is reported when it is read.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    read.filter_map(Result::ok).map(|entry| entry.path()).collect()
}
