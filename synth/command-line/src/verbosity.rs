//! How much a command says while it works.

use std::fmt::Display;

use clap::Args;

use crate::say;

/// What is said on standard error beside warnings and errors: progress, summaries, notes. `--quiet` is this in every
/// command, and nothing else; who has none cannot say such things. Standard output is the same with it and without.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Verbosity {
    /// Say nothing on standard error but warnings and errors
    #[arg(short, long)]
    quiet: bool,
}

impl Verbosity {
    /// Whether progress, summaries and notes are said.
    #[must_use]
    pub fn tells(self) -> bool {
        !self.quiet
    }

    /// Says what is good to know.
    pub fn note(self, message: &dyn Display) {
        if self.tells() {
            say::note(message);
        }
    }

    /// Says what was done, or is being done.
    pub fn tell(self, message: &dyn Display) {
        if self.tells() {
            say::labelled(message);
        }
    }
}
