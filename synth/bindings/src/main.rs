//! Writes what is generated: `cargo run -p synth-bindings -- provider synth/aws`, `… -- functions`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use synth_bindings::{Functions, Previous, Schema, aws, language};

/// Writes typed Rust from what Terraform and its providers say of themselves.
#[derive(Debug, Parser)]
enum Command {
    /// Writes the typed bindings of a provider as a crate.
    Provider {
        /// The crate's folder: its `src` is written.
        folder: PathBuf,
        /// The schema, as `terraform providers schema -json` prints it, compressed by gzip.
        #[arg(long, default_value = aws::SCHEMA_FILE)]
        schema: PathBuf,
    },
    /// Writes the functions of Terraform's language as a module of `synth-core`.
    Functions {
        /// The signatures, as `terraform metadata functions -json` prints them, compressed by gzip.
        #[arg(long, default_value = language::FUNCTIONS_FILE)]
        signatures: PathBuf,
        /// The file that is written.
        #[arg(long, default_value = language::FUNCTIONS_TARGET)]
        target: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(&Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        Command::Provider { folder, schema } => {
            let schema = Schema::read_gzip(File::open(schema)?, aws::SOURCE.source)?;
            for (path, text) in aws::bindings(&schema, &previous(folder)?).files {
                write(&folder.join(path), &text)?;
            }
        }
        Command::Functions { signatures, target } => {
            let functions = Functions::read_gzip(File::open(signatures)?)?;
            write(target, &language::language(&functions)?)?;
        }
    }
    Ok(())
}

/// The names that the folder's crate has already.
fn previous(folder: &Path) -> std::io::Result<Previous> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder.join("src"))? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        files.push((format!("src/{name}"), fs::read_to_string(&path)?));
    }
    Ok(Previous::of(files))
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
