//! What is planned, with which values, and what is left of it.

use predicates::prelude::*;
use predicates::str::{contains, is_empty};

use crate::app::{App, NETWORK};

#[test]
fn a_plan_is_shown_as_terraform_prints_it_and_nothing_is_left() {
    let app = App::of(NETWORK);
    let shown = contains("terraform_data.vpc will be created")
        .and(contains("Plan: 1 to add, 0 to change, 0 to destroy."))
        .and(contains("+ upper = (sensitive value)"));
    app.synth(&["plan", "out"]).assert().code(0).stdout(shown);
    assert!(app.plans().is_empty());
    assert!(!app.path("out/terraform.tfstate").exists());
}

#[test]
fn a_stack_that_waits_for_another_one_is_not_planned_and_the_others_are() {
    let said = contains("error: Unable to find remote state")
        .and(contains("= help: `network`, before it in order, was never applied"));
    App::new().synth(&["plan", "out"]).assert().code(1).stdout(contains("terraform_data.vpc")).stderr(said);
}

#[test]
fn detailed_exit_codes_are_terraforms() {
    let app = App::of(NETWORK);
    app.synth(&["plan", "out", "--detailed-exitcode"]).assert().code(2);
    app.synth(&["apply", "out", "--auto-approve"]).assert().code(0);
    app.synth(&["plan", "out", "--detailed-exitcode"]).assert().code(0);
    app.write("out/main.tf.json", r#"{"output": {"a": {"value": "${var.nothing}"}}}"#);
    app.synth(&["plan", "out", "--detailed-exitcode"]).assert().code(1);
}

#[test]
fn nothing_is_said_quietly_but_results_and_what_is_wrong() {
    let app = App::of(NETWORK);
    let loud =
        app.synth(&["plan", "out"]).assert().code(0).stderr(contains("out: plan")).get_output().clone();
    app.synth(&["plan", "out", "--quiet"]).assert().code(0).stdout(loud.stdout).stderr(is_empty());
    app.write("out/main.tf.json", r#"{"output": {"a": {"value": "${var.nothing}"}}}"#);
    let said = contains("error: Reference to undeclared input variable");
    app.synth(&["plan", "out", "--quiet"]).assert().code(1).stdout(is_empty()).stderr(said);
}

#[test]
fn terraforms_stream_is_passed_through_with_the_stack_of_each_step() {
    let output = App::of(NETWORK).synth(&["plan", "out", "--json"]).output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let kinds: Vec<(String, String)> = lines
        .lines()
        .map(|line| {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            let text =
                |key| event.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
            (text("type"), text("step"))
        })
        .collect();
    let of = |kind: &str, step: &str| (kind.to_owned(), step.to_owned());
    assert_eq!(kinds.first(), Some(&of("synth_step", "init")));
    assert!(
        kinds.contains(&of("synth_step", "plan")) && kinds.contains(&of("planned_change", "")),
        "{kinds:?}"
    );
}

#[test]
fn variables_come_from_files_and_options_and_go_to_the_stacks_that_declare_them() {
    let app = App::new();
    app.write("values.tfvars", "range = \"10.1.0.0/16\"\n");
    let planned = |arguments: &[&str], range: &str| {
        app.synth(&[&["plan", "out", "--stack", "network"], arguments].concat())
            .assert()
            .stdout(contains(range));
    };
    planned(&["--var-file", "values.tfvars"], "10.1.0.0/16");
    planned(&["--var-file", "values.tfvars", "--var", "range=10.2.0.0/16"], "10.2.0.0/16");
    planned(&["--", "-var", "range=10.3.0.0/16"], "10.3.0.0/16");
    // `web` declares no variable, and terraform would refuse a value for it.
    app.synth(&["apply", "out", "--auto-approve", "--var", "range=10.4.0.0/16"]).assert().code(0);
}

#[test]
fn a_value_for_a_variable_that_no_stack_declares_is_refused() {
    let said = contains("error: no stack declares the variable `rnage`");
    App::new().synth(&["plan", "out", "--var", "rnage=a"]).assert().code(2).stderr(said);
}

#[test]
fn an_ephemeral_variable_is_given_to_both_steps() {
    let app = App::of(
        r#"{"variable": {"token": {"type": "string", "ephemeral": true}, "size": {"type": "number"}},
            "resource": {"terraform_data": {"a": {"input": "${var.size}"}}}}"#,
    );
    app.write("values.tfvars", "size = 3\n");
    let arguments =
        ["apply", "out", "--auto-approve", "--var", "token=hunter2", "--var-file", "values.tfvars"];
    let output = app.synth(&arguments).assert().code(0).get_output().clone();
    let said = [output.stdout, output.stderr].concat();
    assert!(!String::from_utf8(said).unwrap().contains("hunter2"));
    assert_eq!(app.state("."), ["terraform_data.a"]);
}

#[test]
fn what_stands_behind_the_dashes_is_terraforms() {
    let two = r#"{"resource": {"terraform_data": {"a": {}, "b": {}}}}"#;
    let app = App::of(two);
    app.synth(&["apply", "out", "--auto-approve", "--", "-target=terraform_data.b", "-parallelism", "1"])
        .assert()
        .code(0)
        .stderr(contains("warning: Resource targeting is in effect"));
    assert_eq!(app.state("."), ["terraform_data.b"]);
}

#[test]
fn what_is_the_commands_own_is_not_passed_on() {
    for (argument, instead) in [
        ("-out=plan", "is gone afterwards"),
        ("--destroy", "`synth destroy` does that"),
        ("-auto-approve", "before the `--`"),
        ("-input=true", "--var"),
    ] {
        let said = contains(format!("`{argument}` cannot be passed on to terraform")).and(contains(instead));
        App::of(NETWORK).synth(&["plan", "out", "--", argument]).assert().code(2).stderr(said);
    }
}

#[test]
fn init_runs_when_it_is_due_and_only_then() {
    let app = App::of(NETWORK);
    let init = || contains("out: init");
    app.synth(&["plan", "out"]).assert().stderr(init());
    app.synth(&["plan", "out"]).assert().stderr(init().not());
    app.write("out/more.tf", "output \"more\" {\n  value = 1\n}\n");
    app.synth(&["plan", "out"]).assert().stderr(init()).stdout(contains("+ more"));
}

#[test]
fn a_changed_backend_is_terraforms_to_decide_about() {
    let app = App::of(NETWORK);
    app.synth(&["plan", "out"]).assert().code(0);
    app.write("out/backend.tf.json", r#"{"terraform": {"backend": {"local": {"path": "a.tfstate"}}}}"#);
    app.synth(&["plan", "out"]).assert().code(0);
    app.write("out/backend.tf.json", r#"{"terraform": {"backend": {"local": {"path": "b.tfstate"}}}}"#);
    let said = contains("error: Backend configuration changed").and(contains("-migrate-state"));
    app.synth(&["plan", "out"]).assert().code(1).stderr(said);
    // It stays due until it succeeds.
    app.synth(&["plan", "out"]).assert().code(1).stderr(contains("out: init"));
}
