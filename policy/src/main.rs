//! The `policy` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    policy::cli::run()
}
