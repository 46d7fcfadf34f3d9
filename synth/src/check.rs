//! `synth check`: reads the files, has each folder's judged together, writes the report.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use synth_check::{Report, Schemas, Source};

/// Shown below the options.
pub(crate) const AFTER_HELP: &str = "Exit codes:
  0  nothing is wrong
  1  something is wrong: standard output says what and where
  2  the command could not do its work: wrong usage, a file that cannot be read

What is undecided, as arguments of a provider whose schema is not at hand, is reported and does not
change the exit code.";

/// How findings are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

/// Runs the command and returns its exit code.
pub(crate) fn run(paths: &[PathBuf], schemas: &[PathBuf], format: Format) -> ExitCode {
    match report(paths, schemas) {
        Ok(report) => {
            let text = match format {
                Format::Human => format!("{report}\n"),
                Format::Json => report.to_json(),
            };
            match io::stdout().write_all(text.as_bytes()) {
                // A reader that has seen enough closes the pipe.
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    eprintln!("error: {error}");
                    ExitCode::from(2)
                }
                _ => ExitCode::from(u8::from(!report.is_clean())),
            }
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn report(paths: &[PathBuf], exports: &[PathBuf]) -> Result<Report, String> {
    let mut schemas = Schemas::embedded();
    for export in exports {
        let text = read(export)?;
        schemas.add(&text).map_err(|error| format!("`{}`: {error}", export.display()))?;
    }
    let mut report = Report::default();
    for (folder, files) in modules(paths)? {
        let texts = files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
        let names: Vec<String> = files.iter().map(|file| name(file)).collect();
        let sources: Vec<Source<'_>> =
            names.iter().zip(&texts).map(|(name, text)| Source { name, text }).collect();
        let mut judged = synth_check::check(&sources, &schemas);
        if let Some(other) = unread(&folder, &files) {
            judged.add_unread(&name(&other));
        }
        report.extend(judged);
    }
    Ok(report)
}

/// The files by their folders: Terraform reads a folder's together.
fn modules(paths: &[PathBuf]) -> Result<BTreeMap<PathBuf, Vec<PathBuf>>, String> {
    let mut modules: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        let found = if path.is_dir() { documents(path)? } else { vec![path.clone()] };
        for file in found {
            let folder = file.parent().map(Path::to_owned).unwrap_or_default();
            let files = modules.entry(folder).or_default();
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    Ok(modules)
}

/// The files of a folder that Terraform would read, of those that are JSON.
fn documents(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| name(path).ends_with(".tf.json"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(format!("`{}` holds no `*.tf.json`", folder.display()));
    }
    Ok(files)
}

/// A file of the same module that was not given, or cannot be read here: it may declare what others refer to.
fn unread(folder: &Path, files: &[PathBuf]) -> Option<PathBuf> {
    if files.iter().any(|file| file == Path::new("-")) {
        return None;
    }
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    let known: Vec<_> = files.iter().filter_map(|file| file.file_name()).collect();
    let mut others: Vec<PathBuf> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| name(path).ends_with(".tf") || name(path).ends_with(".tf.json"))
        .filter(|path| path.file_name().is_some_and(|name| !known.contains(&name)))
        .collect();
    others.sort();
    others.into_iter().next()
}

fn read(path: &Path) -> Result<String, String> {
    let mut text = String::new();
    if path == Path::new("-") {
        io::stdin().lock().read_to_string(&mut text).map_err(|error| unreadable(path, &error))?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("`{}` could not be read: {error}", name(path))
}

fn name(path: &Path) -> String {
    if path == Path::new("-") { "<standard input>".to_owned() } else { path.display().to_string() }
}
