//! What `synth output` prints, and what it keeps to itself.

use predicates::prelude::*;
use predicates::str::contains;
use serde_json::{Value, json};

use crate::app::App;

/// An app that stands; the sensitive output of `network` is `10.0.0.0/16`, as the plain one of `web`.
fn applied() -> App {
    let app = App::new();
    app.synth(&["apply", "out", "--auto-approve", "--quiet", "--var", "range=secret-range"]).assert().code(0);
    app
}

#[test]
fn outputs_are_printed_by_stack_and_sensitive_ones_by_name() {
    let shown =
        "network:\n  range = \"secret-range\"\n  upper = <sensitive>\nweb:\n  address = \"secret-range\"\n";
    applied().synth(&["output", "out"]).assert().code(0).stdout(shown);
}

#[test]
fn for_programs_sensitive_values_are_left_out() {
    let output = applied().synth(&["output", "out", "--json"]).output().unwrap();
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let shown = json!({
        "network": {
            "range": {"sensitive": false, "type": "string", "value": "secret-range"},
            "upper": {"sensitive": true, "type": "string"},
        },
        "web": {"address": {"sensitive": false, "type": "string", "value": "secret-range"}},
    });
    assert_eq!(value, shown);
}

#[test]
fn one_value_is_printed_as_it_is_when_it_is_asked_for() {
    let app = applied();
    app.synth(&["output", "out", "--stack", "network", "--raw", "upper"])
        .assert()
        .code(0)
        .stdout("SECRET-RANGE");
    let said = contains("`network` has no output `uper`; it has: range, upper");
    app.synth(&["output", "out", "--stack", "network", "--raw", "uper"])
        .assert()
        .code(1)
        .stdout("")
        .stderr(said);
    let said = contains("`--raw` is about one stack: choose it by `--stack` (network, web)");
    app.synth(&["output", "out", "--raw", "upper"]).assert().code(2).stdout("").stderr(said);
}

#[test]
fn what_was_never_applied_has_no_outputs() {
    let app = App::new();
    app.synth(&["output", "out"]).assert().code(0).stdout("").stderr("");
    app.synth(&["output", "out", "--json"]).assert().code(0).stdout(contains("\"web\": {}"));
}

#[test]
fn a_sensitive_value_is_in_nothing_that_apply_says() {
    let app = App::new();
    let arguments = ["apply", "out", "--auto-approve", "--var", "range=visible"];
    let output = app.synth(&arguments).assert().code(0).get_output().clone();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(said.contains("visible") && !said.contains("VISIBLE"), "{said}");
    let stream = app.synth(&["apply", "out", "--auto-approve", "--json"]).assert().code(0);
    stream.stdout(contains("VISIBLE").not());
}
