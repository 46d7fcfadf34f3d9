//! Finds the Python that runs LocalStack.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use synth_engine::process::{self, Flow, Limits, Stop};
use thiserror::Error;

use crate::settings::{Settings, variable};

/// LocalStack 4.12 is written for 3.13; the plugin mends what fails on 3.12 and 3.11.
const MINORS: [u32; 3] = [13, 12, 11];

/// A Python that can make virtual environments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Python {
    pub(crate) program: PathBuf,
    pub(crate) minor: u32,
}

/// Why there is no Python.
#[derive(Debug, Error)]
pub enum PythonError {
    /// Nothing usable.
    #[error(
        "install Python 3.13 (3.12 and 3.11 will do) with its `venv` module \
         (Debian: `apt install python3-venv`), or name it in {}{}",
        variable::PYTHON, refused.iter().map(|why| format!("\n      found: {why}")).collect::<String>()
    )]
    Missing {
        /// What was found instead, and what is wrong with it.
        refused: Vec<String>,
    },
    /// The user named a program that does not do.
    #[error("name another Python in {}: {why}", variable::PYTHON)]
    Refused {
        /// What is wrong with it.
        why: String,
    },
}

/// Finds a Python: the one that the user names, else the newest that fits.
pub(crate) fn find(settings: &Settings) -> Result<Python, PythonError> {
    if let Some(program) = &settings.python {
        return probe(program, settings).map_err(|why| PythonError::Refused { why });
    }
    let mut refused = Vec::new();
    let mut fallback: Option<Python> = None;
    for program in candidates(settings) {
        match probe(&program, settings) {
            Ok(python) if python.minor == MINORS[0] => return Ok(python),
            Ok(python) => match &fallback {
                Some(better) if better.minor >= python.minor => {}
                _ => fallback = Some(python),
            },
            Err(why) => refused.push(why),
        }
    }
    fallback.ok_or(PythonError::Missing { refused })
}

/// By name on the path, then in the folders of pyenv and uv, newest first; then whatever `python3` is.
fn candidates(settings: &Settings) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for minor in MINORS {
        found.extend(settings.programs(&format!("python3.{minor}")));
        for folder in &settings.pythons {
            found.extend(installed(folder, minor));
        }
    }
    found.extend(settings.programs("python3"));
    found
}

/// pyenv names its folders `3.13.0`, uv `cpython-3.13.0-linux-x86_64-gnu`.
fn installed(folder: &Path, minor: u32) -> Vec<PathBuf> {
    let version = format!("3.{minor}.");
    // A folder that is not there holds nothing.
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut programs: Vec<PathBuf> = entries
        .filter(|entry| {
            let name = entry.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with(&version) || name.starts_with(&format!("cpython-{version}"))
        })
        .map(|entry| entry.join("bin/python3"))
        .filter(|program| program.is_file())
        .collect();
    programs.sort();
    programs
}

/// Debian splits `ensurepip` off: without it a virtual environment has no pip.
const QUESTION: &str = "import sys, venv, ensurepip; print(*sys.version_info[:2])";

fn probe(program: &Path, settings: &Settings) -> Result<Python, String> {
    let mut command = Command::new(program);
    // -I: nothing of the user's environment changes what this Python is.
    command.args(["-I", "-c", QUESTION]).env_clear();
    command.envs(settings.inherited.iter().map(|(name, value)| (name, value)));
    let limits = Limits { deadline: Duration::from_secs(20), stop: Stop::TERMINATE };
    let answer = process::run(command, limits, |_| Flow::GoOn).map_err(|error| error.to_string())?;
    let shown = program.display();
    if answer.code != Some(0) {
        let last = answer.errors.lines().last().unwrap_or("it says nothing").to_owned();
        return Err(format!("`{shown}`: {last}"));
    }
    let mut numbers = answer.output.split_whitespace().map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(3)), Some(Ok(minor))) if MINORS.contains(&minor) => {
            Ok(Python { program: program.to_owned(), minor })
        }
        (Some(Ok(major)), Some(Ok(minor))) => {
            Err(format!("`{shown}` is Python {major}.{minor}, which LocalStack 4.12 does not know"))
        }
        _ => Err(format!("`{shown}` does not answer as Python does")),
    }
}
