//! `synth apply`: each stack planned, judged, approved, and made so.

use std::process::ExitCode;

use clap::Args;
use synth_engine::Intent;

use super::exit::WRITTEN;
use super::run::{
    self, AfterFailure, Approval, Change, End, Gate, Planning, Screen, Session, Which, change, in_turn,
    note_unapplied,
};

/// Shown below the options.
const AFTER_HELP: &str = "Examples:
  synth apply stack.yaml
  synth apply out --stack network --auto-approve
  synth apply infrastructure/ --var image=shop:v8 -- -parallelism=4

Exit codes:
  0  everything is as the stacks say
  1  terraform refused, policy found something, or somebody said no: what was not begun is named
  2  the command could not do its work: wrong usage, no terraform, nobody to ask, an interrupt";

/// What `synth apply` is told.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    planning: Planning,
    /// Apply without asking
    #[arg(long)]
    auto_approve: bool,
    /// Apply what policy has not judged
    #[arg(long)]
    no_policy: bool,
}

/// Applies the stacks and returns the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    ExitCode::from(apply(arguments).map_or_else(End::said, |()| WRITTEN))
}

fn apply(arguments: &Arguments) -> Result<(), End> {
    let Arguments { which, planning, auto_approve, no_policy } = arguments;
    planning.check()?;
    let approval = if *auto_approve { Approval::Given } else { Approval::Asked };
    approval.check(planning)?;
    let gate = if *no_policy { Gate::Open } else { Gate::Policy };
    let stacks = which.stacks()?;
    planning.check_variables(&stacks.chosen)?;
    let mut session = Session::begin(which, Screen::of(planning))?;
    note_unapplied(&stacks.all, &stacks.chosen, session.screen());
    let wanted = Change { intent: Intent::Apply, planning, approval, gate };
    in_turn(&mut session, &stacks.chosen, AfterFailure::Stop, |session, stack| {
        let directory = change(session, stack, wanted)?;
        if planning.has_readers() { run::outputs(session, stack, &directory) } else { Ok(()) }
    })
}
