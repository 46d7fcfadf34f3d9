//! `synth convert`: reads the files of a module, writes the program, or stack file, that synthesizes an equal document.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use command_line::{Verbosity, say, unread};
use synth_convert::{Bindings, Fate, Output, Target, convert};

use crate::cli::exit::{FAILED, WRITTEN, WRONG};
use crate::cli::unpublished;

/// Shown below the options.
const AFTER_HELP: &str = "Examples:
  synth convert main.tf > src/main.rs
  synth convert infrastructure/ --out stack
  synth convert infrastructure/ --stack-file > stack.yaml

Exit codes:
  0  everything is in the program or stack file
  1  the files are wrong, or something is not in it: standard error says what
  2  the command could not do its work: wrong usage, a file that cannot be read or written";

/// What `synth convert` is told.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// The files of one module, or its folder
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// Write a stack file instead of a program
    #[arg(long)]
    stack_file: bool,
    /// A folder for the program and its manifest, or for the stack file, instead of standard output
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The stack's name; without it that of the folder
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    verbosity: Verbosity,
}

/// Runs the command and returns its exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    match converted(arguments) {
        Ok(output) => {
            for note in &output.notes {
                match note.fate {
                    Fate::Kept => arguments.verbosity.note(note),
                    Fate::Left => say::warning(note),
                }
            }
            ExitCode::from(if output.is_whole() { WRITTEN } else { WRONG })
        }
        Err(Failure::Wrong(problems)) => {
            say::labelled(&problems);
            ExitCode::from(WRONG)
        }
        Err(Failure::Failed(error)) => {
            say::error(&error);
            ExitCode::from(FAILED)
        }
    }
}

/// Why nothing was written.
enum Failure {
    Wrong(synth_convert::Problems),
    Failed(String),
}

fn converted(arguments: &Arguments) -> Result<Output, Failure> {
    let files = files(&arguments.paths).map_err(Failure::Failed)?;
    let stack = arguments.name.clone().unwrap_or_else(|| name(&arguments.paths));
    let bindings = Bindings::aws().map_err(|error| Failure::Failed(error.to_string()))?;
    let target = if arguments.stack_file { Target::StackFile } else { Target::Program };
    let output = convert(&stack, &files, target, &bindings).map_err(Failure::Wrong)?;
    write(&output, target, arguments.out.as_deref()).map_err(Failure::Failed)?;
    Ok(output)
}

/// The files of a module: those that are named, and those of Terraform's language in folders that are.
fn files(paths: &[PathBuf]) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    for path in paths {
        let inside = if path.is_dir() { inside(path)? } else { vec![path.clone()] };
        for file in inside {
            let text = fs::read_to_string(&file).map_err(|error| unread(&file, &error).to_string())?;
            files.insert(file.display().to_string(), text);
        }
    }
    if files.is_empty() {
        return Err("there is no `*.tf` or `*.tf.json` file".to_owned());
    }
    Ok(files)
}

fn inside(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| unread(folder, &error).to_string())?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let paths = paths.collect::<io::Result<Vec<_>>>();
    let paths = paths.map_err(|error| unread(folder, &error).to_string())?;
    let is_terraform = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        (name.ends_with(".tf") || name.ends_with(".tf.json")) && !name.starts_with('.') && path.is_file()
    };
    Ok(paths.into_iter().filter(is_terraform).collect())
}

/// The name of the folder that the first file is in.
fn name(paths: &[PathBuf]) -> String {
    let absolute = paths.first().and_then(|path| fs::canonicalize(path).ok());
    let folder =
        absolute.map(|path| if path.is_dir() { path } else { path.parent().unwrap_or(&path).to_owned() });
    let name = folder.as_deref().and_then(Path::file_name).and_then(|name| name.to_str());
    name.unwrap_or("stack").to_owned()
}

fn write(output: &Output, target: Target, out: Option<&Path>) -> Result<(), String> {
    let Some(out) = out else {
        let text = output.files.get(target.file()).map_or("", String::as_str);
        let mut stdout = command_line::Output::standard();
        let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
        return written.map_err(|error| error.to_string());
    };
    for (path, text) in &output.files {
        let path = out.join(path);
        let folder = path.parent().unwrap_or(out);
        fs::create_dir_all(folder).map_err(|error| failed(folder, "made", &error))?;
        fs::write(&path, text).map_err(|error| failed(&path, "written", &error))?;
    }
    if target == Target::Program {
        unpublished::warn(
            "synth",
            "the crates of synth a `path` instead of a version, `synth`, `synth/core` and `synth/aws`",
        );
    }
    Ok(())
}

fn failed(path: &Path, what: &str, error: &io::Error) -> String {
    format!("`{}` could not be {what}: {error}", path.display())
}
