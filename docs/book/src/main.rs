//! `book FOLDER` builds the documentation of this project as HTML.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [destination] = arguments.as_slice() else {
        eprintln!("usage: book FOLDER");
        return ExitCode::from(2);
    };
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match book::render::render(&top, Path::new(destination)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            if let Some(source) = error.source() {
                eprintln!("  {source}");
            }
            ExitCode::from(2)
        }
    }
}
