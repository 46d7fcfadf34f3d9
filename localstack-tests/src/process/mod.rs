//! Programs that the suite starts: each in its own process group, under a deadline, and never left behind.

mod group;
mod reaper;
mod run;

pub(crate) use group::{Group, Stop};
pub(crate) use reaper::Reaper;
pub use run::ProcessError;
pub(crate) use run::{Event, Finished, Limits, Stream, run};
