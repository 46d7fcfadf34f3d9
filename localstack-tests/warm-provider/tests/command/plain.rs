//! What needs no provider.

use assert_cmd::Command;
use predicates::prelude::{PredicateBooleanExt, predicate};

fn warm_provider() -> Command {
    Command::cargo_bin("warm-provider").unwrap()
}

#[test]
fn the_exit_code_is_the_programs_own() {
    warm_provider()
        .args(["--", "sh", "-c", "echo out; echo err >&2; exit 7"])
        .assert()
        .code(7)
        .stdout("out\n")
        .stderr("err\n");
}

#[test]
fn a_program_that_a_signal_ends_is_seen_to_end_by_it() {
    warm_provider().args(["--", "sh", "-c", "kill -TERM $$"]).assert().interrupted();
}

#[test]
fn a_missing_program_is_named() {
    warm_provider()
        .args(["--", "no-such-program", "plan"])
        .assert()
        .code(127)
        .stderr(predicate::str::starts_with("error: cannot run `no-such-program`: "));
}

#[test]
fn a_wrong_command_line_is_refused() {
    for arguments in [&[][..], &["terraform", "plan"], &["--no-such-flag", "--", "true"], &["--"]] {
        warm_provider()
            .args(arguments)
            .assert()
            .code(2)
            .stderr(predicate::str::contains("Usage: warm-provider"));
    }
}

#[test]
fn help_says_what_it_does_and_does_not_show_what_it_uses_itself() {
    let help = warm_provider().arg("--help").assert().success();
    help.stdout(
        predicate::str::contains("--no-warm-provider").and(predicate::str::contains("--beside").not()),
    );
}

#[test]
fn a_folder_without_a_provider_runs_the_program_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["plan"][..], &["init"], &[], &["-help"]] {
        warm_provider()
            .current_dir(folder.path())
            .args(["--", "echo"])
            .args(arguments)
            .assert()
            .success()
            .stdout(format!("{}\n", arguments.join(" ")))
            .stderr("");
    }
}

#[test]
fn what_speaks_against_it_is_said_and_the_program_runs() {
    let folder = tempfile::tempdir().unwrap();
    let configuration = folder.path().join("terraform.rc");
    std::fs::write(&configuration, "provider_installation { dev_overrides {} }").unwrap();
    let configuration = configuration.to_str().unwrap();
    for (name, value, why) in [
        ("TF_REATTACH_PROVIDERS", "{}", "`TF_REATTACH_PROVIDERS` is set already".to_owned()),
        (
            "TF_LOG",
            "trace",
            "`TF_LOG` is set, and the provider's log goes to a terraform that starts it".to_owned(),
        ),
        ("TF_CLI_CONFIG_FILE", configuration, format!("`{configuration}` has `dev_overrides`")),
    ] {
        warm_provider()
            .current_dir(folder.path())
            .env(name, value)
            .args(["--", "echo", "plan"])
            .assert()
            .success()
            .stdout("plan\n")
            .stderr(format!("note: warm-provider is not used: {why}\n"));
    }
}
