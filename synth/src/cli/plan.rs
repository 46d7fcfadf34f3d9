//! `synth plan`: what apply would do.

use std::process::ExitCode;

use clap::Args;
use synth_engine::Intent;

use super::exit::WRITTEN;
use super::run::{
    self, AfterFailure, End, Outcome, Planning, Screen, Session, Which, in_turn, missing_needs,
};

/// Shown below the options.
const AFTER_HELP: &str = "Examples:
  synth plan stack.yaml
  synth plan out --stack network --var-file production.tfvars
  synth plan infrastructure/ -- -target=aws_sqs_queue.jobs

Exit codes:
  0  every stack was planned
  1  a stack cannot be planned: standard error says why
  2  the command could not do its work: wrong usage, no terraform, an interrupt

With --detailed-exitcode they are terraform's: 0 nothing is to be changed, 1 not all was planned,
2 something is to be changed.";

/// What `synth plan` is told.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    planning: Planning,
    /// Exit with 2 if something is to be changed, and with 1 if not all was planned
    #[arg(long)]
    detailed_exitcode: bool,
}

/// With `--detailed-exitcode` ("Command: plan").
const NOT_PLANNED: u8 = 1;
const CHANGES: u8 = 2;

/// Prints the plans and returns the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    ExitCode::from(match (plan(arguments).map_err(End::said), arguments.detailed_exitcode) {
        (Ok(Outcome::Something), true) => CHANGES,
        (Err(_), true) => NOT_PLANNED,
        (Ok(_), _) => WRITTEN,
        (Err(code), false) => code,
    })
}

fn plan(arguments: &Arguments) -> Result<Outcome, End> {
    let Arguments { which, planning, .. } = arguments;
    planning.check()?;
    let stacks = which.stacks()?;
    planning.check_variables(&stacks.chosen)?;
    let mut session = Session::begin(which, Screen::of(planning))?;
    let mut all = Outcome::Nothing;
    in_turn(&mut session, &stacks.chosen, AfterFailure::GoOn, |session, stack| {
        let planned = run::plan(session, stack, Intent::Apply, planning);
        let planned = planned.map_err(|end| explained(end, &missing_needs(&stacks.all, stack)))?;
        if planned.outcome == Outcome::Something {
            all = Outcome::Something;
        }
        if planning.has_readers() { run::show(session, stack, &planned) } else { Ok(()) }
    })?;
    Ok(all)
}

/// A stack that reads values of others can be planned once those are applied.
fn explained(end: End, missing: &[String]) -> End {
    match end {
        End::Wrong(why) if !missing.is_empty() => {
            let missing = missing.join("`, `");
            End::Wrong(format!(
                "{why}\n  = help: `{missing}`, before it in order, was never applied: `synth apply` does both"
            ))
        }
        end => end,
    }
}
