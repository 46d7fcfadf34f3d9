//! `synth check`: reads the files, has each folder's judged together, writes the report.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use command_line::Complaint;
use synth::output;
use synth_check::{Folder, Report, Schemas, Source};

use super::exit::{WRITTEN, WRONG, answered, failed};
use super::mistaken;

/// Shown below the options.
const AFTER_HELP: &str = "Examples:
  synth check main.tf.json
  synth check infrastructure/ --format json
  terraform providers schema -json > schema.json && synth check . --schema schema.json

Exit codes:
  0  nothing is wrong
  1  something is wrong: standard output says what and where
  2  the command could not do its work: wrong usage, a file that cannot be read

What is undecided, as arguments of a provider whose schema is not at hand, is reported and does not
change the exit code.";

/// What standard input is called in findings.
const STANDARD_INPUT: &str = "<standard input>";

/// How findings are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

/// What `synth check` is told.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// Files, and folders of `*.tf.json`; files of one folder are one module; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// More providers, as `terraform providers schema -json` prints them
    #[arg(long = "schema", value_name = "FILE")]
    schemas: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// Runs the command and returns its exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    match report(&arguments.paths, &arguments.schemas) {
        Ok(report) => {
            let text = match arguments.format {
                Format::Human => format!("{report}\n"),
                Format::Json => report.to_json(),
            };
            answered(if report.is_clean() { WRITTEN } else { WRONG }, output::print(&text))
        }
        Err(error) => failed(&io::Error::other(error)),
    }
}

fn report(paths: &[PathBuf], exports: &[PathBuf]) -> Result<Report, String> {
    let mut schemas = Schemas::embedded();
    for export in exports {
        let text = read(export)?;
        schemas.add(&text).map_err(|error| format!("`{}`: {error}", export.display()))?;
    }
    let modules = modules(paths)?;
    let folders: Vec<Folder<'_>> = modules.iter().map(Module::folder).collect();
    Ok(synth_check::check_folders(&folders, &schemas))
}

/// A folder with what was read of it.
struct Module {
    path: String,
    files: Vec<(String, String)>,
    unread: Vec<String>,
}

impl Module {
    fn read(folder: &Path, files: &[PathBuf]) -> Result<Module, String> {
        let read = files.iter().map(|file| Ok((name(file), read(file)?))).collect::<Result<_, String>>()?;
        let unread = unread(folder, files).iter().map(|file| name(file)).collect();
        Ok(Module { path: folder.display().to_string(), files: read, unread })
    }

    fn folder(&self) -> Folder<'_> {
        let sources = self.files.iter().map(|(name, text)| Source { name, text });
        Folder {
            path: &self.path,
            sources: sources.collect(),
            unread: self.unread.iter().map(String::as_str).collect(),
        }
    }

    /// The folders whose modules this one calls; a document of standard input stands in no folder.
    fn calls(&self) -> impl Iterator<Item = PathBuf> {
        let files = self.files.iter().filter(|(name, _)| name != STANDARD_INPUT);
        files.flat_map(|(_, text)| synth_check::calls(&self.path, text)).map(PathBuf::from)
    }
}

/// The modules that were given, then those that they call.
fn modules(paths: &[PathBuf]) -> Result<Vec<Module>, String> {
    let (mut modules, mut known) = (Vec::new(), BTreeSet::new());
    for (folder, files) in given(paths)? {
        known.insert(synth_check::plain(&folder));
        modules.push(Module::read(&folder, &files)?);
    }
    let mut next = 0;
    while let Some(module) = modules.get(next) {
        let calls: Vec<PathBuf> = module.calls().collect();
        for folder in calls {
            if known.insert(synth_check::plain(&folder)) {
                // A folder that is not there holds no files: the check says so at the call.
                let files = if folder_is_there(&folder) { documents(&folder)? } else { Vec::new() };
                modules.push(Module::read(&folder, &files)?);
            }
        }
        next += 1;
    }
    Ok(modules)
}

fn folder_is_there(folder: &Path) -> bool {
    here(folder).is_dir()
}

/// A folder that can be opened: the empty path is where the command runs.
fn here(folder: &Path) -> &Path {
    if folder == Path::new("") { Path::new(".") } else { folder }
}

/// The files by their folders: Terraform reads a folder's together.
fn given(paths: &[PathBuf]) -> Result<BTreeMap<PathBuf, Vec<PathBuf>>, String> {
    let mut modules: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        mistaken::for_document(path).map_err(|complaint| complaint.to_string())?;
        let found = if path.is_dir() { all_documents(path)? } else { vec![path.clone()] };
        for file in found {
            let folder = PathBuf::from(synth_check::plain(file.parent().unwrap_or(Path::new(""))));
            let files = modules.entry(folder).or_default();
            if !files.iter().any(|known| known.file_name() == file.file_name()) {
                files.push(file);
            }
        }
    }
    Ok(modules)
}

/// The same, of a folder that was given: it holds some.
fn all_documents(folder: &Path) -> Result<Vec<PathBuf>, String> {
    match documents(folder)? {
        files if files.is_empty() => {
            let complaint = Complaint::new(format!("`{}` holds no `*.tf.json`", folder.display()));
            let help =
                "name a file or a folder of Terraform's JSON; `synth STACK-FILE > main.tf.json` writes one";
            Err(complaint.help(help).to_string())
        }
        files => Ok(files),
    }
}

/// The files of a folder that Terraform would read, of those that are JSON.
fn documents(folder: &Path) -> Result<Vec<PathBuf>, String> {
    Ok(configuration(folder)?.into_iter().filter(|path| name(path).ends_with(".tf.json")).collect())
}

/// The files of a folder that Terraform would read.
fn configuration(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(here(folder))
        .map_err(|error| command_line::unread(here(folder), &error).to_string())?;
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| folder.join(entry.file_name())));
    let mut files: Vec<PathBuf> =
        paths.filter(|path| name(path).ends_with(".tf.json") || name(path).ends_with(".tf")).collect();
    files.sort();
    Ok(files)
}

/// Files of the same module that were not given, or cannot be read here: they may declare what others refer to.
fn unread(folder: &Path, files: &[PathBuf]) -> Vec<PathBuf> {
    if files.iter().any(|file| file == Path::new("-")) {
        return Vec::new();
    }
    let known: Vec<_> = files.iter().filter_map(|file| file.file_name()).collect();
    let mut others = configuration(folder).unwrap_or_default();
    others.retain(|path| path.file_name().is_some_and(|name| !known.contains(&name)));
    others
}

fn read(path: &Path) -> Result<String, String> {
    command_line::read(path).map_err(|error| command_line::unread(path, &error).to_string())
}

fn name(path: &Path) -> String {
    if path == Path::new("-") { STANDARD_INPUT.to_owned() } else { path.display().to_string() }
}
