//! Policy judges each plan before it is applied.

use predicates::prelude::*;
use predicates::str::contains;

use crate::app::{App, NETWORK};

/// What nobody should apply: a password in plain text.
const SECRET: &str = r#"{
  "resource": {"terraform_data": {"a": {}}},
  "output": {"password": {"value": "correct-horse-7-battery", "sensitive": true}}
}"#;

fn apply(app: &App, arguments: &[&str]) -> assert_cmd::Command {
    app.synth(&[&["apply", "out", "--auto-approve"], arguments].concat())
}

#[test]
fn a_finding_stops_the_apply_and_shows_no_secret() {
    let app = App::of(SECRET);
    let shown = contains("error[SEC012]")
        .and(contains("at: output.password"))
        .and(contains("1 finding"))
        .and(contains("correct-horse").not());
    let said = contains("policy found something in the plan, and nothing was applied")
        .and(contains(".policy.toml"))
        .and(contains("`--no-policy` applies it unjudged"));
    apply(&app, &[]).assert().code(1).stdout(shown).stderr(said);
    assert!(app.state(".").is_empty() && app.plans().is_empty());
}

#[test]
fn a_finding_in_the_second_stack_leaves_the_first_one_applied() {
    let app = App::new();
    app.write("out/web/main.tf.json", SECRET);
    apply(&app, &[]).assert().code(1).stderr(contains("error: web: policy found something"));
    assert_eq!((app.state("network").len(), app.state("web").len()), (1, 0));
}

#[test]
fn without_policy_it_is_applied_and_that_is_said() {
    let app = App::of(SECRET);
    let said = contains("warning: out: --no-policy: nobody has judged this plan");
    apply(&app, &["--no-policy", "--quiet"]).assert().code(0).stderr(said);
    assert_eq!(app.state("."), ["terraform_data.a"]);
}

#[test]
fn settings_of_the_folder_count() {
    let app = App::of(SECRET);
    app.write(".policy.toml", "[rules]\nSEC012 = { severity = \"suggestion\", reason = \"a test\" }\n");
    apply(&app, &[]).assert().code(0).stdout(contains("suggestion[SEC012]"));
}

#[test]
fn a_finding_is_accepted_by_the_file_that_the_report_names() {
    let app = App::of(SECRET);
    let refused = apply(&app, &[]).assert().code(1).get_output().clone();
    let report = String::from_utf8(refused.stdout).unwrap();
    let (_, fingerprint) = report.split_once("fingerprint ").unwrap();
    let fingerprint = fingerprint.lines().next().unwrap();
    app.write(
        ".policy.toml",
        &format!(
            "[[allow]]\nrule = \"SEC012\"\nfile = \"out/plan.json\"\naddress = \"output.password\"\n\
             value = \"{fingerprint}\"\nreason = \"a test\"\n"
        ),
    );
    apply(&app, &[]).assert().code(0).stdout(contains("0 findings").and(contains("1 accepted")));
}

#[test]
fn what_is_accepted_in_the_document_is_accepted_in_its_plan_and_another_value_is_not() {
    let app = App::of(SECRET);
    let refused = apply(&app, &[]).assert().code(1).get_output().clone();
    let report = String::from_utf8(refused.stdout).unwrap();
    let (_, fingerprint) = report.split_once("fingerprint ").unwrap();
    let allow = format!("policy:allow SEC012 \\\"{}\\\" a test", fingerprint.lines().next().unwrap());
    let accepted = SECRET.replace("\"sensitive\"", &format!("\"//\": \"{allow}\", \"sensitive\""));
    app.write("out/main.tf.json", &accepted.replace("battery", "station"));
    apply(&app, &[]).assert().code(1).stdout(contains("error[SEC012]"));
    assert!(app.state(".").is_empty());
    app.write("out/main.tf.json", &accepted);
    apply(&app, &[]).assert().code(0).stdout(contains("0 findings").and(contains("1 accepted")));
}

#[test]
fn settings_that_cannot_be_read_stop_the_apply_too() {
    let app = App::of(SECRET);
    app.write(".policy.toml", "fail-no = 1\n");
    apply(&app, &[]).assert().code(2).stderr(contains(".policy.toml:1:1"));
    assert!(app.state(".").is_empty());
}

#[test]
fn with_terraforms_stream_the_report_goes_where_people_look() {
    let output = apply(&App::of(SECRET), &["--json"]).output().unwrap();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
    assert!(String::from_utf8(output.stderr).unwrap().contains("error[SEC012]"));
}

#[test]
fn what_is_clean_is_applied_with_a_report() {
    let shown = contains("0 findings, 0 undecided, 1 file read");
    apply(&App::of(NETWORK), &[]).assert().code(0).stdout(shown);
}

#[test]
fn what_is_destroyed_is_not_judged() {
    let app = App::of(SECRET);
    apply(&app, &["--no-policy"]).assert().code(0);
    app.synth(&["destroy", "out", "--auto-approve"]).assert().code(0).stdout(contains("SEC012").not());
    assert!(app.state(".").is_empty());
}
