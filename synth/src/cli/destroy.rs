//! `synth destroy`: what was applied is removed, in the other order.

use std::process::ExitCode;

use clap::Args;
use synth_engine::Intent;

use super::exit::WRITTEN;
use super::run::{
    AfterFailure, Approval, Change, End, Gate, Planning, Screen, Session, Which, change, in_turn,
    note_dependents,
};

/// Shown below the options.
const AFTER_HELP: &str = "Examples:
  synth destroy stack.yaml
  synth destroy out --stack web --auto-approve

Exit codes:
  0  everything is removed
  1  terraform refused, or somebody said no: what was not begun is named
  2  the command could not do its work: wrong usage, no terraform, nobody to ask, an interrupt";

/// What `synth destroy` is told.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    planning: Planning,
    /// Destroy without asking
    #[arg(long)]
    auto_approve: bool,
}

/// Destroys the stacks and returns the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    ExitCode::from(destroy(arguments).map_or_else(End::said, |()| WRITTEN))
}

fn destroy(arguments: &Arguments) -> Result<(), End> {
    let Arguments { which, planning, auto_approve } = arguments;
    planning.check()?;
    let approval = if *auto_approve { Approval::Given } else { Approval::Asked };
    approval.check(planning)?;
    let mut stacks = which.stacks()?;
    planning.check_variables(&stacks.chosen)?;
    stacks.chosen.reverse();
    let mut session = Session::begin(which, Screen::of(planning))?;
    note_dependents(&stacks.all, &stacks.chosen, session.screen());
    let wanted = Change { intent: Intent::Destroy, planning, approval, gate: Gate::Open };
    in_turn(&mut session, &stacks.chosen, AfterFailure::Stop, |session, stack| {
        change(session, stack, wanted).map(drop)
    })
}
