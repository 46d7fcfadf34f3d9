//! A stack from its plan to what the plan says.

use std::ffi::OsStr;

use serde_json::{Map, Value};
use synth_engine::{Directory, Intent, PlanFile};

use super::{Approval, End, Planning, Session, Stack, environment, gate};

/// What is to be done with stacks.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Change<'p> {
    /// What for.
    pub(in crate::cli) intent: Intent,
    /// With which values.
    pub(in crate::cli) planning: &'p Planning,
    /// Who says yes.
    pub(in crate::cli) approval: Approval,
    /// Who says no.
    pub(in crate::cli) gate: Gate,
}

/// Whether policy judges plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Gate {
    /// It does.
    Policy,
    /// It does not, as the user wants it.
    Open,
}

/// Whether a plan changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Outcome {
    /// It does not.
    Nothing,
    /// It does.
    Something,
}

/// A plan, until it is dropped.
#[derive(Debug)]
pub(in crate::cli) struct Planned {
    directory: Directory,
    file: PlanFile,
    /// Whether it changes anything.
    pub(in crate::cli) outcome: Outcome,
}

/// Plans a stack.
pub(in crate::cli) fn plan(
    session: &mut Session,
    stack: &Stack,
    intent: Intent,
    planning: &Planning,
) -> Result<Planned, End> {
    let directory = session.prepare(stack)?;
    let file = PlanFile::within(directory.data())?;
    let arguments = planning.passed(stack)?.plan;
    let code = session.step(stack, "plan", directory.plan(intent, &file.path(), &arguments), &[0, 2])?;
    let outcome = if code == 0 { Outcome::Nothing } else { Outcome::Something };
    Ok(Planned { directory, file, outcome })
}

/// Shows a plan as terraform prints it.
pub(in crate::cli) fn show(session: &mut Session, stack: &Stack, planned: &Planned) -> Result<(), End> {
    let show = planned.directory.show(&planned.file.path(), environment::colors());
    let text = session.ask("show", show)?;
    Ok(session.screen().result(&format!("{}:\n{}\n\n", stack.name, text.trim_matches('\n')))?)
}

/// The outputs of a stack as terraform tells them to programs: **with** sensitive values.
pub(in crate::cli) fn values(
    session: &mut Session,
    directory: &Directory,
) -> Result<Map<String, Value>, End> {
    let text = session.ask("output", directory.output(&[OsStr::new("-json")]))?;
    serde_json::from_str(&text)
        .map_err(|error| End::Failed(format!("terraform did not print its outputs as JSON: {error}")))
}

/// Shows the outputs of a stack as terraform prints them: sensitive ones by their names.
pub(in crate::cli) fn outputs(
    session: &mut Session,
    stack: &Stack,
    directory: &Directory,
) -> Result<(), End> {
    // Where there are none terraform prints a page on how to make some.
    if values(session, directory)?.is_empty() {
        return Ok(());
    }
    let text = session.ask("output", directory.output(&[OsStr::new("-no-color")]))?;
    let lines: Vec<String> = text.lines().map(|line| format!("  {line}\n")).collect();
    Ok(session.screen().result(&format!("{}:\n{}", stack.name, lines.concat()))?)
}

/// Plans a stack, has the plan judged and approved, and does exactly what it says.
pub(in crate::cli) fn change(
    session: &mut Session,
    stack: &Stack,
    change: Change<'_>,
) -> Result<Directory, End> {
    let Change { intent, planning, approval, gate } = change;
    let planned = plan(session, stack, intent, planning)?;
    if planning.has_readers() {
        show(session, stack, &planned)?;
    }
    let Planned { directory, file, outcome } = planned;
    if outcome == Outcome::Nothing {
        return Ok(directory);
    }
    match (intent, gate) {
        (Intent::Apply, Gate::Policy) => gate::judge(session, stack, &directory, &file)?,
        (Intent::Apply, Gate::Open) => {
            let warning = format!("{}: --no-policy: nobody has judged this plan", stack.name);
            session.screen().warning(&warning);
        }
        // What is removed allows nobody anything.
        (Intent::Destroy, _) => {}
    }
    let question = match intent {
        Intent::Apply => format!("Is this plan of `{}` to be applied?", stack.name),
        Intent::Destroy => format!("Is everything in `{}` to be destroyed, for good?", stack.name),
    };
    approval.of_plan(session, &question)?;
    let arguments = planning.passed(stack)?.apply;
    let step = if intent == Intent::Apply { "apply" } else { "destroy" };
    session.step(stack, step, directory.apply(&file.path(), &arguments), &[0])?;
    Ok(directory)
}
