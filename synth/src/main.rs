//! `synth STACK-FILE > main.tf.json`: see `synth --help`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
