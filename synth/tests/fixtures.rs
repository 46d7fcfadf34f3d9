//! The fixtures: golden documents, and the mistakes of the systems' documents as they were written.
//! `BLESS=1 cargo test -p synth --test fixtures` refreshes them.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

/// Compares with a committed file, or writes it where `BLESS` is set.
fn assert_committed(path: &Path, text: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, text).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    // The first line that differs, not two whole files.
    let lines = committed.lines().map(Some).chain([None]).zip(text.lines().map(Some).chain([None]));
    let differs = lines.enumerate().find(|(_, (committed, now))| committed != now);
    assert!(
        committed == text,
        "{} is not current, first at {differs:?}: run `just bless` and read the diff",
        path.display()
    );
}

fn synth(folder: &Path, file: &str) -> std::process::Output {
    Command::cargo_bin("synth").unwrap().current_dir(folder).arg(file).output().unwrap()
}

#[test]
fn action_spec_stack_file_gives_the_golden_document() {
    let folder = fixtures().join("action-spec");
    let output = synth(&folder, "stack.yaml");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_committed(&folder.join("main.tf.json"), &String::from_utf8(output.stdout).unwrap());
}

#[test]
fn action_spec_program_gives_the_same_bytes() {
    let golden = fs::read(fixtures().join("action-spec/main.tf.json")).unwrap();
    let output = program::run("action-spec", &[]);
    assert!(output.status.success() && output.stdout == golden, "the program differs from the stack file");
}

#[test]
fn every_mistake_as_written_is_refused_with_its_reason() {
    let folder = fixtures().join("action-spec/as-written/synth");
    let mut stacks: Vec<PathBuf> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    stacks.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    assert!(stacks.len() >= 8, "the mistakes are gone");
    for stack in stacks {
        let output = synth(&folder, stack.file_name().unwrap().to_str().unwrap());
        assert_eq!(output.status.code(), Some(1), "{}", stack.display());
        assert!(output.stdout.is_empty(), "{} wrote a document", stack.display());
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!message.contains("ghp_"), "{} prints a token", stack.display());
        assert_committed(&stack.with_extension("expected.txt"), &message);
    }
}

#[test]
fn the_schema_is_committed_for_editors() {
    let output = Command::cargo_bin("synth").unwrap().arg("schema").output().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("stack.schema.json");
    assert_committed(&path, &String::from_utf8(output.stdout).unwrap());
}
