//! The labelled cases: one a line.

use std::fs;
use std::path::Path;

use policy::{Sources, check};

use crate::document::Document;

/// A value in its place, and whether it is a secret.
pub(crate) struct Case {
    pub(crate) is_secret: bool,
    pub(crate) place: String,
    pub(crate) name: String,
    pub(crate) value: String,
    /// The line it was read from.
    pub(crate) line: String,
}

/// The cases of every file of a folder by its name.
pub(crate) fn sets(folder: &Path) -> Vec<(String, Vec<Case>)> {
    let mut sets: Vec<(String, Vec<Case>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().replace('-', " ");
            (name, fs::read_to_string(&path).unwrap().lines().map(Case::parse).collect())
        })
        .collect();
    sets.sort_by(|(one, _), (other, _)| one.cmp(other));
    sets
}

impl Case {
    pub(crate) fn parse(line: &str) -> Case {
        let columns: Vec<&str> = line.splitn(4, '\t').collect();
        let [label, place, name, value] = columns.as_slice() else {
            panic!("four columns belong into `{line}`");
        };
        Case {
            is_secret: match *label {
                "found" => true,
                "silent" => false,
                _ => panic!("`{label}` is no label"),
            },
            place: (*place).to_owned(),
            name: (*name).to_owned(),
            value: (*value).to_owned(),
            line: line.to_owned(),
        }
    }

    pub(crate) fn document(&self) -> Document {
        Document::of(self)
    }

    /// Whether it is reported: a secret where it stands, what is none anywhere.
    pub(crate) fn is_reported(&self) -> bool {
        let document = self.document();
        let mut sources = Sources::default();
        let file = sources.add(document.file, document.text.as_str());
        let report = check(&sources, &[file]);
        assert!(report.failures.is_empty(), "{}: {:?}", document.text, report.failures);
        let mut found = report.findings.iter().filter(|finding| finding.rule.id.starts_with("SEC"));
        found.any(|finding| {
            let span = finding.span;
            let here = document.secret.start < span.end() && span.start() < document.secret.end;
            here || !self.is_secret
        })
    }
}
