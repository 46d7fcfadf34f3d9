//! Writes the stack: `cargo run -- -o main.tf.json`.

use std::process::ExitCode;

fn main() -> ExitCode {
    synth::main(|app| {
        stack::build(app);
    })
}
