//! Where documents go: the only code that writes files.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use synth_core::{Document, Record};

/// Where documents are to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output: one document.
    StandardOutput,
    /// A file: one document.
    File(PathBuf),
    /// A folder: each document as `STACK/main.tf.json`, and `manifest.json`, which names them in the order in
    /// which they are applied.
    Folder(PathBuf),
}

/// Why nothing was written.
#[derive(Debug)]
pub enum Failure<P> {
    /// The app is wrong.
    Wrong(P),
    /// A file could not be read or written.
    Failed(io::Error),
}

/// Writes what `resolve` makes, and the addresses that it was given, brought up to date, to `addresses`. A file
/// that is not there yet is a record without entries. Warnings go to standard error.
///
/// # Errors
/// If `resolve` refuses, and then nothing is written; if a file cannot be read or written.
pub fn synthesize<P>(
    target: &Target,
    addresses: Option<&Path>,
    resolve: impl FnOnce(Option<&mut Record>) -> Result<Vec<Document>, P>,
) -> Result<(), Failure<P>> {
    let mut record = addresses.map(read_record).transpose().map_err(Failure::Failed)?;
    let documents = resolve(record.as_mut()).map_err(Failure::Wrong)?;
    for warning in documents.iter().flat_map(|document| &document.warnings) {
        // A warning that nobody can read is no reason to write nothing.
        let _unheard = writeln!(io::stderr(), "{warning}");
    }
    write(&documents, target).map_err(Failure::Failed)?;
    match (addresses, record) {
        (Some(path), Some(record)) => file(path, &record.to_string()).map_err(Failure::Failed),
        _ => Ok(()),
    }
}

fn read_record(path: &Path) -> io::Result<Record> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(io::Error::new(error.kind(), format!("{} could not be read: {error}", quoted(path))));
        }
    };
    let wrong = |error| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", quoted(path)));
    Record::parse(&text).map_err(wrong)
}

/// Writes documents to where they are to go, each file in one step.
///
/// # Errors
/// If a place cannot be written to, which the message names, or takes one document and there are several.
pub fn write(documents: &[Document], target: &Target) -> io::Result<()> {
    match target {
        Target::StandardOutput => print(&only(documents)?.json),
        Target::File(path) => file(path, &only(documents)?.json),
        Target::Folder(folder) => {
            for document in documents {
                let stack = folder.join(&document.folder);
                fs::create_dir_all(&stack).map_err(|error| at(&quoted(&stack), &error))?;
                file(&stack.join("main.tf.json"), &document.json)?;
            }
            fs::create_dir_all(folder).map_err(|error| at(&quoted(folder), &error))?;
            file(&folder.join("manifest.json"), &Document::manifest(documents))
        }
    }
}

fn only(documents: &[Document]) -> io::Result<&Document> {
    match documents {
        [document] => Ok(document),
        _ => {
            let stacks: Vec<&str> = documents.iter().map(|document| document.stack.as_str()).collect();
            let (count, stacks) = (stacks.len(), stacks.join(", "));
            let message =
                format!("there are {count} stacks ({stacks}), and one can be written here: use `--out DIR`");
            Err(io::Error::new(io::ErrorKind::InvalidInput, message))
        }
    }
}

/// Writes one file in one step.
///
/// # Errors
/// If it cannot be written; the message names it.
pub fn file(path: &Path, text: &str) -> io::Result<()> {
    write_atomically(path, text).map_err(|error| at(&quoted(path), &error))
}

fn quoted(path: &Path) -> String {
    format!("`{}`", path.display())
}

fn at(place: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{place} could not be written: {error}"))
}

/// Prints text, and nothing else, to standard output.
///
/// # Errors
/// If its reader has left ([`io::ErrorKind::BrokenPipe`]) or it is full.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| at("standard output", &error))
}

/// Writes a file in one step: readers see the old content or the new one, never a part.
fn write_atomically(path: &Path, content: &str) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new().prefix(".synth-").tempfile_in(folder)?;
    file.write_all(content.as_bytes())?;
    file.as_file().sync_all()?;
    readable_as_a_new_file(&mut file, path)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Temporary files are private; a document has the permissions of the file it replaces, or usual ones.
#[cfg(unix)]
fn readable_as_a_new_file(file: &mut tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let permissions = match fs::metadata(path) {
        Ok(existing) => existing.permissions(),
        Err(_) => std::fs::Permissions::from_mode(0o644),
    };
    file.as_file().set_permissions(permissions)
}

#[cfg(not(unix))]
fn readable_as_a_new_file(_: &mut tempfile::NamedTempFile, _: &Path) -> io::Result<()> {
    Ok(())
}
