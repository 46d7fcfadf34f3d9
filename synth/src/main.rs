//! `synth STACK-FILE > main.tf.json`: see `synth --help`.

mod cli;
mod init;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
