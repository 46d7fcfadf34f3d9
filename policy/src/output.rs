//! Files and standard streams.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::source::{SourceId, Sources};

/// What the paths of a command line stand for.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// Every file's text.
    pub(crate) sources: Sources,
    /// The files of each configuration: those of one folder belong together.
    pub(crate) configurations: Vec<Vec<SourceId>>,
    /// What could not be read.
    pub(crate) problems: Vec<String>,
}

/// Reads files, folders and, for `-`, standard input.
pub(crate) fn read(paths: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs::default();
    let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes);
            let read = inputs.add("<stdin>", read);
            inputs.configurations.extend(read.map(|id| vec![id]));
        } else if path.is_dir() {
            match list(path, &mut inputs.problems) {
                Ok(files) => folders.entry(path.clone()).or_default().extend(files),
                Err(error) => inputs.problems.push(format!("`{}`: {error}", path.display())),
            }
        } else {
            let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
            folders.entry(folder).or_default().push(path.clone());
        }
    }
    for mut files in folders.into_values() {
        files.sort();
        files.dedup();
        let read = |path: &PathBuf| inputs.add(&path.display().to_string(), fs::read(path));
        let files: Vec<SourceId> = files.iter().filter_map(read).collect();
        inputs.configurations.push(files);
    }
    inputs
}

/// The `*.tf.json` of a folder. Other files that Terraform would read with them are problems:
/// without them the judgement would not be of the whole.
fn list(folder: &Path, problems: &mut Vec<String>) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Terraform skips hidden and backup files too.
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        if name.ends_with(".tf.json") {
            files.push(path);
        } else if name.ends_with(".tf") {
            problems.push(format!("`{}`: HCL files are not read", path.display()));
        }
    }
    if files.is_empty() {
        problems.push(format!("`{}`: no `*.tf.json` in this folder", folder.display()));
    }
    Ok(files)
}

impl Inputs {
    fn add(&mut self, name: &str, bytes: io::Result<Vec<u8>>) -> Option<SourceId> {
        let text = bytes.map_err(|error| error.to_string()).and_then(|bytes| {
            String::from_utf8(bytes)
                .map_err(|error| format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to()))
        });
        match text {
            Ok(text) => Some(self.sources.add(name, text)),
            Err(why) => {
                self.problems.push(format!("`{name}`: {why}"));
                None
            }
        }
    }
}

/// Says on standard error why something could not be judged.
pub(crate) fn complain(message: &str) {
    // Nothing is left to tell if standard error is closed.
    let _closed = writeln!(io::stderr(), "policy: {message}");
}
