//! Every document in `documents/` is judged as the file beside it says; `just bless` writes these files.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use synth_check::{Schemas, Source, check};

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.to_str().is_some_and(|path| path.ends_with(".tf.json"))).collect();
    files.sort();
    files
}

#[test]
fn every_document_is_judged_as_its_expectation_says() {
    let schemas = Schemas::embedded();
    let mut wrong = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let report = format!("{}\n", check(&[Source { name, text: &text }], &schemas));
        let expected = path.with_file_name(name.replace(".tf.json", ".expected.txt"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &report).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != report {
            wrong.push(format!("{name}:\n{report}"));
        }
    }
    assert!(wrong.is_empty(), "not as expected; `just bless` and read the difference:\n{}", wrong.join("\n"));
}

#[test]
fn every_finding_has_a_line_and_a_pointer_into_the_document() {
    let schemas = Schemas::embedded();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let Ok(document) = serde_json::from_str::<serde_json::Value>(&text) else { continue };
        for finding in check(&[Source { name: "main.tf.json", text: &text }], &schemas).findings {
            assert!(finding.place.line > 0 && finding.place.column > 0);
            assert!(document.pointer(&finding.place.pointer).is_some(), "{path:?}: {finding:?}");
        }
    }
}
