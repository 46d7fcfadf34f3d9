//! `synth STACK-FILE > main.tf.json`: see `synth --help`.

mod check;
mod cli;
#[cfg(feature = "get")]
mod get;
mod stacks;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
