//! A folder with a root module, in which an engine works.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

use crate::{Engine, cache, init};

/// What a plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// What the configuration says is made so.
    Apply,
    /// What was made is removed.
    Destroy,
}

/// The colours of what people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colors {
    /// A terminal's.
    Ansi,
    /// None.
    None,
}

/// A working directory, as terraform calls it.
#[derive(Clone, Debug)]
pub struct Directory {
    engine: Engine,
    path: PathBuf,
    data: PathBuf,
    cache: Option<PathBuf>,
    settings: String,
}

/// What of the user's environment decides what terraform keeps in a working directory.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `TF_DATA_DIR`.
    pub data: Option<PathBuf>,
    /// Where downloaded providers are to be kept, if terraform is to be told.
    pub cache: Option<PathBuf>,
    /// Everything else that init goes by: `TF_CLI_ARGS`, `TF_CLI_ARGS_init`.
    pub init: Vec<OsString>,
}

impl Directory {
    /// `engine` at work in the folder `path`, with all of the user's environment.
    ///
    /// # Errors
    /// If nobody knows where this process works.
    pub fn new(engine: &Engine, path: &Path, surroundings: &Surroundings) -> io::Result<Directory> {
        let Surroundings { data, cache, init } = surroundings;
        // The engine works in another folder than this process.
        let (path, program) = (absolute(path)?, absolute(&engine.program)?);
        let engine = Engine { program, ..engine.clone() };
        // As terraform sees it from its working directory.
        let data = path.join(data.clone().unwrap_or_else(|| PathBuf::from(".terraform")));
        let settings = format!("{engine} {init:?}");
        Ok(Directory { engine, path, data, cache: cache.clone(), settings })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where terraform keeps what it installs.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Whether a file of this name is a part of a module.
    #[must_use]
    pub fn reads(name: &str) -> bool {
        init::is_configuration(name)
    }

    /// Whether init has to run.
    #[must_use]
    pub fn init_is_due(&self) -> bool {
        !init::is_current(&self.path, &self.data, &self.settings)
    }

    /// The cache of providers that init installs into, if it is to be told of one: take a [`cache::Turn`] before.
    #[must_use]
    pub fn cache(&self) -> Option<&Path> {
        self.cache.as_deref()
    }

    /// The command that initializes; until it has succeeded, [`Directory::initialized`] says so, it stays due.
    ///
    /// # Errors
    /// If the folders that it needs cannot be written.
    pub fn init(&self) -> io::Result<Command> {
        init::forget(&self.data)?;
        Ok(self.command("init", ["-input=false", "-json"]))
    }

    /// Notes that init has succeeded.
    ///
    /// # Errors
    /// If that cannot be written.
    pub fn initialized(&self) -> io::Result<()> {
        init::remember(&self.path, &self.data, &self.settings)
    }

    /// The command that writes a plan; it exits with 0 where nothing is to be changed, with 2 where something is.
    pub fn plan(&self, intent: Intent, file: &Path, arguments: &[OsString]) -> Command {
        let mut command = self.command("plan", ["-input=false", "-json", "-detailed-exitcode"]);
        if intent == Intent::Destroy {
            command.arg("-destroy");
        }
        command.arg(option("-out", file)).args(arguments);
        command
    }

    /// The command that prints a plan for people; sensitive values are left out.
    pub fn show(&self, plan: &Path, colors: Colors) -> Command {
        let mut command = self.command("show", []);
        if colors == Colors::None {
            command.arg("-no-color");
        }
        command.arg(plan);
        command
    }

    /// The command that prints a plan for programs: **with** its secrets.
    pub fn show_json(&self, plan: &Path) -> Command {
        let mut command = self.command("show", ["-json"]);
        command.arg(plan);
        command
    }

    /// The command that applies a plan. Values of ephemeral variables are in none, and have to be given again.
    pub fn apply(&self, plan: &Path, arguments: &[OsString]) -> Command {
        let mut command = self.command("apply", ["-input=false", "-json"]);
        command.args(arguments).arg(plan);
        command
    }

    /// The command that prints outputs.
    pub fn output(&self, arguments: &[&OsStr]) -> Command {
        let mut command = self.command("output", []);
        command.args(arguments);
        command
    }

    fn command<const N: usize>(&self, step: &str, arguments: [&str; N]) -> Command {
        let mut command = Command::new(&self.engine.program);
        // Terraform gives other advice to people than to programs.
        command.arg(step).args(arguments).current_dir(&self.path).env("TF_IN_AUTOMATION", "1");
        if let Some(cache) = &self.cache {
            command.env(cache::VARIABLE, cache);
        }
        command
    }
}

/// An option with its value in one argument.
fn option(name: &str, value: impl AsRef<OsStr>) -> OsString {
    let mut option = OsString::from(name);
    option.push("=");
    option.push(value);
    option
}
