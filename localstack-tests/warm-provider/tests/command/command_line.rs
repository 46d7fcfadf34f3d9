//! The style of the command line: streams, colours, what it says and does not say.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Command;

use command_line::testing;

fn warm_provider(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warm-provider"));
    command.args(arguments);
    command
}

#[test]
fn output_that_cannot_be_written_is_an_error_unless_its_reader_has_left() {
    for arguments in [["--help"].as_slice(), &["--version"], &["completions", "fish"], &["man"]] {
        let found = testing::streams(&|| warm_provider(arguments)).unwrap();
        assert_eq!(found, Vec::<String>::new(), "{arguments:?}");
    }
}

#[test]
fn errors_help_and_usage_have_colors_as_the_user_wants_them() {
    for arguments in [["--", "no-such-program"].as_slice(), &["--help"], &["--none"]] {
        let found = testing::colors(&|| warm_provider(arguments)).unwrap();
        assert_eq!(found, Vec::<String>::new(), "{arguments:?}");
    }
}

#[test]
fn arguments_that_are_not_utf_8_are_the_programs() {
    let wrong = OsStr::from_bytes(b"\xff\xfe");
    let output = warm_provider(&["--", "echo"]).arg(wrong).output().unwrap();
    assert_eq!(output.stdout, b"\xff\xfe\n");
    assert_eq!(warm_provider(&["--"]).arg(wrong).output().unwrap().status.code(), Some(127));
    assert_eq!(warm_provider(&[]).arg(wrong).output().unwrap().status.code(), Some(2));
}

#[test]
fn a_quiet_one_does_not_say_why_it_is_not_used() {
    let said = |arguments: &[&str]| {
        let mut command = warm_provider(arguments);
        command.args(["--", "echo", "plan"]).env("TF_LOG", "trace");
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    assert_eq!(said(&["--quiet"]), "");
    assert!(said(&[]).starts_with("note: warm-provider is not used: `TF_LOG` is set"));
}
