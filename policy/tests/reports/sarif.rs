//! SARIF is valid by the schema that OASIS publishes, and says where things are.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use std::sync::LazyLock;

use policy::report::sarif;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{FILES, written};

fn log(files: &[(&str, &str)]) -> Value {
    serde_json::from_str(&written(sarif::write, files)).unwrap()
}

static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = include_str!("../../fixtures/schemas/sarif-2.1.0.json");
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    // Its pattern of languages is no regular expression by the rules of JSON Schema; nothing here names a language.
    for definition in ["run", "toolComponent"] {
        schema["definitions"][definition]["properties"]["language"] = json!({});
    }
    jsonschema::validator_for(&schema).unwrap()
});

fn mistakes(log: &Value) -> Vec<String> {
    VALIDATOR.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn a_log_is_valid_with_something_of_everything_and_with_nothing() {
    assert_eq!((mistakes(&log(FILES)), mistakes(&log(&[]))), (Vec::new(), Vec::new()));
}

#[test]
fn the_schema_refuses_what_is_no_log() {
    let mut broken = log(FILES);
    broken["runs"][0]["results"][0]["level"] = json!("loud");
    assert_eq!(mistakes(&broken).len(), 1);
}

#[test]
fn columns_count_characters_and_paths_are_references() {
    let log = log(FILES);
    let run = &log["runs"][0];
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(place["artifactLocation"], json!({"uri": "a%20%C3%BC.tf.json", "uriBaseId": "%SRCROOT%"}));
    let region = json!({"startLine": 1, "startColumn": 38, "endLine": 1, "endColumn": 43});
    assert_eq!(place["region"], region);
}

#[test]
fn results_name_their_rules_by_id_and_index() {
    let log = log(FILES);
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
}

#[test]
fn what_is_accepted_is_suppressed_with_its_reason() {
    let log = log(FILES);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let suppressed: Vec<&Value> =
        results.iter().filter_map(|result| result.get("suppressions")).map(|all| &all[0]).collect();
    let expected = json!({"kind": "inSource", "status": "accepted", "justification": "known"});
    assert_eq!(suppressed, [&expected]);
}

#[test]
fn a_file_that_is_not_judged_is_no_success() {
    let log = log(FILES);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"][0]["level"], "error");
}

#[test]
fn other_places_are_related_locations() {
    let text = "# policy:allow IAM010 \"j\" another\nresource \"aws_iam_access_key\" \"k\" {\n}\n";
    let log = log(&[("main.tf", text)]);
    let related = &log["runs"][0]["results"][0]["relatedLocations"][0];
    assert_eq!(related["message"]["text"], "this is found with another value");
    assert_eq!(mistakes(&log), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_log_is_valid_whatever_the_input_says(name in "[ -~ä\u{0}-\u{1f}]{1,20}", label in "[ -~ä€😀]{0,20}") {
        let document = json!({"resource": {"aws_iam_access_key": {(label.clone()): {}}}, "locals": {"password": label}});
        prop_assert_eq!(mistakes(&log(&[(&name, &document.to_string())])), Vec::<String>::new());
    }
}
