//! The hooks of this repository, run by the real pre-commit in a repository of somebody else. pre-commit is installed
//! once, from a lock file with hashes.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// Runs a program to its end, and says what it said if it failed.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", said(&output));
    said(&output)
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The folder of pre-commit's programs. Two tests at once install once.
fn pre_commit() -> PathBuf {
    let lock = include_str!("requirements.lock");
    let name = format!(
        "pre-commit-{:x}",
        lock.bytes().fold(0_u32, |sum, byte| sum.rotate_left(5) ^ u32::from(byte))
    );
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let waiting = File::create(home.with_extension("lock")).unwrap();
    waiting.lock().unwrap();
    if !home.join("done").is_file() {
        let requirements = Path::new(HERE).join("tests/pre_commit/requirements.lock");
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home));
        let pip =
            ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"];
        run(Command::new(home.join("bin/python")).args(pip).arg(requirements));
        fs::write(home.join("done"), "").unwrap();
    }
    home.join("bin")
}

/// A repository that offers the hooks, with the command built already, and one that uses them.
struct Repositories {
    hooks: TempDir,
    scratch: TempDir,
    cache: TempDir,
    programs: PathBuf,
}

impl Repositories {
    fn new() -> Repositories {
        let made = Repositories {
            hooks: TempDir::new().unwrap(),
            scratch: TempDir::new().unwrap(),
            cache: TempDir::new().unwrap(),
            programs: pre_commit(),
        };
        let hooks = made.hooks.path();
        fs::create_dir_all(hooks.join("policy")).unwrap();
        fs::create_dir_all(hooks.join("target/release")).unwrap();
        let manifest = Path::new(HERE).join("../.pre-commit-hooks.yaml");
        fs::copy(manifest, hooks.join(".pre-commit-hooks.yaml")).unwrap();
        fs::copy(Path::new(HERE).join("pre-commit"), hooks.join("policy/pre-commit")).unwrap();
        symlink(assert_cmd::cargo::cargo_bin("policy"), hooks.join("target/release/policy")).unwrap();
        made.git(hooks, &["init", "-q"]);
        made.git(hooks, &["add", "."]);
        made.git(hooks, &["commit", "-qm", "hooks"]);
        made.git(hooks, &["tag", "v1"]);
        made.git(made.scratch.path(), &["init", "-q"]);
        let settings = format!(
            "repos:\n- repo: {}\n  rev: v1\n  hooks:\n  - id: policy\n  - id: policy-secrets\n",
            hooks.display()
        );
        made.write(".pre-commit-config.yaml", &settings);
        run(made.command("pre-commit").args(["install", "--install-hooks"]));
        made
    }

    fn git(&self, folder: &Path, arguments: &[&str]) {
        run(self.command("git").current_dir(folder).args(arguments));
    }

    /// A program in the scratch repository, of this test and none of the machine's settings.
    fn command(&self, program: &str) -> Command {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new(program);
        command
            .current_dir(self.scratch.path())
            .env("PATH", format!("{}:{path}", self.programs.display()))
            .env("PRE_COMMIT_HOME", self.cache.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "t").env(format!("GIT_{who}_EMAIL"), "t@example.org");
        }
        command
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.scratch.path().join(name), text).unwrap();
    }

    /// Commits everything: whether git did, and what was said.
    fn commit(&self) -> (bool, String) {
        self.git(self.scratch.path(), &["add", "."]);
        let output = self.command("git").args(["commit", "-qm", "change"]).output().unwrap();
        (output.status.success(), said(&output))
    }
}

#[test]
fn a_commit_with_a_secret_is_refused_and_one_without_passes() {
    let repositories = Repositories::new();
    repositories.write("main.tf", "variable \"token\" {\n  sensitive = true\n}\n");
    repositories.write(".env", "PORT=8080\nTOKEN=$TOKEN\n");
    let (done, said) = repositories.commit();
    assert!(done, "{said}");

    for (name, text) in [
        ("main.tf", "locals {\n  password = \"hunter2\"\n}\n"),
        (".env", "DB_PASSWORD=hunter2\n"),
        ("prod.tfvars", "db_password = \"hunter2\"\n"),
        (
            "terraform.tfstate.backup",
            r#"{"version": 4, "lineage": "l", "outputs": {"password": {"value": "hunter2"}}}"#,
        ),
    ] {
        repositories.write(name, text);
        let (done, said) = repositories.commit();
        assert!(!done && said.contains("error[SEC") && !said.contains("hunter2"), "{name}: {said}");
        repositories.git(repositories.scratch.path(), &["reset", "-q", "--hard"]);
    }
}

#[test]
fn a_file_is_judged_with_the_rest_of_its_folder() {
    let repositories = Repositories::new();
    repositories.write("variables.tf", "variable \"name\" {\n  type = string\n}\n");
    assert!(repositories.commit().0);
    repositories.write("main.tf", "output \"name\" {\n  value = var.name\n}\n");
    let (done, said) = repositories.commit();
    assert!(done, "{said}");
}

/// What a hook may cost a commit, once it is built.
const MAX_SECONDS: f64 = 0.2;

#[test]
fn a_hook_hardly_costs_time() {
    let repositories = Repositories::new();
    repositories.write("main.tf", "variable \"token\" {\n  sensitive = true\n}\n");
    repositories.write(".env", "PORT=8080\n");
    repositories.git(repositories.scratch.path(), &["add", "."]);
    let seconds = || {
        let said = run(repositories.command("pre-commit").args(["run", "--verbose", "--all-files"]));
        let durations = said.lines().filter_map(|line| line.strip_prefix("- duration: ")?.strip_suffix('s'));
        let durations: Vec<f64> = durations.map(|seconds| seconds.parse().unwrap()).collect();
        assert_eq!(durations.len(), 2, "{said}");
        durations.into_iter().fold(0.0, f64::max)
    };
    // The best of some: what else the machine does is no cost of the hook.
    let best = (0..5).map(|_| seconds()).fold(f64::INFINITY, f64::min);
    println!("a hook adds {best} s to a commit, by pre-commit's own clock");
    assert!(best <= MAX_SECONDS, "{best} s");
}
