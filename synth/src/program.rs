//! Stacks written as Rust programs: `fn main() -> ExitCode { synth::main(build) }`.

use std::ffi::OsString;
use std::process::ExitCode;

use synth_core::{App, resolve};

use crate::output::{self, Target};

const USAGE: &str = "usage: [-o FILE | --out DIR]

Writes the stack's main.tf.json to standard output or to FILE, or every stack's to DIR/STACK/main.tf.json.";

/// Everything was written.
const WRITTEN: u8 = 0;
/// The stack is wrong; nothing was written.
const WRONG: u8 = 1;
/// The command could not do its work: wrong usage, unreadable or unwritable files.
const FAILED: u8 = 2;

/// Builds an app and writes its document to standard output, to FILE with `-o FILE`, or with `--out DIR` one
/// folder a stack. Problems go to standard error, and then nothing is written. Exits with 0 when everything was
/// written, 1 when the app is wrong, 2 when the command could not do its work.
pub fn main(build: impl FnOnce(&mut App)) -> ExitCode {
    let target = match target(std::env::args_os().skip(1)) {
        Ok(target) => target,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(FAILED);
        }
    };
    let mut app = App::new();
    build(&mut app);
    let documents = match resolve(app) {
        Ok(documents) => documents,
        Err(problems) => {
            eprintln!("{problems}");
            return ExitCode::from(WRONG);
        }
    };
    for warning in documents.iter().flat_map(|document| &document.warnings) {
        eprintln!("{warning}");
    }
    match output::write(&documents, &target) {
        Ok(()) => ExitCode::from(WRITTEN),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(FAILED)
        }
    }
}

fn target(mut arguments: impl Iterator<Item = OsString>) -> Result<Target, String> {
    let Some(flag) = arguments.next() else { return Ok(Target::StandardOutput) };
    match (flag.to_str(), arguments.next(), arguments.next()) {
        (Some("-o" | "--output"), Some(file), None) => Ok(Target::File(file.into())),
        (Some("--out"), Some(folder), None) => Ok(Target::Folder(folder.into())),
        _ => Err(USAGE.to_owned()),
    }
}
