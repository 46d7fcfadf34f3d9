//! Programs that are started: each in its own process group, under a deadline, and never left behind.

mod group;
mod reaper;
mod run;

pub use group::{Group, Stop};
pub use reaper::Reaper;
pub use run::{Event, Finished, Flow, Limits, ProcessError, Stream, run};
pub use rustix::process::Signal;
