//! How a deployment ends: as it should, or given up, or dropped before its time.

use std::fs;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::{Deployment, DeploymentError, Phase};
use crate::audit::{Holding, Standing};
use crate::progress;

/// How many resources are named in the end.
const SLOWEST: usize = 3;
/// What is quicker is no news.
const WORTH_A_WORD: Duration = Duration::from_secs(1);

impl Deployment<'_> {
    /// Removes whatever was made, and asks the account what is left.
    pub(crate) fn end(&mut self) -> Result<(), DeploymentError> {
        let ended = self.remove();
        self.phase = if ended.is_ok() { Phase::Done } else { Phase::Abandoned };
        ended
    }

    /// Ends a deployment of which something failed, and adds to the error what could not be removed.
    pub(crate) fn give_up(&mut self, error: DeploymentError) -> DeploymentError {
        let ended = if self.phase == Phase::Prepared { Ok(()) } else { self.end() };
        // Its folder is all that explains it.
        self.phase = Phase::Abandoned;
        match ended {
            // The error itself says that the emulator is gone.
            Ok(()) | Err(DeploymentError::Ended(_)) => error,
            Err(then) => DeploymentError::AndThen { error: Box::new(error), then: Box::new(then) },
        }
    }

    fn remove(&mut self) -> Result<(), DeploymentError> {
        if self.phase == Phase::Applied {
            self.emulator.check().map_err(DeploymentError::Ended)?;
            self.destroy()?;
        }
        // What else is in the account belongs to those that are beside it.
        let last = Arc::strong_count(&self.account) == 1;
        if self.phase == Phase::Destroyed && last && self.folder().uses_aws() {
            if !self.unaudited.is_empty() {
                let types: Vec<&str> = self.unaudited.iter().map(String::as_str).collect();
                let stack = self.folder().stack();
                progress::tell(&format!(
                    "{stack}: destroy is believed, not audited, for {}",
                    types.join(", ")
                ));
            }
            // What the service deletes by itself later is gone for the stack's author.
            let left: Vec<Holding> =
                self.holdings()?.into_iter().filter(|held| held.standing == Standing::Live).collect();
            if !left.is_empty() {
                return Err(DeploymentError::Leftovers(left));
            }
        }
        Ok(())
    }

    fn fall(&mut self) {
        self.settle();
        self.report();
    }

    /// Says which resources took longest, and draws the rest where somebody wants it.
    fn report(&self) {
        let slowest = self.timeline().slowest(SLOWEST).into_iter().filter(|span| span.took >= WORTH_A_WORD);
        let slowest: Vec<String> =
            slowest.map(|span| format!("{} {:.1} s", span.name, span.took.as_secs_f64())).collect();
        if !slowest.is_empty() {
            self.telling.tell(&format!("{}: slowest: {}", self.folder().stack(), slowest.join(", ")));
        }
        if let Some(folder) = &self.timelines {
            let file = folder.join(format!("{}-{}.svg", self.folder().stack(), self.account));
            let drawn = fs::create_dir_all(folder).and_then(|()| fs::write(&file, self.timeline().svg()));
            if let Err(error) = drawn {
                progress::tell(&format!("cannot write `{}`: {error}", file.display()));
            }
        }
    }

    fn settle(&mut self) {
        if self.phase == Phase::Done {
            // A folder that stays in the temporary folder does no harm.
            let _ = self.folder().remove();
            return;
        }
        if self.phase == Phase::Applied {
            let why = if thread::panicking() { "failed" } else { "left early" };
            progress::tell(&format!("{}: {why}, destroying what it made", self.folder().stack()));
            if let Err(error) = self.end() {
                progress::tell(&format!("{}: {error}", self.folder().stack()));
            }
        }
        self.keep();
    }

    fn keep(&self) {
        let logs = self.folder().logs();
        if let Some(log) = self.emulator.log() {
            // A missing log is no reason to say nothing about the others.
            let _ = fs::write(logs.join("localstack.log"), log);
        }
        progress::tell(&format!(
            "{}: kept {} (logs in {})",
            self.folder().stack(),
            self.folder().path().display(),
            logs.display()
        ));
    }
}

impl Drop for Deployment<'_> {
    fn drop(&mut self) {
        self.fall();
        // Only now: it may have to do what we did not come to.
        if let Some(reaper) = self.reaper.take() {
            reaper.dismiss();
        }
    }
}
