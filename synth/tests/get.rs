//! `synth get` as a user runs it.

#![cfg(feature = "get")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use assert_cmd::Command;
use predicates::prelude::{PredicateBooleanExt as _, predicate};

const SCHEMA: &str = r#"{"format_version":"1.0","provider_schemas":{"registry.terraform.io/hashicorp/random":{
    "provider":{"version":0,"block":{}},
    "resource_schemas":{"random_pet":{"version":0,"block":{"attributes":{
        "length":{"type":"number","optional":true},"id":{"type":"string","computed":true}}}}}}}}"#;

fn get(out: &std::path::Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("synth"));
    command.args(["get", "--schema", "-", "--out"]).arg(out);
    command
}

#[test]
fn a_crate_is_written_into_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("random");
    let mut get = get(&out);
    get.args(["--version", "3.7.2", "--core", CORE])
        .write_stdin(SCHEMA)
        .assert()
        .code(0)
        .stdout("")
        .stderr("");
    let manifest = std::fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"terraform-random\""), "{manifest}");
    let types = std::fs::read_to_string(out.join("src/types.rs")).unwrap();
    assert!(types.contains("Pet, PetHandle: Resource \"random_pet\" ()"), "{types}");
}

#[test]
fn writing_again_writes_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let written = || {
        get(folder.path()).write_stdin(SCHEMA).assert().code(0);
        std::fs::read_to_string(folder.path().join("src/types.rs")).unwrap()
    };
    assert_eq!(written(), written());
}

#[test]
fn a_manifest_that_names_somebody_elses_crate_is_warned_about() {
    let folder = tempfile::tempdir().unwrap();
    let said = predicate::str::starts_with("warning: `synth-core` of crates.io is somebody else's")
        .and(predicate::str::contains("--core DIR"));
    get(folder.path())
        .args(["--version", "3.7.2"])
        .write_stdin(SCHEMA)
        .assert()
        .code(0)
        .stdout("")
        .stderr(said);
}

#[test]
fn a_provider_that_is_not_in_the_schema_is_named_with_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    let said = predicate::str::contains("`hashicorp/null`").and(predicate::str::contains("hashicorp/random"));
    get(folder.path())
        .args(["--provider", "hashicorp/null"])
        .write_stdin(SCHEMA)
        .assert()
        .code(2)
        .stdout("")
        .stderr(said);
}

#[test]
fn text_that_is_no_schema_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    get(folder.path())
        .write_stdin("hello")
        .assert()
        .code(2)
        .stdout("")
        .stderr(predicate::str::contains("`-`"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// The crate that bindings need.
const CORE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/core");

/// `synth get` with nothing but `path` to find programs on.
fn get_with(path: &std::path::Path, out: &std::path::Path, provider: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("synth"));
    command.args(["get", "--provider", provider, "--core", CORE, "--out"]).arg(out);
    command.env("PATH", path).env_remove("SYNTH_TERRAFORM");
    command
}

/// A program that ends as `script` says, in a folder of its own.
#[cfg(unix)]
fn program(name: &str, script: &str) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let version = "case $1 in version) echo 'Terraform v1.11.4'; echo 'on linux_amd64'; exit;; esac";
    std::fs::write(&path, format!("#!/bin/sh\n{version}\n{script}\n")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[test]
fn without_a_terraform_it_is_said_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    let out = empty.path().join("out");
    let said = predicate::str::contains("install Terraform 1.11.0 or newer")
        .and(predicate::str::contains("SYNTH_TERRAFORM"))
        .and(predicate::str::contains("--schema FILE"));
    get_with(empty.path(), &out, "hashicorp/random@3.6.0").assert().code(2).stdout("").stderr(said);
    assert!(!out.exists());
}

#[test]
fn a_named_program_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    get_with(folder.path(), folder.path(), "hashicorp/random")
        .args(["--terraform", "/nowhere/terraform"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("cannot start `/nowhere/terraform`"));
}

#[test]
fn what_is_no_source_address_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for provider in ["random", "@3.6.0", "a/b/c/d", "hashicorp/${x}"] {
        let said = predicate::str::contains("is not a provider's source address");
        get_with(folder.path(), folder.path(), provider).assert().code(2).stderr(said);
    }
}

#[cfg(unix)]
#[test]
fn what_terraform_says_of_an_unknown_provider_is_passed_on() {
    let path = program("terraform", "echo 'Error: no such provider' >&2; exit 1");
    let out = path.path().join("out");
    let said = predicate::str::contains("terraform init` failed\nError: no such provider");
    get_with(path.path(), &out, "hashicorp/nothing").assert().code(2).stdout("").stderr(said);
    assert!(!out.exists());
}

#[cfg(unix)]
#[test]
fn the_schema_is_asked_for_with_the_version_that_was_installed() {
    let script = format!(
        "case $2 in
           init) read -r text < \"${{1#-chdir=}}/main.tf.json\" || true
                 case $text in *'\"version\":\"~> 3.6\"'*) ;; *) echo \"$text\" >&2; exit 1;; esac;;
           providers) echo '{}';;
           version) echo '{{\"provider_selections\":{{\"registry.opentofu.org/hashicorp/random\":\"3.6.3\"}}}}';;
         esac",
        SCHEMA.replace('\n', "").replace("registry.terraform.io", "registry.opentofu.org")
    );
    let path = program("tofu", &script);
    let out = path.path().join("out");
    get_with(path.path(), &out, "hashicorp/random@~> 3.6").assert().code(0).stdout("").stderr("");
    let library = std::fs::read_to_string(out.join("src/lib.rs")).unwrap();
    assert!(library.contains("source: \"hashicorp/random\", version: \"3.6.3\""), "{library}");
}

#[cfg(unix)]
#[test]
fn an_answer_that_is_no_schema_is_an_error() {
    let path = program("terraform", "echo hello");
    let said = predicate::str::contains("not the output of `terraform providers schema -json`");
    get_with(path.path(), path.path(), "hashicorp/random").assert().code(2).stderr(said);
}

fn get_module(module: &std::path::Path, out: &std::path::Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("synth"));
    command.args(["get", "--source", "acme/network/aws", "--version", "~> 1.0", "--core", CORE, "--module"]);
    command.arg(module).arg("--out").arg(out);
    command
}

#[test]
fn a_module_becomes_a_crate_named_as_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let module = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/modules/network");
    let out = folder.path().join("out");
    get_module(&module, &out).assert().code(0).stdout("").stderr("");
    let manifest = std::fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"module-network\""), "{manifest}");
    let call = std::fs::read_to_string(out.join("src/call.rs")).unwrap();
    assert!(
        call.contains("Network, NetworkHandle: \"acme/network/aws\" [\"~> 1.0\"] (S0 name, S1 token)"),
        "{call}"
    );
}

#[test]
fn a_mistake_in_a_module_is_shown_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let said = |text: &str| {
        std::fs::write(folder.path().join("main.tf"), text).unwrap();
        let out = get_module(folder.path(), &folder.path().join("out")).assert().code(2).stdout("");
        String::from_utf8(out.get_output().stderr.clone()).unwrap()
    };
    assert!(said("variable \"v\" {\n  type = \n}").contains("`main.tf`:2:"));
    assert!(said("variable \"v\" { type = int }").contains("the type of the variable `v` is `int`"));
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_folder_that_is_no_module_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let said = predicate::str::contains("holds no `.tf` or `.tf.json` file");
    get_module(folder.path(), &out).assert().code(2).stderr(said);
    let said = predicate::str::contains("could not be found");
    get_module(&folder.path().join("nowhere"), &out).assert().code(2).stderr(said);
}

#[test]
fn nothing_to_get_is_wrong_usage() {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("synth"));
    command.args(["get", "--out", "x"]).assert().code(2).stderr(predicate::str::contains("--provider"));
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("synth"));
    command.args(["get", "--module", ".", "--out", "x"]);
    command.assert().code(2).stderr(predicate::str::contains("--source"));
}
