//! The policy of whoever runs terraform: what it allows, and that it allows what terraform asks for.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod command;
mod narrow;
mod recorded;
mod types;

use assert_cmd::Command;

fn policy(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("policy").unwrap();
    command.args(arguments);
    command
}
