//! The command `localstack-tests`: see `localstack-tests --help`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
