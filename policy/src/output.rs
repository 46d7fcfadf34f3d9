//! Files and standard streams.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use crate::source::{MAX_BYTES, SourceId, Sources};
use crate::terraform::{Configuration, Folder, is_read_with_its_folder};
use crate::text::Text;

/// Files that expressions read are scripts and policies: larger ones are left undecided.
const MAX_BESIDE: usize = 1_000_000;

/// What the paths of a command line stand for.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Every file's text.
    pub sources: Sources,
    /// Each folder's files as a configuration of their own, with the local modules it calls.
    pub configurations: Vec<Configuration>,
    /// What could not be read.
    pub problems: Vec<String>,
}

/// Reads files, folders and, for `-`, standard input.
#[must_use]
pub fn read(paths: &[PathBuf], sources: Sources) -> Inputs {
    let mut inputs = Inputs { sources, ..Inputs::default() };
    let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let file: Vec<SourceId> = inputs.add("<stdin>", all_of(io::stdin().lock())).into_iter().collect();
            let folder = Folder::read(&inputs.sources, &file);
            inputs.configurations.push(Configuration::of(Path::new(""), folder));
        } else if path.is_dir() {
            let files = inputs.list(path);
            folders.entry(path.clone()).or_default().extend(files);
        } else if is_yaml(path) {
            let shown = path.display();
            let help = format!("of a stack file: `synth {shown} | policy check -`");
            inputs.problems.push(format!("`{shown}`: YAML, which Terraform does not read; {help}"));
        } else {
            let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
            folders.entry(folder).or_default().push(path.clone());
        }
    }
    for (path, files) in folders {
        let folder = inputs.folder(files);
        let mut configuration = Configuration::of(&path, folder);
        while let Some(called) = configuration.wanted() {
            let files = inputs.list(&called);
            let folder = inputs.folder(files);
            configuration.add(called, folder);
        }
        while let Some(file) = configuration.wanted_file() {
            if let Some(text) = inputs.beside(&file) {
                configuration.add_file(file, text);
            }
        }
        inputs.configurations.push(configuration);
    }
    inputs
}

/// Reads one file or, for `-`, standard input.
pub(crate) fn read_file(path: &Path, sources: &mut Sources) -> io::Result<SourceId> {
    let mut inputs = Inputs { sources: std::mem::take(sources), ..Inputs::default() };
    let id = if path.as_os_str() == "-" {
        inputs.add("<stdin>", all_of(io::stdin().lock()))
    } else {
        inputs.add(&shown(path), whole(path))
    };
    *sources = inputs.sources;
    id.ok_or_else(|| io::Error::other(inputs.problems.join("\n")))
}

impl Inputs {
    fn folder(&mut self, mut files: Vec<PathBuf>) -> Folder {
        files.sort();
        files.dedup();
        let read = |path: &PathBuf| self.add(&shown(path), whole(path));
        let files: Vec<SourceId> = files.iter().filter_map(read).collect();
        Folder::read(&self.sources, &files)
    }

    /// The files of a folder that Terraform or OpenTofu reads together.
    fn list(&mut self, folder: &Path) -> Vec<PathBuf> {
        let shown = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let mut files = Vec::new();
        match std::fs::read_dir(shown) {
            Ok(entries) => {
                for entry in entries {
                    match entry {
                        Ok(entry) => self.sort_in(entry.path(), &mut files),
                        Err(error) => self.problems.push(format!("`{}`: {error}", shown.display())),
                    }
                }
                if files.is_empty() {
                    self.problems
                        .push(format!("`{}`: no `*.tf` or `*.tf.json` in this folder", shown.display()));
                }
            }
            Err(error) => self.problems.push(format!("`{}`: {error}", shown.display())),
        }
        files
    }

    fn sort_in(&mut self, path: PathBuf, files: &mut Vec<PathBuf>) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if is_read_with_its_folder(&name) {
            files.push(path);
        }
    }

    /// A file that an expression reads; nothing if it is none that may be read. The expression then stays undecided.
    fn beside(&mut self, path: &Path) -> Option<Text> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let file = path.canonicalize().ok()?;
        // A link may lead to what is not a part of the configuration.
        if !file.starts_with(folder.canonicalize().ok()?) || !file.is_file() {
            return None;
        }
        let bytes = File::open(file).and_then(|file| at_most(file, MAX_BESIDE)).ok()?;
        let id = self.sources.add(shown(path), String::from_utf8(bytes).ok()?);
        Some(self.sources.text(id))
    }

    fn add(&mut self, name: &str, bytes: io::Result<Vec<u8>>) -> Option<SourceId> {
        let text = bytes
            .map_err(|error| unread(&error))
            .and_then(|bytes| String::from_utf8(bytes).map_err(|error| not_text(name, &error)));
        match text {
            Ok(text) => Some(self.sources.add(name, text)),
            Err(why) => {
                self.problems.push(format!("`{name}`: {why}"));
                None
            }
        }
    }
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

fn unread(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        _ => error.to_string(),
    }
}

fn not_text(name: &str, error: &FromUtf8Error) -> String {
    let why = format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to());
    match command_line::saved_plan(name, error.as_bytes()) {
        Some(help) => format!("{why}; {help}"),
        None => why,
    }
}

/// The name of a file: from the working directory on, if it is below.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}

/// Puts a file in the place of what is there, as a whole: who reads it meanwhile sees one of both.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut made = tempfile::Builder::new();
    // Temporary files are for their owner alone; this one is for whoever may read the folder.
    #[cfg(unix)]
    made.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = made.tempfile_in(folder)?;
    file.write_all(content)?;
    file.persist(path)?;
    Ok(())
}

/// All of a file, unless that is too much.
fn whole(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = all_of(File::open(path)?)?;
    bytes.shrink_to_fit();
    Ok(bytes)
}

/// All that a reader gives, unless that is too much.
fn all_of(reader: impl Read) -> io::Result<Vec<u8>> {
    at_most(reader, MAX_BYTES)
}

fn at_most(reader: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let one_more = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    if reader.take(one_more).read_to_end(&mut bytes)? <= most {
        Ok(bytes)
    } else {
        Err(io::Error::other(format!("it has more than {} MB, which are not read", most / 1_000_000)))
    }
}
