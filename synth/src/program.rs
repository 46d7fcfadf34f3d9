//! Stacks written as Rust programs: `fn main() -> ExitCode { synth::main(build) }`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use synth_core::{App, resolve, resolve_recorded};

use crate::output::{self, Failure, Target};

const USAGE: &str = "usage: [-o FILE | --out DIR] [--addresses FILE]

Writes the stack's main.tf.json to standard output or to FILE, or every stack's to DIR/STACK/main.tf.json.
With --addresses, what was renamed since the last time is moved, and FILE is brought up to date.";

/// Everything was written.
const WRITTEN: u8 = 0;
/// The stack is wrong; nothing was written.
const WRONG: u8 = 1;
/// The command could not do its work: wrong usage, unreadable or unwritable files.
const FAILED: u8 = 2;

/// Builds an app and writes its document to standard output, to FILE with `-o FILE`, or with `--out DIR` one
/// folder a stack. With `--addresses FILE` it moves what was renamed since FILE was written, and brings FILE up to
/// date. Problems go to standard error, and then nothing is written. Exits with 0 when everything was written, 1
/// when the app is wrong, 2 when the command could not do its work.
pub fn main(build: impl FnOnce(&mut App)) -> ExitCode {
    let (target, addresses) = match arguments(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(FAILED);
        }
    };
    let mut app = App::new();
    build(&mut app);
    let synthesized = output::synthesize(&target, addresses.as_deref(), |record| match record {
        Some(record) => resolve_recorded(app, record),
        None => resolve(app),
    });
    match synthesized {
        Ok(()) => ExitCode::from(WRITTEN),
        Err(Failure::Wrong(problems)) => {
            eprintln!("{problems}");
            ExitCode::from(WRONG)
        }
        Err(Failure::Failed(error)) => {
            eprintln!("error: {error}");
            ExitCode::from(FAILED)
        }
    }
}

fn arguments(mut given: impl Iterator<Item = OsString>) -> Result<(Target, Option<PathBuf>), String> {
    let (mut target, mut addresses) = (None, None);
    while let Some(flag) = given.next() {
        match (flag.to_str(), given.next()) {
            (Some("-o" | "--output"), Some(file)) if target.is_none() => {
                target = Some(Target::File(file.into()))
            }
            (Some("--out"), Some(folder)) if target.is_none() => target = Some(Target::Folder(folder.into())),
            (Some("--addresses"), Some(file)) if addresses.is_none() => addresses = Some(file.into()),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok((target.unwrap_or(Target::StandardOutput), addresses))
}
