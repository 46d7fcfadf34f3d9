//! The real terraform (or tofu): found, given a working folder, run step by step, its answers read.

mod configured;
pub mod engine;
mod hcl;
mod masked;
pub mod mirror;
pub mod overrides;
mod plan;
pub mod providers;
mod region;
mod run;
mod stand_in;
mod state;
mod step;
mod timeline;
mod warm;
mod workdir;

pub use configured::OverrideError;
pub use engine::{Engine, EngineError, Product};
pub use masked::Masked;
pub use mirror::{Mirror, MirrorError};
pub use plan::{Action, Change, Difference, Plan, Planned, Reason, Side};
pub use providers::Providers;
pub use run::{RunError, Terraform};
pub use state::State;
pub use step::Step;
pub use synth_engine::process::ProcessError;
pub use timeline::{Phase, Span, Timeline};
pub use warm::{Lent, Warm, WarmError};
pub use workdir::{WorkDir, WorkDirError};
