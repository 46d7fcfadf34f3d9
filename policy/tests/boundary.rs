//! The checker and the synthesizer know nothing of each other: Terraform JSON is the interface. The command line of the
//! synthesizer gives the checker plans to judge, as anybody may.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

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
        // The command line of this one asks policy before it applies.
        if crate_name != "synth" {
            assert!(!all.get(crate_name).unwrap().contains("policy"), "{crate_name} depends on policy");
        }
    }
}

#[test]
fn of_synth_only_the_command_line_asks_policy_and_it_can_be_left_out() {
    let synth = Path::new(env!("CARGO_MANIFEST_DIR")).join("../synth");
    let manifest: toml::Table =
        toml::from_str(&fs::read_to_string(synth.join("Cargo.toml")).unwrap()).unwrap();
    let policy = manifest.get("dependencies").unwrap().get("policy").unwrap();
    assert_eq!(policy.get("optional"), Some(&toml::Value::Boolean(true)));
    let features = manifest.get("features").unwrap().as_table().unwrap();
    let asks = |feature: &toml::Value| feature.as_array().unwrap().contains(&"dep:policy".into());
    let asking: Vec<&String> =
        features.iter().filter(|(_, needs)| asks(needs)).map(|(name, _)| name).collect();
    assert_eq!(asking, ["engine"]);
    for file in sources(&synth.join("src")) {
        let is_of_the_command_line = file.starts_with(synth.join("src/cli"));
        let uses_it = fs::read_to_string(&file).unwrap().contains("use policy::");
        assert!(is_of_the_command_line || !uses_it, "{}", file.display());
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}
