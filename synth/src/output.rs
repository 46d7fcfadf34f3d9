//! Where documents go: the only code that writes files.

use std::io::{self, Write as _};
use std::path::Path;

/// Writes a document to a file, or to standard output where no file is given.
///
/// # Errors
/// If it cannot be written; the message names the place.
pub fn write(text: &str, file: Option<&Path>) -> io::Result<()> {
    let (written, name) = match file {
        Some(path) => (write_atomically(path, text), format!("`{}`", path.display())),
        None => (print(text), "standard output".to_owned()),
    };
    written.map_err(|error| io::Error::new(error.kind(), format!("{name} could not be written: {error}")))
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
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
    let permissions = match std::fs::metadata(path) {
        Ok(existing) => existing.permissions(),
        Err(_) => std::fs::Permissions::from_mode(0o644),
    };
    file.as_file().set_permissions(permissions)
}

#[cfg(not(unix))]
fn readable_as_a_new_file(_: &mut tempfile::NamedTempFile, _: &Path) -> io::Result<()> {
    Ok(())
}
