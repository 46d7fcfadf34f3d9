//! A panic of a command: what is said, and what is not.

use std::env;
use std::process::{Command, ExitCode};

/// Set for the process that panics.
const VARIABLE: &str = "COMMAND_LINE_TEST_PANICS";

#[test]
fn the_message_of_a_panic_is_not_shown_but_its_place_is() {
    if env::var_os(VARIABLE).is_some() {
        let code = command_line::guarded("mend", || panic!("hunter2"));
        assert_eq!(code, ExitCode::from(2));
        return;
    }
    let test = "the_message_of_a_panic_is_not_shown_but_its_place_is";
    let mut again = Command::new(env::current_exe().unwrap());
    let output = again.args(["--exact", "--nocapture", test]).env(VARIABLE, "1").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("error: this is a mistake of `mend` itself, at "), "{said}");
    assert!(said.contains("panics.rs:") && said.contains("  = help: "), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}
