//! The checker and the synthesizer know nothing of each other: Terraform JSON is the interface. What draws documents reads them as
//! the checker does, and is a part of the command `synth`, never of what synthesizes.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// What draws documents, and the command that it is a part of.
const READERS: [&str; 2] = ["synth", "synth-graph"];

/// `Cargo.lock`: it holds the dependencies for every feature, platform and test, and reading it needs no network.
#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    /// Only what is downloaded has one: members of the workspace have none.
    source: Option<String>,
    /// `name`, or `name version` where several versions are locked.
    #[serde(default)]
    dependencies: Vec<String>,
}

/// The packages that each member of the workspace depends on, packages in between included.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock")).unwrap();
    let lock: Lock = toml::from_str(&lock).unwrap();
    let mut direct: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in &lock.package {
        let names = package.dependencies.iter().filter_map(|one| one.split(' ').next());
        direct.entry(&package.name).or_default().extend(names);
    }
    let closure = |member: &str| {
        let (mut open, mut seen) = (vec![member], BTreeSet::new());
        while let Some(package) = open.pop() {
            open.extend(direct.get(package).unwrap().iter().filter(|name| seen.insert((**name).to_owned())));
        }
        seen
    };
    let members = lock.package.iter().filter(|package| package.source.is_none());
    members.map(|package| (package.name.clone(), closure(&package.name))).collect()
}

#[test]
fn policy_and_synth_do_not_depend_on_each_other() {
    let all = dependencies();
    let synth: Vec<&String> = all.keys().filter(|name| name.starts_with("synth")).collect();
    assert!(synth.len() >= 4, "only {synth:?} are there");
    for crate_name in synth {
        assert!(!all.get("policy").unwrap().contains(crate_name), "policy depends on {crate_name}");
        let reads = all.get(crate_name).unwrap().contains("policy");
        assert!(!reads || READERS.contains(&crate_name.as_str()), "{crate_name} depends on policy");
    }
}

#[test]
fn the_constructs_can_be_used_without_the_checker() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../synth/Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    let dependency = manifest["dependencies"]["synth-graph"].as_table().unwrap();
    assert_eq!(dependency["optional"].as_bool(), Some(true));
    let features = manifest["features"].as_table().unwrap();
    let asks = |feature: &toml::Value| {
        feature.as_array().unwrap().iter().any(|part| part.as_str() == Some("dep:synth-graph"))
    };
    let asking: Vec<&String> =
        features.iter().filter(|(_, feature)| asks(feature)).map(|(name, _)| name).collect();
    assert_eq!(asking, ["graph"]);
}
