//! Why a file that was named cannot be read, and which one was probably meant.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::{Complaint, nearest};

/// Why `path` could not be read, with what to do about it; `-` is standard input.
#[must_use]
pub fn unread(path: &Path, error: &io::Error) -> Complaint {
    let shown = match path.to_str() {
        Some("-") => "standard input".to_owned(),
        _ => format!("`{}`", path.display()),
    };
    let complaint = |why: &str| Complaint::new(format!("{shown} could not be read: {why}"));
    match error.kind() {
        io::ErrorKind::NotFound => {
            let (why, help) = missing(path);
            complaint(&why).help(help)
        }
        io::ErrorKind::NotADirectory => {
            complaint("a part of it before the last is a file").help("name a path through folders")
        }
        io::ErrorKind::IsADirectory => complaint("it is a folder").help("name a file in it"),
        io::ErrorKind::InvalidData => not_text(path, complaint("it is not text in UTF-8")),
        _ => complaint(&error.to_string()),
    }
}

/// What of the path is not there, and what was meant.
fn missing(path: &Path) -> (String, String) {
    let folder = folder_of(path);
    if !folder.is_dir() {
        let why = format!("there is no folder `{}`", folder.display());
        return (why, help(folder));
    }
    ("there is no such file".to_owned(), help(path))
}

/// The name in the same folder that was meant; else where relative paths begin.
fn help(path: &Path) -> String {
    let folder = folder_of(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect();
    match nearest(&name, names.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{}`?", path.with_file_name(meant).display()),
        None => {
            let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
            format!("paths begin where the command runs: `{}`", here.display())
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// `terraform plan -out` writes a ZIP archive, which begins so (APPNOTE.TXT, 4.3.7 "Local file header").
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// What to do about a file whose bytes are no text, where they are those of a plan as Terraform keeps it.
#[must_use]
pub fn saved_plan(shown: &str, bytes: &[u8]) -> Option<String> {
    let help =
        || format!("if `terraform plan -out` wrote it, `terraform show -json {shown}` prints it as JSON");
    bytes.starts_with(ARCHIVE).then(help)
}

fn not_text(path: &Path, complaint: Complaint) -> Complaint {
    let help = fs::read(path).ok().and_then(|bytes| saved_plan(&path.display().to_string(), &bytes));
    match help {
        Some(help) => complaint.help(help),
        None => complaint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &Path) -> String {
        fs::read_to_string(path).unwrap_or_else(|error| unread(path, &error).to_string())
    }

    #[test]
    fn a_slip_in_a_name_is_told_from_a_file_that_is_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("stack.yaml"), "").unwrap();
        let slip = said(&folder.path().join("stakc.yaml"));
        assert!(slip.contains("there is no such file\n  = help: did you mean `"), "{slip}");
        assert!(slip.ends_with("stack.yaml`?"), "{slip}");
        let nowhere = said(&folder.path().join("main.tf.json"));
        assert!(nowhere.contains("paths begin where the command runs"), "{nowhere}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("infrastructure")).unwrap();
        let wrong = said(&folder.path().join("infrastucture/main.tf.json"));
        assert!(wrong.contains("there is no folder `") && wrong.ends_with("infrastructure`?"), "{wrong}");
    }

    #[test]
    fn a_folder_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(said(folder.path()).ends_with("it is a folder\n  = help: name a file in it"));
    }

    #[test]
    fn a_saved_plan_is_told_from_other_files_that_are_not_text() {
        let folder = tempfile::tempdir().unwrap();
        let (plan, other) = (folder.path().join("tfplan"), folder.path().join("picture"));
        fs::write(&plan, [ARCHIVE, b"\xff\xfe"].concat()).unwrap();
        fs::write(&other, b"\xff\xfe").unwrap();
        assert!(said(&plan).contains("`terraform show -json "), "{}", said(&plan));
        assert!(said(&other).ends_with("it is not text in UTF-8"), "{}", said(&other));
    }
}
