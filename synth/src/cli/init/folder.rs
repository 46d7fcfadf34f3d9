//! An empty folder, and how it is filled: with every file, or with none.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use command_line::{Complaint, unread};

use crate::init::Files;

/// How much of what is in the way is named.
const SHOWN: usize = 10;

/// Refuses a folder that holds anything but a repository without files. A folder that is not there is empty.
pub(super) fn is_empty(folder: &Path) -> Result<(), Complaint> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(_) if folder.is_file() => {
            let why = format!("`{}` is a file, and a project is a folder", folder.display());
            return Err(Complaint::new(why).help("name a folder that is empty or not there yet"));
        }
        Err(error) => return Err(unread(folder, &error)),
    };
    let names =
        entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<OsString>>>();
    let names = names.map_err(|error| unread(folder, &error))?;
    let mut there: Vec<String> =
        names.iter().filter(|name| *name != ".git").map(|name| name.to_string_lossy().into_owned()).collect();
    if there.is_empty() {
        return Ok(());
    }
    there.sort();
    let more = there.len().saturating_sub(SHOWN);
    there.truncate(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (folder, there) = (folder.display(), there.join(", "));
    let why = format!("`{folder}` is not empty, and nothing in it is overwritten: {there}{more}");
    Err(Complaint::new(why).help("name a folder that is empty or not there yet"))
}

/// Fills an empty folder: the files are written beside each other, and moved to their places when all of them are there.
pub(super) fn fill(folder: &Path, files: &Files) -> Result<(), Complaint> {
    let failed =
        |error: io::Error| Complaint::new(format!("`{}` could not be written: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(failed)?;
    let stage = tempfile::Builder::new().prefix(".synth-init-").tempdir_in(folder).map_err(failed)?;
    for (path, text) in files {
        store(&stage.path().join(path), text).map_err(failed)?;
    }
    let mut moved = Vec::new();
    for entry in fs::read_dir(stage.path()).map_err(failed)? {
        let result = entry.and_then(|entry| place(&entry.path(), &folder.join(entry.file_name())));
        match result {
            Ok(path) => moved.push(path),
            Err(error) => {
                take_back(&moved);
                return Err(failed(error));
            }
        }
    }
    Ok(())
}

fn store(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Moves a file or folder to a place that is free.
fn place(from: &Path, to: &Path) -> io::Result<PathBuf> {
    // Somebody else may have written there since the folder was empty.
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            format!("`{}` is there by now", to.display()),
        ));
    }
    fs::rename(from, to)?;
    Ok(to.to_owned())
}

fn take_back(moved: &[PathBuf]) {
    for path in moved {
        // The failure that brought us here is the one to tell.
        let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_taken_meanwhile_keeps_its_file_and_nothing_is_left_of_the_others() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b"), "mine").unwrap();
        let files = Files::from([("a", String::new()), ("b", String::new()), ("c/d", String::new())]);
        let error = fill(folder.path(), &files).unwrap_err().to_string();
        assert!(error.contains("is there by now"), "{error}");
        let left: Vec<OsString> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["b"]);
        assert_eq!(fs::read_to_string(folder.path().join("b")).unwrap(), "mine");
    }
}
