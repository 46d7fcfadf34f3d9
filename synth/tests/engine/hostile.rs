//! What somebody else wrote leads nowhere else, and what is no stack is said to be none.

use predicates::prelude::*;
use predicates::str::contains;

use crate::app::{App, NETWORK};

#[test]
fn a_manifest_that_leads_out_of_its_folder_is_refused() {
    for folder in ["../elsewhere", "/tmp", "..", "a/../../elsewhere"] {
        let app = App::empty();
        app.write("elsewhere/main.tf.json", NETWORK);
        let manifest =
            serde_json::json!({"version": 1, "stacks": [{"stack": "a", "folder": folder, "needs": []}]});
        app.write("out/manifest.json", &manifest.to_string());
        let said = contains("is no manifest").and(contains("is no name of a folder"));
        app.synth(&["apply", "out", "--auto-approve"]).assert().code(2).stderr(said);
        assert!(!app.path("elsewhere/terraform.tfstate").exists(), "{folder}");
    }
}

#[test]
fn a_name_that_would_write_on_the_terminal_is_refused() {
    let app = App::empty();
    app.write(
        "out/manifest.json",
        r#"{"version": 1, "stacks": [{"stack": "\u001b[2Ja", "folder": "a", "needs": []}]}"#,
    );
    app.synth(&["plan", "out"]).assert().code(2).stderr(contains("\u{1b}").not());
}

#[test]
fn a_manifest_without_its_documents_is_said_to_be_so() {
    let app = App::new();
    std::fs::remove_file(app.path("out/web/main.tf.json")).unwrap();
    let said = contains("`out/web` has no main.tf.json: `--out` writes it");
    app.synth(&["plan", "out"]).assert().code(2).stderr(said);
}

#[test]
fn a_folder_without_a_stack_is_said_to_be_none() {
    let app = App::empty();
    app.write("out/README.md", "");
    let said = contains("`out` holds neither a manifest.json, which `--out` writes, nor *.tf.json or *.tf");
    app.synth(&["plan", "out"]).assert().code(2).stderr(said);
    app.synth(&["plan", "nowhere"]).assert().code(2).stderr(contains("`nowhere` could not be read"));
}

#[test]
fn a_document_that_terraform_cannot_read_is_terraforms_to_complain_about() {
    let app = App::of("{");
    app.synth(&["plan", "out"])
        .assert()
        .code(1)
        .stderr(contains("error: ").and(contains("out/main.tf.json:1")));
}

#[test]
fn standard_input_has_no_place_for_a_state() {
    let said = contains("standard input has no place for terraform's state");
    App::empty().synth(&["plan", "-"]).write_stdin("stack: a\n").assert().code(2).stderr(said);
}
