//! What `plan`, `apply`, `destroy` and `output` have in common.
//!
//! ```text
//!  PATH ── stacks ─► in the order of application, or the other way round
//!                     │ in_turn: a failure stops those after it
//!  environment ─► Session ── prepare: init, if it is due ─► plan ─► gate: policy ─► approval ─► apply
//!                     │         each step is a process, attended to: Ctrl-C is passed on
//!                     └─ Screen: what is in work; diagnostics; results
//! ```

mod applied;
mod approval;
mod change;
mod diagnostic;
mod end;
mod environment;
mod gate;
mod in_turn;
mod passed;
mod place;
mod screen;
mod session;
mod variables;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use command_line::Verbosity;

pub(super) use applied::{missing_needs, note_dependents, note_unapplied};
pub(super) use approval::Approval;
pub(super) use change::{Change, Gate, Outcome, change, outputs, plan, show, values};
pub(super) use end::End;
pub(super) use in_turn::{AfterFailure, in_turn};
pub(super) use place::Stack;
pub(super) use screen::Screen;
pub(super) use session::Session;

/// Which stacks, and by which program.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// A folder that `--out` wrote, a folder with `*.tf.json` or `*.tf`, a document in one, or a stack file
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Only this stack; give it again for more
    #[arg(long = "stack", value_name = "NAME")]
    stacks: Vec<String>,
    /// Where a stack file's documents go, and terraform's state with them, instead of `.synth` beside it
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Of a stack file: move what was renamed since FILE was written, and bring FILE up to date: commit it
    #[arg(long, value_name = "FILE")]
    addresses: Option<PathBuf>,
    /// The program that does the work, instead of $SYNTH_TERRAFORM or the terraform or tofu on the path
    #[arg(long, value_name = "PROGRAM")]
    terraform: Option<PathBuf>,
}

/// How it is planned, and shown.
#[derive(Debug, Args)]
pub(super) struct Planning {
    /// Values of variables; give it again for more
    #[arg(long, value_name = "FILE")]
    var_file: Vec<PathBuf>,
    /// The value of a variable, for each stack that declares it; give it again for more
    #[arg(long, value_name = "NAME=VALUE")]
    var: Vec<String>,
    /// Print terraform's machine-readable stream, with a line before each step that says of which stack it is
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) verbosity: Verbosity,
    /// What is passed on to terraform as it is
    #[arg(last = true, value_name = "TERRAFORM'S")]
    passed: Vec<OsString>,
}

impl Planning {
    /// Whether results are for people to read.
    pub(super) fn has_readers(&self) -> bool {
        !self.json
    }
}
