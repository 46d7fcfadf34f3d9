//! The checker and the synthesizer know nothing of each other: Terraform JSON is the interface.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// The packages that each package of the workspace depends on, tests and other packages in between included.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--all-features"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
    let metadata: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let names: BTreeMap<String, String> = list(metadata.pointer("/packages").unwrap())
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let nodes: BTreeMap<String, Vec<String>> = list(metadata.pointer("/resolve/nodes").unwrap())
        .iter()
        .map(|node| (text(&node["id"]), list(&node["dependencies"]).iter().map(text).collect()))
        .collect();
    let members = list(metadata.pointer("/workspace_members").unwrap());
    let closure = |member: &String| {
        let (mut open, mut seen) = (vec![member.clone()], BTreeSet::new());
        while let Some(package) = open.pop() {
            let next =
                nodes.get(&package).unwrap().iter().filter(|id| seen.insert(names.get(*id).unwrap().clone()));
            open.extend(next.cloned().collect::<Vec<_>>());
        }
        (names.get(member).unwrap().clone(), seen)
    };
    members.iter().map(text).map(|member| closure(&member)).collect()
}

#[test]
fn policy_and_synth_do_not_depend_on_each_other() {
    let all = dependencies();
    let synth: Vec<&String> = all.keys().filter(|name| name.starts_with("synth")).collect();
    assert!(synth.len() >= 4, "only {synth:?} are there");
    for crate_name in synth {
        assert!(!all.get("policy").unwrap().contains(crate_name), "policy depends on {crate_name}");
        assert!(!all.get(crate_name).unwrap().contains("policy"), "{crate_name} depends on policy");
    }
}
