//! What the commands of this workspace have in common at the command line.
//!
//! ```text
//! arguments ─▶ parse ─▶ the command's own work ─▶ Output    standard output, which may be full or left
//!                │                              ─▶ say      standard error: `error: …`, `warning: …`
//!                │                              ─▶ Verbosity    what `--quiet` leaves out: `note: …`, progress, summaries
//!                └─▶ Generated: completions, manual pages    all of it in `run`, which also answers for a panic
//! ```

mod complaint;
mod generated;
mod nearest;
mod output;
mod parse;
mod read;
mod run;
pub mod say;
#[cfg(feature = "testing")]
pub mod testing;
mod unread;
mod verbosity;

pub use complaint::Complaint;
pub use generated::Generated;
pub use nearest::nearest;
pub use output::Output;
pub use parse::{command, parse};
pub use read::read;
pub use run::{guarded, run};
pub use unread::{saved_plan, unread};
pub use verbosity::Verbosity;

/// Done: written, clean, or the good answer.
pub const DONE: u8 = 0;
/// Judged, and not well: mistakes, findings, or the bad answer.
pub const FOUND: u8 = 1;
/// Not done, or not judged: wrong usage, or what cannot be read or written.
pub const FAILED: u8 = 2;
