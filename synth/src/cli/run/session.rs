//! One run of a command: the engine, what it is told, who listens, and the steps for a stack.

use std::io;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use synth_engine::cache::{self, Turn};
use synth_engine::event::{self, Diagnostic, News};
use synth_engine::process::Stream;
use synth_engine::{Attended, Directory, Engine, Interrupts, Surroundings};

use super::{End, Screen, Stack, Which, diagnostic, environment};
use crate::cli::engine;

/// How often it is looked whether another process is done.
const LOOK: Duration = Duration::from_millis(100);

/// What steps have in common.
#[derive(Debug)]
pub(in crate::cli) struct Session {
    engine: Engine,
    surroundings: Surroundings,
    interrupts: Interrupts,
    screen: Screen,
}

impl Session {
    /// Finds the engine, and listens for Ctrl-C from now on.
    pub(in crate::cli) fn begin(which: &Which, screen: Screen) -> Result<Session, End> {
        let engine = engine::find(which.terraform.as_deref()).map_err(|error| End::failed(&error))?;
        let surroundings = environment::surroundings(&engine);
        Ok(Session { engine, surroundings, interrupts: Interrupts::listen()?, screen })
    }

    /// Where things are shown.
    pub(in crate::cli) fn screen(&mut self) -> &mut Screen {
        &mut self.screen
    }

    /// Whether somebody asked for the end.
    pub(in crate::cli) fn is_interrupted(&mut self) -> bool {
        self.interrupts.any()
    }

    /// The working directory of a stack, with all in it that the configuration needs.
    pub(in crate::cli) fn prepare(&mut self, stack: &Stack) -> Result<Directory, End> {
        let directory = Directory::new(&self.engine, &stack.folder, &self.surroundings)?;
        if directory.init_is_due() {
            let lock = stack.folder.join(".terraform.lock.hcl");
            let had_lock = lock.is_file();
            let _turn = directory.cache().map(|cache| self.turn(cache)).transpose()?;
            let init = directory.init()?;
            self.step(stack, "init", init, &[0])?;
            directory.initialized()?;
            if !had_lock && lock.is_file() {
                let lock = lock.display();
                self.screen.note(&format!("`{lock}` says which providers were chosen: commit it"));
            }
        }
        Ok(directory)
    }

    /// Waits until nobody else installs into a cache of providers.
    fn turn(&mut self, cache: &Path) -> Result<Turn, End> {
        let mut is_said = false;
        loop {
            let turn = Turn::take(cache).map_err(|error| unkept(cache, &error))?;
            if let Some(turn) = turn {
                return Ok(turn);
            }
            if self.is_interrupted() {
                return Err(End::Interrupted);
            }
            if !is_said {
                self.screen.note("another `synth` installs providers: waiting for it");
                is_said = true;
            }
            thread::sleep(LOOK);
        }
    }

    /// Runs a step that prints a stream of events, and expects one of these exit codes.
    pub(super) fn step(
        &mut self,
        stack: &Stack,
        step: &str,
        command: Command,
        accepted: &[i32],
    ) -> Result<i32, End> {
        if self.is_interrupted() {
            return Err(End::Interrupted);
        }
        self.screen.begin(stack, step)?;
        let (screen, mut said, mut plain) = (&mut self.screen, Vec::<Diagnostic>::new(), String::new());
        let mut unprinted = None;
        let ended = self.interrupts.attend(command, |attended| match attended {
            Attended::Line(Stream::Output, line) => {
                unprinted = screen.line_of_stream(line).err().or(unprinted.take());
                match event::read(line) {
                    Some(News::Complaint(complaint)) => said.push(complaint),
                    Some(news) => screen.news(&news),
                    None if line.starts_with('{') => {}
                    None => plain.push_str(&format!("{line}\n")),
                }
            }
            Attended::Line(Stream::Error, line) => plain.push_str(&format!("{line}\n")),
            Attended::Quiet => screen.tick(),
            Attended::Interrupted(1) => screen.warning(
                "interrupted: terraform ends what it is doing, writes its state and lets go of its lock; another \
                 Ctrl-C ends it at once, and what it was making may be lost sight of",
            ),
            Attended::Interrupted(_) => screen.warning("interrupted again: terraform ends at once"),
        });
        self.screen.end();
        let finished = ended.map_err(|error| End::failed(&error))?;
        for complaint in &said {
            let text = diagnostic::text(complaint, stack);
            match complaint.severity.as_str() {
                "error" => self.screen.error(&text),
                _ => self.screen.warning(&text),
            }
        }
        if self.is_interrupted() {
            return Err(End::Interrupted);
        }
        match (finished.code, unprinted) {
            (Some(code), None) if accepted.contains(&code) => Ok(code),
            (Some(code), Some(error)) if accepted.contains(&code) => Err(error.into()),
            _ => Err(refused(step, finished.code, if said.is_empty() { &plain } else { "" })),
        }
    }

    /// Runs a step that prints a result, and returns that.
    pub(in crate::cli) fn ask(&mut self, step: &str, command: Command) -> Result<String, End> {
        let finished = self.interrupts.attend(command, |_| {}).map_err(|error| End::failed(&error))?;
        match finished.code {
            _ if self.is_interrupted() => Err(End::Interrupted),
            Some(0) => Ok(finished.output),
            // What it has printed until then may be secret.
            _ => Err(refused(step, finished.code, &finished.errors)),
        }
    }
}

/// Why providers cannot be kept.
fn unkept(cache: &Path, error: &io::Error) -> End {
    let (cache, variable) = (cache.display(), cache::VARIABLE);
    End::Failed(format!("providers cannot be kept in `{cache}`: {error}; name another folder in {variable}"))
}

/// Why a step has no result, with what the engine says about it in plain text.
fn refused(step: &str, code: Option<i32>, said: &str) -> End {
    let how = match code {
        Some(code) => format!("`{step}` failed with exit code {code}"),
        None => format!("`{step}` was killed: what it was making may not be in the state"),
    };
    End::Wrong(format!("{how}\n{said}").trim_end().to_owned())
}
