//! The style of the command line: streams, colours, arguments of any bytes. That of help is held beside the commands.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Output};

use command_line::testing;

const STACK: &str = "../fixtures/action-spec/stack.yaml";
const DOCUMENT: &str = "../fixtures/action-spec/main.tf.json";

/// What prints, with what it prints from.
const PRINTING: &[&[&str]] = &[
    &["--help"],
    &["--version"],
    &[STACK],
    &["check", DOCUMENT],
    &["check", "--format", "json", DOCUMENT],
    &["describe", DOCUMENT],
    &["schema"],
    &["completions", "zsh"],
    &["man"],
];

fn synth(arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("synth"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn output_that_cannot_be_written_is_an_error_unless_its_reader_has_left() {
    for arguments in PRINTING {
        let found = testing::streams(&|| synth(arguments)).unwrap();
        assert_eq!(found, Vec::<String>::new(), "{arguments:?}");
    }
}

#[test]
fn arguments_that_are_not_utf_8_are_no_panic() {
    let wrong = OsStr::from_bytes(b"\xff\xfe");
    for part in [
        &[][..],
        &["check"],
        &["describe"],
        &["init", "--name"],
        &["schema"],
        &["get", "--out"],
        &["completions"],
    ] {
        let output = synth(part).arg(wrong).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{part:?}: {}", said(&output));
        assert!(!said(&output).contains("mistake of `synth`"), "{part:?}: {}", said(&output));
    }
}

#[test]
fn what_follows_two_dashes_is_no_option() {
    for part in [&[][..], &["check"], &["describe"]] {
        let output = synth(part).args(["--", "--quiet"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{part:?}");
        assert!(said(&output).starts_with("error: `--quiet` could not be read: "), "{}", said(&output));
    }
}

#[test]
fn errors_help_and_usage_have_colors_as_the_user_wants_them() {
    for arguments in [["missing.yaml"].as_slice(), &["check", "missing"], &["--help"], &["check", "--none"]] {
        let found = testing::colors(&|| synth(arguments)).unwrap();
        assert_eq!(found, Vec::<String>::new(), "{arguments:?}");
    }
}

#[test]
fn a_quiet_command_does_the_same_and_says_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (loud, quiet) = (folder.path().join("loud"), folder.path().join("quiet"));
    let told = synth(&["init", loud.to_str().unwrap()]).output().unwrap();
    assert!(said(&told).contains("next:"), "{}", said(&told));
    let output = synth(&["init", "--quiet", quiet.to_str().unwrap()]).output().unwrap();
    assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(0), Vec::new(), Vec::new()));
    assert!(quiet.join("stack.yaml").is_file());
    let refused = synth(&["init", "--quiet", quiet.to_str().unwrap()]).output().unwrap();
    assert!(said(&refused).starts_with("error: "), "{}", said(&refused));
}
