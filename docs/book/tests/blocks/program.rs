//! The programs of this project, and what they say of arguments.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The programs whose arguments are held against their own command line.
pub(crate) const OURS: [&str; 3] = ["synth", "policy", "warm-provider"];

/// The folder of the programs, which stand beside the tests' own. `cargo test --workspace` builds them before; one that
/// is not there is built, with the features of its package alone.
pub(crate) static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let own = std::env::current_exe().unwrap();
    let folder = own.ancestors().nth(2).unwrap().to_owned();
    for name in OURS.into_iter().filter(|name| !folder.join(name).is_file()) {
        let built =
            Command::new(env!("CARGO")).args(["build", "--quiet", "--locked", "--package", name]).status();
        assert!(built.unwrap().success(), "`{name}` could not be built");
    }
    folder
});

/// What a program of ours has against some arguments; it reads them and does nothing, for `--help` stands at their end.
pub(crate) fn refuses(name: &str, arguments: &[String]) -> Option<String> {
    let own = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    let output = Command::new(FOLDER.join(name)).args(&arguments[..own]).arg("--help").output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    (!output.status.success()).then(|| complaint.lines().next().unwrap_or("it fails").to_owned())
}

/// A package of the workspace, and the names of its targets.
struct Package {
    name: String,
    targets: Vec<String>,
}

static PACKAGES: LazyLock<Vec<Package>> = LazyLock::new(|| {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(top)
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let names = |of: &serde_json::Value| of["name"].as_str().unwrap().to_owned();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| Package {
            name: names(package),
            targets: package["targets"].as_array().unwrap().iter().map(names).collect(),
        })
        .collect()
});

/// What is wrong with the arguments of cargo: a package or a target that the workspace has not.
pub(crate) fn unknown_to_cargo(arguments: &[String]) -> Option<String> {
    let own = arguments.split(|argument| argument == "--").next().unwrap();
    let values = |names: &[&str]| -> Vec<&String> {
        let pairs = own.windows(2).filter(|pair| names.contains(&pair[0].as_str()));
        pairs.map(|pair| &pair[1]).collect()
    };
    let named = values(&["-p", "--package"]);
    for name in &named {
        if !PACKAGES.iter().any(|package| package.name == **name) {
            return Some(format!("there is no package `{name}`"));
        }
    }
    let packages = || PACKAGES.iter().filter(|one| named.is_empty() || named.contains(&&one.name));
    for target in values(&["--test", "--example", "--bench", "--bin"]) {
        if !packages().any(|package| package.targets.contains(target)) {
            return Some(format!("there is no target `{target}`"));
        }
    }
    None
}
