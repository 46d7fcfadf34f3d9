//! The real terraform (or tofu): found, given a working folder, run step by step, its answers read.

pub mod engine;
mod events;
pub mod mirror;
pub mod overrides;
mod plan;
pub mod providers;
mod run;
mod state;
mod warm;
mod workdir;

pub use crate::process::ProcessError;
pub use engine::{Engine, EngineError, Product};
pub use mirror::{Mirror, MirrorError};
pub use overrides::OverrideError;
pub use plan::{Action, Plan, Planned};
pub use providers::Providers;
pub use run::{RunError, Step, Terraform};
pub use state::State;
pub use warm::{Lent, Warm, WarmError};
pub use workdir::{WorkDir, WorkDirError};
