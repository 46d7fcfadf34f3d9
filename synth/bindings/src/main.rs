//! Writes the bindings of hashicorp/aws: `cargo run -p synth-bindings -- synth/aws`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use synth_bindings::{Schema, aws};

/// Writes the typed bindings of a provider as a crate.
#[derive(Debug, Parser)]
struct Arguments {
    /// The crate's folder: its `src` is written.
    folder: PathBuf,
    /// The schema, as `terraform providers schema -json` prints it, compressed by gzip.
    #[arg(long, default_value = aws::SCHEMA_FILE)]
    schema: PathBuf,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let schema = Schema::read_gzip(File::open(&arguments.schema)?, aws::SOURCE.source)?;
    for (path, text) in aws::bindings(&schema).files {
        write(&arguments.folder.join(path), &text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
