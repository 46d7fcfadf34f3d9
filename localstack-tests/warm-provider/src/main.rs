//! The command `warm-provider`.

use std::process::ExitCode;

fn main() -> ExitCode {
    warm_provider::cli::run()
}
