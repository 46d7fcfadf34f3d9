//! The systems are clean; each mistake of the documents that they come from is caught, with the expected
//! diagnostics beside it. `BLESS=1` refreshes them.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use policy::{Report, Sources, check, report};

fn entries(folder: PathBuf) -> Vec<PathBuf> {
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = read.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// Every folder of `fixtures` that holds a `stack.rs`.
fn systems() -> Vec<PathBuf> {
    let mut folders = entries(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures"));
    folders.retain(|folder| folder.join("stack.rs").is_file());
    folders
}

/// The documents of a system: in its folder, or in one of its own for each stack.
fn documents(system: PathBuf) -> Vec<PathBuf> {
    let mut documents = vec![system.join("main.tf.json")];
    documents.extend(entries(system.clone()).into_iter().map(|folder| folder.join("main.tf.json")));
    documents.retain(|document| document.is_file());
    assert!(!documents.is_empty(), "{} has no documents", system.display());
    documents
}

/// The mistakes of every system's document as it was written.
fn as_written() -> Vec<PathBuf> {
    let folders = systems().into_iter().map(|system| system.join("as-written/policy"));
    let mut files: Vec<PathBuf> = folders.flat_map(entries).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".tf.json"));
    files
}

fn judge(path: &Path) -> (Report, String) {
    let mut sources = Sources::default();
    let name = path.file_name().unwrap().to_string_lossy();
    let file = sources.add(name, fs::read_to_string(path).unwrap());
    let report = check(&sources, &[file]);
    let mut text = Vec::new();
    report::human::write(&report, &sources, &mut text).unwrap();
    (report, String::from_utf8(text).unwrap())
}

#[test]
fn every_document_is_clean_and_decided() {
    for document in systems().into_iter().flat_map(documents) {
        let (report, text) = judge(&document);
        let silent = report.findings.is_empty() && report.undecided.is_empty() && report.failures.is_empty();
        assert!(silent, "{}: {text}", document.display());
    }
}

#[test]
fn every_mistake_is_caught() {
    for path in as_written() {
        let (report, _) = judge(&path);
        assert!(!report.findings.is_empty(), "{}", path.display());
    }
}

#[test]
fn the_diagnostics_are_the_expected_ones() {
    for path in as_written() {
        let (_, text) = judge(&path);
        let expected = PathBuf::from(path.to_string_lossy().replace(".tf.json", ".expected.txt"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &text).unwrap();
        }
        assert_eq!(text, fs::read_to_string(&expected).unwrap_or_default(), "{}", path.display());
    }
}
