//! An app of two stacks, of which the second reads what the first one made.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

const MANIFEST: &str = r#"{"version": 1, "stacks": [
    {"folder": "network", "needs": [], "stack": "network"},
    {"folder": "web", "needs": ["network"], "stack": "web"}
]}"#;

pub(crate) const NETWORK: &str = r#"{
  "variable": {"range": {"type": "string", "default": "10.0.0.0/16"}},
  "resource": {"terraform_data": {"vpc": {"input": "${var.range}"}}},
  "output": {
    "range": {"value": "${terraform_data.vpc.output}"},
    "upper": {"value": "${upper(var.range)}", "sensitive": true}
  }
}"#;

const WEB: &str = r#"{
  "data": {"terraform_remote_state": {"network": {
    "backend": "local", "config": {"path": "${path.module}/../network/terraform.tfstate"}
  }}},
  "resource": {"terraform_data": {"server": {"input": "${data.terraform_remote_state.network.outputs.range}"}}},
  "output": {"address": {"value": "${terraform_data.server.output}"}}
}"#;

/// A resource whose creation fails.
pub(crate) const BROKEN: &str = r#"{"resource": {"terraform_data": {"api__broken": {
    "provisioner": [{"local-exec": {"command": "echo it is broken; exit 3"}}]
}}}}"#;

/// A folder as `--out` writes it, and a home of its own.
pub(crate) struct App {
    folder: TempDir,
}

impl App {
    /// `network` and `web`.
    pub(crate) fn new() -> App {
        let app = App::empty();
        app.write("out/manifest.json", MANIFEST);
        app.write("out/network/main.tf.json", NETWORK);
        app.write("out/web/main.tf.json", WEB);
        app
    }

    /// Nothing.
    pub(crate) fn empty() -> App {
        App { folder: tempfile::tempdir().unwrap() }
    }

    /// One stack without a manifest.
    pub(crate) fn of(document: &str) -> App {
        let app = App::empty();
        app.write("out/main.tf.json", document);
        app
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// The addresses in a state; none where there is no state.
    pub(crate) fn state(&self, stack: &str) -> Vec<String> {
        let Ok(text) = fs::read(self.path(&format!("out/{stack}/terraform.tfstate"))) else {
            return Vec::new();
        };
        let state: serde_json::Value = serde_json::from_slice(&text).unwrap();
        let resources = state.get("resources").unwrap().as_array().unwrap();
        let text =
            |resource: &serde_json::Value, key| resource.get(key).unwrap().as_str().unwrap().to_owned();
        let managed = resources.iter().filter(|resource| text(resource, "mode") == "managed");
        managed.map(|resource| format!("{}.{}", text(resource, "type"), text(resource, "name"))).collect()
    }

    /// `synth`, run in the folder of the app, with nothing of the environment of who runs the tests but the path.
    pub(crate) fn synth(&self, arguments: &[&str]) -> Command {
        Command::from_std(self.process(arguments))
    }

    /// The same, to be spawned.
    pub(crate) fn process(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("synth"));
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", self.path("home"));
        // A program that is named is taken instead of the first on the path.
        command.envs(std::env::var_os("SYNTH_TERRAFORM").map(|program| ("SYNTH_TERRAFORM", program)));
        command
    }

    /// What is left of plans.
    pub(crate) fn plans(&self) -> Vec<PathBuf> {
        plans_below(self.folder.path())
    }

    /// Puts a program on a path of its own, and returns that path.
    pub(crate) fn program(&self, name: &str, script: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;
        let file = format!("bin/{name}");
        self.write(&file, &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(self.path(&file), fs::Permissions::from_mode(0o755)).unwrap();
        self.path("bin")
    }
}

fn plans_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_plan = path.file_name().unwrap().to_string_lossy().starts_with("synth-plan");
        if is_plan {
            found.push(path);
        } else if path.is_dir() {
            found.extend(plans_below(&path));
        }
    }
    found
}
