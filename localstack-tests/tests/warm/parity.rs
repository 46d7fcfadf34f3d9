//! The same plan, the same state.

use std::collections::BTreeSet;
use std::fs;

use localstack_tests::terraform::Step;
use localstack_tests::{Account, Failure};
use serde_json::{Value, json};

use crate::{APPLY, Provider, Suite, fixture, run};

/// What terraform prints of the plan of a stack and of the state after it was applied; then removes everything.
fn round(stack: &str, account: &Account, provider: Provider) -> Result<[Value; 2], Failure> {
    let suite = Suite::start(provider)?;
    let mut terraform = suite.prepare("parity", account, stack)?;
    terraform.set("TF_VAR_github_token", "ghp-not-a-real-token");
    fs::write(
        terraform.folder().path().join("greeting.txt"),
        fixture("warm-provider/fixtures/storage/greeting.txt")?,
    )?;
    run(&mut terraform, Step::Plan, &["-json", "-input=false", "-out=first.tfplan"])?;
    let plan = run(&mut terraform, Step::Show, &["-json", "first.tfplan"])?;
    run(&mut terraform, Step::Apply, &["-json", "-input=false", "first.tfplan"])?;
    let state = run(&mut terraform, Step::Show, &["-json"])?;
    run(&mut terraform, Step::Destroy, APPLY)?;
    terraform.folder().remove()?;
    let (mut plan, state): (Value, Value) = (serde_json::from_str(&plan)?, serde_json::from_str(&state)?);
    // A set, which terraform writes in any order (`internal/command/jsonplan`, from a map).
    if let Some(attributes) = plan["relevant_attributes"].as_array_mut() {
        attributes.sort_by_key(Value::to_string);
    }
    Ok([plan, state])
}

/// The places at which two values differ.
fn differences(one: &Value, other: &Value, at: &str, found: &mut BTreeSet<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            for name in one.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
                let place = format!("{at}/{name}");
                match (one.get(name), other.get(name)) {
                    (Some(one), Some(other)) => differences(one, other, &place, found),
                    _ => drop(found.insert(place)),
                }
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (number, (one, other)) in one.iter().zip(other).enumerate() {
                differences(one, other, &format!("{at}/{number}"), found);
            }
        }
        _ if one == other => {}
        _ => drop(found.insert(at.to_owned())),
    }
}

fn different(one: &[Value; 2], other: &[Value; 2]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, (one, other)) in ["plan", "state"].into_iter().zip(one.iter().zip(other)) {
        differences(one, other, name, &mut found);
    }
    found
}

/// What differs between two runs of terraform alone is random or a time; nothing else may differ.
#[track_caller]
fn assert_same(stack: &str) -> Result<(), Failure> {
    let account = Account::fresh();
    let alone = round(stack, &account, Provider::Alone)?;
    let again = round(stack, &account, Provider::Alone)?;
    let warm = round(stack, &account, Provider::Warm)?;
    assert!(warm[1]["values"]["root_module"]["resources"].as_array().is_some_and(|all| all.len() > 5));
    let by_chance = different(&alone, &again);
    let by_warmth = different(&alone, &warm);
    let more: Vec<&String> = by_warmth.difference(&by_chance).collect();
    assert!(more.is_empty(), "only with the warm provider: {more:?}; by chance: {by_chance:?}");
    Ok(())
}

#[test]
fn action_spec_is_planned_and_applied_as_by_terraform_alone() -> Result<(), Failure> {
    assert_same(&fixture("../fixtures/action-spec/main.tf.json")?)
}

#[test]
fn a_stack_with_two_regions_and_a_file_is_planned_and_applied_as_by_terraform_alone() -> Result<(), Failure> {
    let mut stack: Value = serde_json::from_str(&fixture("warm-provider/fixtures/storage/main.tf.json")?)?;
    // Which of the two comes first is chance, and an object has a version only after.
    stack["resource"]["aws_s3_object"]["greeting"]["depends_on"] = json!(["aws_s3_bucket_versioning.files"]);
    assert_same(&stack.to_string())
}
