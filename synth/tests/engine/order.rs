//! Stacks are applied after what they need, and destroyed before it.

use predicates::prelude::*;
use predicates::str::contains;

use crate::app::{App, BROKEN};

#[test]
fn an_app_is_applied_in_order_and_destroyed_the_other_way_round() {
    let app = App::new();
    let in_order = contains("network:\n").and(contains("address = \"10.0.0.0/16\""));
    app.synth(&["apply", "out", "--auto-approve"]).assert().code(0).stdout(in_order);
    assert_eq!((app.state("network"), app.state("web")).0, ["terraform_data.vpc"]);
    assert_eq!(app.state("web"), ["terraform_data.server"]);

    let output = app.synth(&["destroy", "out", "--auto-approve"]).assert().code(0).get_output().clone();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.find("web: destroy").unwrap() < said.find("network: destroy").unwrap(), "{said}");
    assert!(app.state("network").is_empty() && app.state("web").is_empty());
}

#[test]
fn what_is_applied_already_is_left_alone() {
    let app = App::new();
    app.synth(&["apply", "out", "--auto-approve"]).assert().code(0);
    let state = app.read("out/web/terraform.tfstate");
    let again = app.synth(&["apply", "out", "--auto-approve"]).assert().code(0);
    again.stdout(contains("No changes.")).stderr(contains("apply").not());
    assert_eq!(app.read("out/web/terraform.tfstate"), state);
}

#[test]
fn a_stack_that_fails_stops_those_after_it_and_says_which() {
    let app = App::new();
    app.write("out/network/main.tf.json", BROKEN);
    let said = contains("error: local-exec provisioner error")
        .and(contains("out/network/main.tf.json:2:"))
        .and(contains("terraform_data.api__broken, construct api/broken"))
        .and(contains("error: network: `apply` failed with exit code 1"))
        .and(contains("warning: not begun: web"));
    app.synth(&["apply", "out", "--auto-approve"]).assert().code(1).stderr(said);
    assert!(app.state("web").is_empty());
    assert!(app.plans().is_empty());
}

#[test]
fn a_stack_can_be_chosen_and_it_is_said_what_it_needs() {
    let app = App::new();
    let said = contains("warning: `web` needs `network`, which was never applied: `--stack network`");
    app.synth(&["apply", "out", "--stack", "web", "--auto-approve"]).assert().code(1).stderr(said);
    app.synth(&["apply", "out", "--stack", "network", "--auto-approve"]).assert().code(0);
    let silent = contains("never applied").not();
    app.synth(&["apply", "out", "--stack", "web", "--auto-approve"]).assert().code(0).stderr(silent);
}

#[test]
fn what_still_needs_a_stack_that_is_destroyed_is_named() {
    let app = App::new();
    app.synth(&["apply", "out", "--auto-approve"]).assert().code(0);
    let said = contains("warning: `web` needs `network` and still stands");
    app.synth(&["destroy", "out", "--stack", "network", "--auto-approve"]).assert().code(0).stderr(said);
}

#[test]
fn whether_a_stack_was_applied_is_not_guessed_where_its_state_is_elsewhere() {
    let app = App::new();
    let elsewhere = r#"{"terraform": {"backend": {"local": {"path": "elsewhere.tfstate"}}}}"#;
    app.write("out/network/main.tf.json", elsewhere);
    let silent = contains("never applied").not();
    app.synth(&["apply", "out", "--stack", "web", "--auto-approve"]).assert().code(1).stderr(silent);
}

#[test]
fn an_unknown_stack_is_refused_with_those_there_are() {
    let said = contains("error: there is no stack `wbe`; there are: network, web");
    App::new().synth(&["plan", "out", "--stack", "wbe"]).assert().code(2).stderr(said);
}

#[test]
fn an_app_without_stacks_is_applied_at_once() {
    let app = App::empty();
    app.write("out/manifest.json", r#"{"stacks": [], "version": 1}"#);
    app.synth(&["apply", "out", "--auto-approve"]).assert().code(0).stdout("").stderr("");
}
