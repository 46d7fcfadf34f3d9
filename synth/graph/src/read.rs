//! What paths stand for: the stacks in them, and what `policy` finds in those. The only code here that touches files.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use policy::Sources;
use policy::output::{self, Inputs};
use policy::terraform::{Configuration, Folder, is_read_with_its_folder};

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

/// Where stacks are: a document, a folder with one, or a folder of such folders; `-` is standard input, which is read once.
#[derive(Debug)]
pub struct Places {
    /// Each with the stack's name.
    places: Vec<(String, Place)>,
}

#[derive(Debug)]
enum Place {
    Path(PathBuf),
    Input(Result<String, String>),
}

impl Places {
    /// The stacks at the paths.
    #[must_use]
    pub fn of(paths: &[PathBuf]) -> Places {
        let place = |(name, path): (String, PathBuf)| {
            if path.as_os_str() == "-" {
                let text = io::read_to_string(io::stdin().lock());
                let text = text.map_err(|error| format!("standard input could not be read: {error}"));
                ("stack".to_owned(), Place::Input(text))
            } else {
                (name, Place::Path(path))
            }
        };
        Places { places: named(paths).into_iter().map(place).collect() }
    }

    /// Reads the stacks.
    #[must_use]
    pub fn documents(&self) -> Documents {
        let mut found = Documents::default();
        for (name, place) in &self.places {
            let read = place.read();
            found.problems.extend(read.problems);
            for configuration in read.configurations {
                let (stacks, failures) = Stack::all_of(name, configuration, &read.sources);
                found.stacks.extend(stacks);
                found.problems.extend(failures);
            }
        }
        found
    }

    /// What `policy check` finds in the stacks.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let of_stack = self.places.iter().flat_map(|(name, place)| {
            let read = place.read();
            let report = policy::judge_all(read.configurations);
            Finding::all_of(name, &report, &read.sources)
        });
        of_stack.collect()
    }
}

impl Place {
    fn read(&self) -> Inputs {
        match self {
            Place::Path(path) => output::read(std::slice::from_ref(path), Sources::default()),
            Place::Input(Err(why)) => Inputs { problems: vec![why.clone()], ..Inputs::default() },
            Place::Input(Ok(text)) => {
                let mut sources = Sources::default();
                let file = sources.add("<stdin>", text.clone());
                let folder = Folder::read(&sources, &[file]);
                let configurations = vec![Configuration::of(Path::new(""), folder)];
                Inputs { sources, configurations, ..Inputs::default() }
            }
        }
    }
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
