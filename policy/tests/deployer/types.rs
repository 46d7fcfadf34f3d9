//! The types of the provider: of which it is known what they need, and what holds for all of them.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;
use policy::iam::catalogue::{Level, service};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::policy;

/// The resources of hashicorp/aws.
fn types() -> Vec<String> {
    let schema = "../synth/bindings/schemas/hashicorp-aws-5.100.0.json.gz";
    let file = fs::File::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(schema)).unwrap();
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let (_, provider) = schema["provider_schemas"].as_object().unwrap().iter().next().unwrap();
    provider["resource_schemas"].as_object().unwrap().keys().cloned().collect()
}

/// One resource of each type, with a name and tags; what is printed for them, and what is complained of.
fn printed(phase: &str) -> (BTreeSet<String>, usize) {
    let one = |name: String| (name, json!({"a": {"name": "a", "tags": {"k": "v"}}}));
    let resources: Map<String, Value> = types().into_iter().map(one).collect();
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("main.tf.json"), json!({ "resource": resources }).to_string()).unwrap();
    let output = policy(&["deployer", "--phase", phase, folder.path().to_str().unwrap()]).assert().code(2);
    let policies: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let statements = policies.as_array().unwrap().iter().flat_map(|one| one["Statement"].as_array().unwrap());
    let actions = statements.flat_map(|statement| statement["Action"].as_array().unwrap());
    let unknown = String::from_utf8_lossy(&output.get_output().stderr).matches("undecided: aws_").count();
    (actions.map(|action| action.as_str().unwrap().to_owned()).collect(), unknown)
}

fn level(action: &str) -> Option<Level> {
    let (prefix, name) = action.split_once(':').unwrap();
    service(prefix).unwrap().action(name).unwrap().level
}

#[test]
fn of_most_types_it_is_known_what_they_need() {
    let (actions, unknown) = printed("all");
    let all = types().len();
    println!("known of {} of {all} types: {} actions", all - unknown, actions.len());
    assert!(unknown * 5 < all, "nothing is known of {unknown} of {all} types");
    assert!(actions.iter().all(|action| !action.contains('*')));
}

#[test]
fn planning_only_reads() {
    let (actions, _) = printed("plan");
    let changes =
        |action: &&String| matches!(level(action), Some(Level::Write | Level::Permissions | Level::Tag));
    assert_eq!(actions.iter().filter(changes).collect::<Vec<_>>(), Vec::<&String>::new());
}
