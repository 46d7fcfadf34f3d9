//! Runs one step of terraform: logged, watched, under a deadline.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use thiserror::Error;

use super::events::{self, Diagnostic, News};
use super::{Engine, Lent, Providers, WarmError, WorkDir, WorkDirError, providers};
use crate::process::{self, Event, Finished, Limits, ProcessError, Stop, Stream};
use crate::progress::Progress;
use crate::settings::variable;

/// What terraform is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Fetch the providers.
    Init,
    /// Check the stack against the providers' schemas.
    Validate,
    /// Make the resources.
    Apply,
    /// Compare the stack with the resources.
    Plan,
    /// Print a plan or the state.
    Show,
    /// Print the providers' schemas.
    Schema,
    /// Print the signatures of the functions of the language.
    Functions,
    /// Remove the resources.
    Destroy,
}

impl Step {
    /// The log's name.
    fn name(self) -> &'static str {
        match self {
            Step::Init => "init",
            Step::Validate => "validate",
            Step::Apply => "apply",
            Step::Plan => "plan",
            Step::Show => "show",
            Step::Schema => "schema",
            Step::Functions => "functions",
            Step::Destroy => "destroy",
        }
    }

    /// What else can be done when it fails.
    fn advice(self) -> String {
        match self {
            Step::Init => {
                format!(
                    "\n  without a network, name a folder that holds the providers in {}",
                    variable::MIRROR
                )
            }
            _ => String::new(),
        }
    }

    /// Each at least five times what the largest known system needs (114 s to apply, 87 s to destroy).
    fn deadline(self) -> Duration {
        Duration::from_secs(match self {
            // A provider of 700 MB may have to be downloaded.
            Step::Init | Step::Apply | Step::Destroy => 900,
            Step::Plan => 300,
            Step::Validate | Step::Show | Step::Schema | Step::Functions => 120,
        })
    }
}

/// Why a step has no result.
#[derive(Debug, Error)]
pub enum RunError {
    /// It did not run to its end.
    #[error("terraform {}: {source}\n  log: {}", .step.name(), .log.display())]
    Process {
        /// What was asked.
        step: Step,
        /// The reason.
        source: ProcessError,
        /// What it said until then.
        log: PathBuf,
    },
    /// It ended and said no.
    #[error("terraform {} failed{exit}{}{}\n  log: {}", .step.name(), complaints(.said), .step.advice(), .log.display())]
    Failed {
        /// What was asked.
        step: Step,
        /// The exit code, as text to append.
        exit: String,
        /// Its reasons.
        said: Vec<String>,
        /// Everything that it said.
        log: PathBuf,
    },
    /// The log could not be written.
    #[error("cannot write the log `{}`: {source}", .log.display())]
    Log {
        /// The log.
        log: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The working folder could not be changed.
    #[error(transparent)]
    WorkDir(#[from] WorkDirError),
    /// The provider could not be kept warm.
    #[error(transparent)]
    Warm(#[from] WarmError),
}

fn complaints(said: &[String]) -> String {
    said.iter().map(|complaint| format!("\n  - {complaint}")).collect()
}

/// An engine at work in a folder.
pub struct Terraform {
    engine: Engine,
    folder: WorkDir,
    environment: Vec<(OsString, OsString)>,
    runs: usize,
    warm: Option<Lent>,
}

impl fmt::Debug for Terraform {
    /// Without the environment: the values of secret variables are in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terraform")
            .field("engine", &self.engine)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Terraform {
    /// Puts `engine` to work in `folder`, with nothing of the user's environment but what `environment` holds.
    pub fn new(engine: Engine, folder: WorkDir, environment: Vec<(OsString, OsString)>) -> Terraform {
        Terraform { engine, folder, environment, runs: 0, warm: None }
    }

    /// Adds or replaces a variable of the environment.
    pub fn set(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.environment.push((name.into(), value.into()));
    }

    /// The folder.
    pub fn folder(&self) -> &WorkDir {
        &self.folder
    }

    /// Fetches the providers; the following steps use them warm.
    pub fn init(&mut self, providers: &Providers) -> Result<(), RunError> {
        providers::install(self, providers)?;
        self.warm = providers.warm().lend(self.folder.path())?;
        Ok(())
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Runs a step and expects exit 0. `healthy` is asked again and again whether the step still makes sense.
    pub fn run(
        &mut self,
        step: Step,
        arguments: &[&str],
        healthy: &dyn Fn() -> Result<(), String>,
    ) -> Result<String, RunError> {
        self.run_to(step, arguments, &[0], healthy).map(|(_, output)| output)
    }

    /// Runs a step and expects one of `accepted`; answers with the exit code and the output.
    pub fn run_to(
        &mut self,
        step: Step,
        arguments: &[&str],
        accepted: &[i32],
        healthy: &dyn Fn() -> Result<(), String>,
    ) -> Result<(i32, String), RunError> {
        self.runs += 1;
        let log = self.folder.logs().join(format!("{:02}-{}.log", self.runs, step.name()));
        let not_logged = |source| RunError::Log { log: log.clone(), source };
        let mut file = File::create(&log).map_err(not_logged)?;
        let mut progress = Progress::begin(format!("{} {}", self.folder.stack(), step.name()));
        let (mut working, mut latest) = (BTreeSet::new(), String::new());
        let mut said: Vec<Diagnostic> = Vec::new();
        let mut unwritten = None;

        let limits = Limits { deadline: step.deadline(), stop: Stop::INTERRUPT };
        let finished = process::run(self.command(step, arguments), limits, |event| {
            match event {
                Event::Line(stream, line) => {
                    // A state or a schema is no log: it is long, and may be secret.
                    if stream == Stream::Error || !matches!(step, Step::Show | Step::Schema | Step::Functions)
                    {
                        unwritten = writeln!(file, "{line}").err().or(unwritten.take());
                    }
                    match events::read(line) {
                        Some(News::Begun(address)) => drop(working.insert(address)),
                        Some(News::Over(address)) => drop(working.remove(&address)),
                        Some(News::Complaint(complaint)) => said.push(complaint),
                        Some(News::Words(words)) => latest = words,
                        None => {}
                    }
                }
                Event::Quiet => {}
            }
            let idle = working.is_empty().then_some(&latest);
            progress.on(working.iter().chain(idle).map(String::as_str));
            match healthy() {
                Ok(()) => ControlFlow::Continue(()),
                Err(why) => ControlFlow::Break(why),
            }
        })
        .map_err(|source| RunError::Process { step, source, log: log.clone() })?;
        if let Some(source) = unwritten {
            return Err(not_logged(source));
        }
        progress.end(finished.took);

        match finished.code {
            Some(code) if accepted.contains(&code) => Ok((code, finished.output)),
            code => Err(RunError::Failed {
                step,
                exit: code
                    .map_or_else(|| " (a signal ended it)".to_owned(), |code| format!(" (exit {code})")),
                said: reasons(&said, &finished),
                log,
            }),
        }
    }

    fn command(&self, step: Step, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.engine.program);
        match step {
            Step::Schema => command.args(["providers", "schema"]),
            Step::Functions => command.args(["metadata", "functions"]),
            other => command.arg(other.name()),
        };
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .env("TF_CLI_CONFIG_FILE", self.folder.configuration())
            .env("TF_IN_AUTOMATION", "1")
            .env("CHECKPOINT_DISABLE", "1");
        match (step, &self.warm) {
            // Init installs providers only if they do not run yet; the schema is wanted as a whole.
            (Step::Init | Step::Schema, _) | (_, None) => {}
            (_, Some(warm)) => drop(command.envs([warm.variable()])),
        }
        command
    }
}

/// The errors among the diagnostics, else whatever was printed on the error stream.
fn reasons(said: &[Diagnostic], finished: &Finished) -> Vec<String> {
    let errors: Vec<String> =
        said.iter().filter(|complaint| complaint.severity == "error").map(ToString::to_string).collect();
    if errors.is_empty() { vec![finished.errors.trim().replace('\n', "\n    ")] } else { errors }
}
