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

/// The mistakes of a system's document as it was written.
fn as_written(system: &Path) -> Vec<PathBuf> {
    let mut files = entries(system.join("as-written/policy"));
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

/// Names a folder: what came of each check goes there, as `SYSTEM/CELL`, for `.ci/systems` to print.
const FOLDER: &str = "SYNTH_SYSTEMS_REPORT";

/// Runs a check on every system. `cell` is its column in the table of systems and its name there.
fn each_system(cell: &str, check: impl Fn(&Path) -> Result<(), String>) {
    let mut failed = Vec::new();
    for system in systems() {
        let result = check(&system);
        if let Some(folder) = std::env::var_os(FOLDER) {
            let folder = Path::new(&folder).join(system.file_name().unwrap());
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(cell), result.as_ref().err().map_or("yes", String::as_str)).unwrap();
        }
        failed.extend(result.err());
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn every_document_is_clean_and_decided() {
    each_system("policy clean.findings", |system| {
        for document in documents(system.to_owned()) {
            let (report, text) = judge(&document);
            let silent =
                report.findings.is_empty() && report.undecided.is_empty() && report.failures.is_empty();
            if !silent {
                return Err(format!("{}: {text}", document.display()));
            }
        }
        Ok(())
    });
}

#[test]
fn every_mistake_is_caught_with_the_expected_diagnostics() {
    each_system("mistakes caught.policy", |system| {
        for path in as_written(system) {
            let (report, text) = judge(&path);
            let expected = PathBuf::from(path.to_string_lossy().replace(".tf.json", ".expected.txt"));
            if std::env::var_os("BLESS").is_some() {
                fs::write(&expected, &text).unwrap();
            }
            if report.findings.is_empty() || text != fs::read_to_string(&expected).unwrap_or_default() {
                return Err(format!("{} says now:\n{text}", path.display()));
            }
        }
        Ok(())
    });
}
