//! `synth get` as a user runs it.

#![cfg(feature = "get")]

use assert_cmd::Command;
use predicates::prelude::{PredicateBooleanExt as _, predicate};

const SCHEMA: &str = r#"{"format_version":"1.0","provider_schemas":{"registry.terraform.io/hashicorp/random":{
    "provider":{"version":0,"block":{}},
    "resource_schemas":{"random_pet":{"version":0,"block":{"attributes":{
        "length":{"type":"number","optional":true},"id":{"type":"string","computed":true}}}}}}}}"#;

fn get(out: &std::path::Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("synth"));
    command.args(["get", "--schema", "-", "--out"]).arg(out);
    command
}

#[test]
fn a_crate_is_written_into_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("random");
    get(&out).args(["--version", "3.7.2"]).write_stdin(SCHEMA).assert().code(0).stdout("").stderr("");
    let manifest = std::fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"terraform-random\""), "{manifest}");
    let types = std::fs::read_to_string(out.join("src/types.rs")).unwrap();
    assert!(types.contains("Pet, PetHandle: Resource \"random_pet\" ()"), "{types}");
}

#[test]
fn writing_again_writes_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let written = || {
        get(folder.path()).write_stdin(SCHEMA).assert().code(0);
        std::fs::read_to_string(folder.path().join("src/types.rs")).unwrap()
    };
    assert_eq!(written(), written());
}

#[test]
fn a_provider_that_is_not_in_the_schema_is_named_with_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    let said = predicate::str::contains("`hashicorp/null`").and(predicate::str::contains("hashicorp/random"));
    get(folder.path())
        .args(["--provider", "hashicorp/null"])
        .write_stdin(SCHEMA)
        .assert()
        .code(2)
        .stdout("")
        .stderr(said);
}

#[test]
fn text_that_is_no_schema_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    get(folder.path())
        .write_stdin("hello")
        .assert()
        .code(2)
        .stdout("")
        .stderr(predicate::str::contains("`-`"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
