//! Stacks written as Rust programs: `fn main() -> ExitCode { synth::main(build) }`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use synth_core::{App, Document, Problems, resolve};

use crate::output;

const USAGE: &str = "usage: [-o FILE]\n\nWrites the stack's main.tf.json to standard output, or to FILE.";

/// Everything was written.
const WRITTEN: u8 = 0;
/// The stack is wrong; nothing was written.
const WRONG: u8 = 1;
/// The command could not do its work: wrong usage, unreadable or unwritable files.
const FAILED: u8 = 2;

/// Builds an app and writes its document to standard output, or to FILE with `-o FILE`. Problems go to
/// standard error, and then nothing is written. Exits with 0 when the document was written, 1 when the stack is
/// wrong, 2 when the command could not do its work.
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
    deliver(resolve(app), target.as_deref())
}

fn target(mut arguments: impl Iterator<Item = OsString>) -> Result<Option<PathBuf>, String> {
    let Some(flag) = arguments.next() else { return Ok(None) };
    match (flag.to_str(), arguments.next(), arguments.next()) {
        (Some("-o" | "--output"), Some(file), None) => Ok(Some(file.into())),
        _ => Err(USAGE.to_owned()),
    }
}

/// Writes the only document, or says what is wrong.
fn deliver(resolved: Result<Vec<Document>, Problems>, target: Option<&Path>) -> ExitCode {
    let documents = match resolved {
        Ok(documents) => documents,
        Err(problems) => {
            eprintln!("{problems}");
            return ExitCode::from(WRONG);
        }
    };
    let document = match <[Document; 1]>::try_from(documents) {
        Ok([document]) => document,
        Err(documents) => {
            let stacks: Vec<String> = documents.into_iter().map(|document| document.stack).collect();
            eprintln!("error: one stack is needed, and there are {}: {}", stacks.len(), stacks.join(", "));
            return ExitCode::from(WRONG);
        }
    };
    match output::write(&document.json, target) {
        Ok(()) => ExitCode::from(WRITTEN),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(FAILED)
        }
    }
}
