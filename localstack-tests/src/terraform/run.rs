//! Runs one step of terraform: logged, watched, under a deadline.

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::Command;

use synth_engine::event::{self, Diagnostic, News};
use synth_engine::process::{self, Event, Finished, Flow, Limits, ProcessError, Reaper, Stop, Stream};
use thiserror::Error;

use super::timeline::{Running, Timeline};
use super::{Engine, Lent, Providers, Step, WarmError, WorkDir, WorkDirError, providers};
use crate::disk;
use crate::progress::Telling;
use crate::settings::Settings;
use crate::settings::variable;
use crate::turns::Turns;

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
    /// Nobody says whose turn it is.
    #[error("cannot wait for a turn in the cache folder: {0}")]
    NoTurn(io::Error),
    /// The working folder could not be changed.
    #[error(transparent)]
    WorkDir(#[from] WorkDirError),
    /// The provider could not be kept warm.
    #[error(transparent)]
    Warm(#[from] WarmError),
}

/// The heap may grow to five times what is in use before it is collected: a quarter less CPU time to start
/// (Go's default is 100).
const GARBAGE_COLLECTION: (&str, &str) = ("GOGC", "400");

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
    timeline: Timeline,
    turns: Option<Turns>,
    telling: Telling,
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
        let (timeline, telling) = (Timeline::begin(), Telling::Aloud);
        Terraform { engine, folder, environment, runs: 0, warm: None, timeline, turns: None, telling }
    }

    /// Has steps that ask much of the machine wait for their turn, and says what is being waited for, if so wanted.
    pub(crate) fn set_as(self, settings: &Settings) -> Terraform {
        Terraform { turns: Some(settings.turns()), telling: settings.telling, ..self }
    }

    /// Where the time went until now.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Adds or replaces a variable of the environment.
    pub fn set(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.environment.push((name.into(), value.into()));
    }

    /// The folder.
    pub fn folder(&self) -> &WorkDir {
        &self.folder
    }

    pub(crate) fn folder_mut(&mut self) -> &mut WorkDir {
        &mut self.folder
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
        let mut file = match (File::create(&log), step) {
            (Ok(file), _) => Some(file),
            // What exists must go, with or without a word about it.
            (Err(_), Step::Destroy) => None,
            (Err(source), _) => return Err(not_logged(source)),
        };
        let mut progress = self.telling.begin(format!("{} {}", self.folder.stack(), step.name()));
        let turns = self.turns.as_ref().filter(|_| step.is_heavy());
        let waiting = || progress.on(std::iter::once("waiting for its turn"));
        let _turn = match turns.map(|turns| turns.take(waiting)).transpose() {
            Ok(turn) => turn,
            // What exists must go, out of turn if need be.
            Err(_) if step == Step::Destroy => None,
            Err(source) => return Err(RunError::NoTurn(source)),
        };
        let (mut running, mut latest) = (Running::new(step.name()), String::new());
        let mut said: Vec<Diagnostic> = Vec::new();
        let mut unwritten = None;

        let limits = Limits { deadline: step.deadline(), stop: Stop::INTERRUPT };
        let finished = process::run(self.command(step, arguments), limits, |event| {
            match event {
                Event::Line(stream, line) => {
                    // A state or a schema is no log: it is long, and may be secret.
                    if stream == Stream::Error || !matches!(step, Step::Show | Step::Schema | Step::Functions)
                    {
                        let written = file.as_mut().map_or(Ok(()), |file| writeln!(file, "{line}"));
                        unwritten = written.err().or(unwritten.take());
                    }
                    match event::read(line) {
                        Some(News::Begun(_, about)) => running.begins(about.address),
                        Some(News::Over(_, about)) => running.ends(about.address),
                        Some(News::Complaint(complaint)) => said.push(complaint),
                        Some(News::Words(words)) => latest = words,
                        Some(News::Waiting(_) | News::Saying(_)) | None => {}
                    }
                }
                Event::Quiet => {}
            }
            let idle = running.working().next().is_none().then_some(latest.as_str());
            progress.on(running.working().chain(idle));
            match healthy() {
                Ok(()) => Flow::GoOn,
                Err(why) => Flow::Stop(why),
            }
        })
        .map_err(|source| RunError::Process { step, source, log: log.clone() });
        self.timeline.add(running);
        let finished = finished?;
        progress.end(finished.took);

        match (finished.code, unwritten) {
            (Some(code), Some(source)) if accepted.contains(&code) && step != Step::Destroy => {
                Err(not_logged(source))
            }
            (Some(code), _) if accepted.contains(&code) => Ok((code, finished.output)),
            (code, _) => {
                Err(RunError::Failed { step, exit: exit(code), said: self.reasons(&said, &finished), log })
            }
        }
    }

    /// What it complained about, and what lies behind it.
    fn reasons(&self, said: &[Diagnostic], finished: &Finished) -> Vec<String> {
        let mut reasons = reasons(said, finished);
        if disk::is_full(self.folder.path()) {
            let path = self.folder.path().display();
            reasons.insert(
                0,
                format!(
                    "the disk is full: make room where `{path}` is, or name another folder in {}",
                    variable::WORK
                ),
            );
        }
        reasons
    }

    /// What destroys the stack should this process be killed, and the warm provider with it.
    pub(crate) fn reaper(&self) -> io::Result<Reaper> {
        Reaper::of_stack(&self.cold(Step::Destroy, &[]), &self.folder.logs().join("reaper.log"))
    }

    fn command(&self, step: Step, arguments: &[&str]) -> Command {
        let mut command = self.cold(step, arguments);
        match (step, &self.warm) {
            // Init installs providers only if they do not run yet; the schema is wanted as a whole.
            (Step::Init | Step::Schema, _) | (_, None) => {}
            (_, Some(warm)) => drop(command.envs([warm.variable()])),
        }
        command
    }

    /// A terraform that starts its providers itself.
    fn cold(&self, step: Step, arguments: &[&str]) -> Command {
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
            .env("CHECKPOINT_DISABLE", "1")
            .env(GARBAGE_COLLECTION.0, GARBAGE_COLLECTION.1);
        command
    }
}

/// How it ended, as text to append.
fn exit(code: Option<i32>) -> String {
    match code {
        Some(code) => format!(" (exit {code})"),
        None => " (somebody killed it: what it was making may not be in its state; the account is audited)"
            .to_owned(),
    }
}

/// The errors among the diagnostics, else whatever was printed on the error stream.
fn reasons(said: &[Diagnostic], finished: &Finished) -> Vec<String> {
    let errors: Vec<String> =
        said.iter().filter(|complaint| complaint.severity == "error").map(ToString::to_string).collect();
    let printed = finished.errors.trim();
    match (errors.is_empty(), printed.is_empty()) {
        (true, true) => Vec::new(),
        (true, false) => vec![printed.replace('\n', "\n    ")],
        (false, _) => errors,
    }
}
