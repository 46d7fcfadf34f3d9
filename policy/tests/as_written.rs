//! The reference stack is clean; each mistake of its first draft is caught, with the expected
//! diagnostics beside it. `BLESS=1` refreshes them.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use policy::{Report, Sources, check, report};

fn as_written() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/action-spec/as-written/policy");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".tf.json"))
        .collect();
    files.sort();
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
fn the_stack_is_clean_and_decided() {
    let (report, text) =
        judge(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/action-spec/main.tf.json"));
    assert!(
        report.findings.is_empty() && report.undecided.is_empty() && report.failures.is_empty(),
        "{text}"
    );
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
