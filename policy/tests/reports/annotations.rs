//! What GitHub and GitLab show beside the lines of a change.

use policy::report::{github, gitlab};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{FILES, report_on, written};

#[test]
fn a_finding_is_a_command_in_the_log() {
    let log =
        written(github::write, &[("a,b:c.tf.json", r#"{"resource": {"aws_iam_access_key": {"ci": {}}}}"#)]);
    let expected = "::error file=a%2Cb%3Ac.tf.json,line=1,endLine=1,col=38,endColumn=42,title=IAM010 long-lived-access-key::";
    assert!(log.starts_with(expected), "{log}");
}

#[test]
fn a_finding_of_several_lines_has_no_columns() {
    let log = written(github::write, FILES);
    let line = log.lines().find(|line| line.contains("SEC012")).unwrap();
    assert!(line.contains("line=2,endLine=5,title="), "{line}");
}

#[test]
fn severities_are_commands() {
    let log = written(github::write, FILES);
    let commands: Vec<&str> = log.lines().map(|line| line[2..].split(' ').next().unwrap()).collect();
    assert!(["error", "warning", "notice"].iter().all(|command| commands.contains(command)), "{log}");
}

#[test]
fn gitlab_gets_a_list_with_unique_fingerprints() {
    let list: Value = serde_json::from_str(&written(gitlab::write, FILES)).unwrap();
    let first = json!({"path": "a ü.tf.json", "lines": {"begin": 1, "end": 1}});
    assert_eq!(list[0]["location"], first);
    assert_eq!(list[0]["severity"], "critical");
    let entries = list.as_array().unwrap();
    let mut fingerprints: Vec<&str> =
        entries.iter().map(|entry| entry["fingerprint"].as_str().unwrap()).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), report_on(FILES).0.findings.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_in_the_input_is_a_command(name in "([ -~\r\n]|::error::){1,20}", label in "([ -~]|\n|\r|::set-env::){0,20}") {
        let document = json!({"resource": {"aws_iam_access_key": {(label.clone()): {}}}, "locals": {"password": label}});
        let text = document.to_string();
        let (report, _) = report_on(&[(&name, &text)]);
        let log = written(github::write, &[(&name, &text)]);
        let said = report.findings.len() + report.undecided.len() + report.failures.len();
        prop_assert_eq!(log.split(['\n', '\r']).filter(|line| !line.is_empty()).count(), said, "{}", log);
    }
}
