//! Why a deployment did not go as it should.

use std::io;

use thiserror::Error;

use crate::audit::Holding;
use crate::aws::AwsError;
use crate::calls::CallsError;
use crate::emulator::EmulatorError;
use crate::stack::StackError;
use crate::terraform::{EngineError, MirrorError, Plan, RunError, WorkDirError};

/// Why a deployment did not go as it should.
#[derive(Debug, Error)]
pub enum DeploymentError {
    /// No stack.
    #[error(transparent)]
    Stack(#[from] StackError),
    /// No emulator.
    #[error(transparent)]
    Emulator(#[from] EmulatorError),
    /// No terraform.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// No such mirror.
    #[error(transparent)]
    Mirror(#[from] MirrorError),
    /// No working folder.
    #[error(transparent)]
    WorkDir(#[from] WorkDirError),
    /// A step failed.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Terraform printed something else than promised.
    #[error("cannot read what terraform {step} printed: {source}")]
    Unreadable {
        /// The step.
        step: &'static str,
        /// The reason.
        source: serde_json::Error,
    },
    /// A second plan wants changes.
    #[error("the stack is not stable, a second plan wants to change:{0}")]
    Unstable(Plan),
    /// The emulator could not be asked.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The emulator does not tell what was called.
    #[error(transparent)]
    Calls(#[from] CallsError),
    /// The emulator lacks a service of the stack.
    #[error("{emulator} has no `{service}`: is this project's plugin loaded?")]
    Lacking {
        /// The emulator.
        emulator: String,
        /// The service.
        service: String,
    },
    /// Destroy said that all is gone, and it is not.
    #[error("destroy left something behind:{}", .0.iter().map(|held| format!("\n  - {held}")).collect::<String>())]
    Leftovers(Vec<Holding>),
    /// The emulator ended before the stack could be destroyed: what was in it is gone with it.
    #[error("the stack could not be destroyed: {0}")]
    Ended(String),
    /// A failure, after which not everything could be removed.
    #[error("{error}\n{then}")]
    AndThen {
        /// What failed first.
        error: Box<DeploymentError>,
        /// What is left of it.
        then: Box<DeploymentError>,
    },
    /// Nobody would destroy the stack if this process were killed.
    #[error("cannot watch over the stack: {0}")]
    Unwatched(io::Error),
}
