//! The style of the command line: help, streams, colours, arguments of any bytes.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Output};

use command_line::testing;

/// Every subcommand that prints, with what it prints from.
const PRINTING: &[&[&str]] = &[
    &["--help"],
    &["--version"],
    &["check", "fixtures/access/native"],
    &["baseline", "fixtures/access/native"],
    &["needs", "fixtures/access/native"],
    &["deployer", "fixtures/access/native"],
    &["no-public-access", "fixtures/access/native"],
    &["access-not-granted", "--actions", "iam:*", "fixtures/access/native"],
    &["diff", "fixtures/access/native", "fixtures/access/native"],
    &["can", "*", "s3:GetObject", "arn:aws:s3:::a/b", "fixtures/access/native"],
    &["rules"],
    &["explain", "IAM001"],
    &["schema", "report"],
    &["completions", "bash"],
    &["man"],
];

fn policy(arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("policy"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_help_of_every_subcommand_keeps_to_the_style() {
    assert_eq!(testing::breaches(policy::cli::command()), Vec::<String>::new());
}

#[test]
fn the_readme_has_the_exit_codes_that_help_has() {
    let readme = include_str!("../../README.md");
    assert_eq!(testing::missing_exit_codes(policy::cli::command(), readme), Vec::<String>::new());
}

#[test]
fn output_that_cannot_be_written_is_an_error_unless_its_reader_has_left() {
    for arguments in PRINTING {
        let found = testing::streams(&|| policy(arguments)).unwrap();
        assert_eq!(found, Vec::<String>::new(), "{arguments:?}");
    }
}

#[test]
fn every_subcommand_that_prints_is_tried() {
    for part in policy::cli::command().get_subcommands() {
        assert!(PRINTING.iter().any(|arguments| arguments[0] == part.get_name()), "{}", part.get_name());
    }
}

#[test]
fn arguments_that_are_not_utf_8_are_no_panic() {
    let wrong = OsStr::from_bytes(b"\xff\xfe");
    // `policy man DIR` makes the folder.
    let folder = tempfile::tempdir().unwrap();
    for part in policy::cli::command().get_subcommands().map(clap::Command::get_name) {
        for count in 1..=4 {
            let output = policy(&[part]).current_dir(&folder).args(vec![wrong; count]).output().unwrap();
            assert!(matches!(output.status.code(), Some(0..=2)), "{part}: {}", said(&output));
            assert!(!said(&output).contains("mistake of `policy`"), "{part}: {}", said(&output));
        }
    }
    assert_eq!(policy(&["check"]).arg(wrong).output().unwrap().status.code(), Some(2));
}

#[test]
fn what_follows_two_dashes_is_no_option() {
    let output = policy(&["check", "--", "--quiet"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).starts_with("error: `--quiet`: "), "{}", said(&output));
}

#[test]
fn findings_errors_help_and_usage_have_colors_as_the_user_wants_them() {
    let faulty = "fixtures/rules/large-trust-policy.tf.json";
    for arguments in [["check", faulty].as_slice(), &["check", "missing"], &["--help"], &["check", "--none"]]
    {
        let found = testing::colors(&|| policy(arguments)).unwrap();
        assert_eq!(found, Vec::<String>::new(), "{arguments:?}");
    }
}

#[test]
fn the_command_line_says_more_than_the_environment() {
    let never = testing::at_terminal(&mut policy(&["check", "--color", "never", "missing"])).unwrap();
    assert!(never.said.contains("error: ") && !never.said.contains('\u{1b}'), "{}", never.said);
}
