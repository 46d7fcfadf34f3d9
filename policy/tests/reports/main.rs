//! The forms a report is written in: each is valid by its own standard, whatever the input says.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod annotations;
mod json;
mod markup;
mod sarif;

use std::io;

use jiff::civil::date;
use policy::acceptance::{Acceptances, accept};
use policy::{Report, Sources, check};

/// A finding, a warning, something undecided, something accepted, a broken file, and letters outside of ASCII.
const FILES: &[(&str, &str)] = &[
    (
        "./a ü.tf.json",
        "{\"resource\": {\"aws_iam_access_key\": {\"ä€😀\": {\"user\": \"ci\"}, \"b\": {\"//\": \"policy:allow IAM010 \\\"b\\\" known\"}},\n\"aws_iam_policy\": {\"p\": {\"policy\": \"${var.p}\", \"//\": \"policy:allow IAM002 \\\"x\\\" unused\"}}}}",
    ),
    ("sub/b.tf", "locals {\n  password = <<-EOT\n    hunter2\n    hunter3\n  EOT\n}\n"),
    ("c.tf.json", "{"),
];

/// The report on some files.
fn report_on(files: &[(&str, &str)]) -> (Report, Sources) {
    let mut sources = Sources::default();
    let ids: Vec<_> = files.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    let acceptances = Acceptances { today: date(2026, 11, 21), ..Acceptances::default() };
    (accept(check(&sources, &ids), &sources, &acceptances), sources)
}

type Form = fn(&Report, &Sources, &mut Vec<u8>) -> io::Result<()>;

/// What a form makes of the report on some files.
fn written(form: Form, files: &[(&str, &str)]) -> String {
    let (report, sources) = report_on(files);
    let mut out = Vec::new();
    form(&report, &sources, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_example_has_something_of_everything() {
    let (report, _) = report_on(FILES);
    let counts =
        [report.findings.len(), report.undecided.len(), report.accepted.len(), report.failures.len()];
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

#[test]
fn fingerprints_stay_when_lines_move_and_tell_equal_findings_apart() {
    let key = "resource \"aws_iam_access_key\" \"k\" {\n}\n";
    let fingerprints = |text: &str| {
        let (report, _) = report_on(&[("main.tf", text)]);
        report.findings.into_iter().map(|finding| finding.fingerprint).collect::<Vec<_>>()
    };
    let once = fingerprints(key);
    let twice = fingerprints(&format!("\n# a comment\n{key}\n{key}"));
    assert_eq!((once.len(), twice.len()), (1, 2));
    assert_eq!(once[0], twice[0]);
    assert_ne!(twice[0], twice[1]);
}

#[test]
fn another_value_is_another_finding() {
    let of = |password: &str| {
        let text = format!("locals {{\n  password = \"{password}\"\n}}\n");
        report_on(&[("main.tf", &text)]).0.findings[0].fingerprint.clone()
    };
    assert_ne!(of("hunter2"), of("hunter3"));
}
