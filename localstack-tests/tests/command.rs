//! `localstack-tests` as a user runs it.

#![cfg(feature = "command")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use assert_cmd::Command;
use localstack_tests::Settings;
use predicates::prelude::{PredicateBooleanExt as _, predicate};

/// A stack that needs no provider.
const STACK: &str = r#"{
    "variable": { "size": { "type": "number" } },
    "resource": { "terraform_data": { "orders": { "input": { "size": "${var.size}" } } } },
    "output": { "size": { "value": "${var.size}" } }
}"#;

fn tests() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("localstack-tests"))
}

#[test]
fn what_is_not_as_expected_is_said_and_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let expected = "outputs.size = 4\nresources.\"terraform_data.orders\".output = { size = 4 }\n";
    fs::write(folder.path().join("expected.toml"), expected).unwrap();
    tests()
        .current_dir(folder.path())
        .args(["-", "--variable", "size=3", "--expect", "expected.toml"])
        .write_stdin(STACK)
        .assert()
        .code(1)
        .stdout("`output.size` is 3, not 4\n`terraform_data.orders.output.size` is 3, not 4\n");
}

#[test]
fn a_stack_that_terraform_refuses_is_wrong() {
    let said = predicate::str::contains("size").and(predicate::str::contains("number"));
    tests().args(["-", "--variable", "size=many"]).write_stdin(STACK).assert().code(1).stdout(said);
}

#[test]
fn a_variable_without_a_value_is_asked_for_in_this_commands_words() {
    let said = predicate::str::contains("`--variable NAME=VALUE` gives a variable its value");
    tests().arg("-").write_stdin(STACK).assert().code(1).stdout(said);
}

#[test]
fn without_terraform_nothing_is_installed() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    let mut without = tests();
    without.env("PATH", folder.path()).env_remove("SYNTH_TERRAFORM").env("XDG_CACHE_HOME", &cache);
    let said = predicate::str::contains("no terraform that will do: install Terraform");
    without.arg("-").write_stdin(STACK).assert().code(2).stdout("").stderr(said);
    assert!(!cache.exists());
}

#[test]
fn a_working_folder_that_cannot_be_written_is_named_with_the_way_around() {
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path().join("file");
    fs::write(&work, "").unwrap();
    let mut unwritten = tests();
    unwritten.env("SYNTH_WORK_DIR", &work).env("SYNTH_LOCALSTACK_START", "process");
    let said = predicate::str::contains(format!("cannot write `{}/", work.display()))
        .and(predicate::str::contains("name a folder that can be written in SYNTH_WORK_DIR"));
    unwritten.arg("-").write_stdin(STACK).assert().code(2).stdout("").stderr(said);
}

/// Hides a folder behind an empty one, and runs the rest.
const HIDDEN: &str = r#"mount -t tmpfs tmpfs "$1" || exit 77
shift
exec "$@""#;

#[test]
fn a_program_that_is_installed_needs_no_source_folder() {
    let folder = tempfile::tempdir().unwrap();
    let installed = folder.path().join("localstack-tests");
    fs::copy(assert_cmd::cargo::cargo_bin!("localstack-tests"), &installed).unwrap();
    // A user namespace lets anybody mount, where the system has them.
    let mut hidden = Command::new("unshare");
    hidden.args(["--user", "--map-root-user", "--mount", "sh", "-c", HIDDEN, "hidden"]);
    hidden.arg(env!("CARGO_MANIFEST_DIR")).arg(&installed).args(["-", "--variable", "size=3"]);
    // Not with a plugin that was unpacked before. What is installed by its locks may be.
    let cache = folder.path().join("cache");
    hidden.env("XDG_CACHE_HOME", &cache).env("SYNTH_LOCALSTACK_START", "process");
    link_what_was_installed(&cache.join("synth-localstack"));
    hidden.current_dir(folder.path()).write_stdin(STACK).assert().code(0).stdout("");
}

/// Environments of Python are 330 MB each.
fn link_what_was_installed(cache: &Path) {
    fs::create_dir_all(cache).unwrap();
    for entry in fs::read_dir(Settings::from_environment().cache).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with("venv-") && entry.path().is_dir() {
            symlink(entry.path(), cache.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn what_cannot_be_read_is_named_before_anything_is_started() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("wrong.toml"), "[output]\n").unwrap();
    for (arguments, said) in [
        (&["nowhere.tf.json"][..], "`nowhere.tf.json` could not be read"),
        (&["-", "--expect", "nowhere.toml"], "`nowhere.toml` could not be read"),
        (&["-", "--expect", "wrong.toml"], "unknown field `output`"),
        (&["-", "--variable", "=3"], "write NAME=VALUE"),
        (&["-", "--variable", "size"], "write NAME=VALUE"),
        (&[], "<STACK>"),
    ] {
        let assert = tests().current_dir(folder.path()).args(arguments).write_stdin(STACK).assert();
        assert.code(2).stdout("").stderr(predicate::str::contains(said));
    }
}
