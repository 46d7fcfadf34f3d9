//! What happens to one system: validated, applied, planned again, looked at, updated, destroyed, audited.

use std::any::Any;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use localstack_tests::Failure;
use localstack_tests::audit::Standing;
use localstack_tests::emulator::Emulator;
use localstack_tests::terraform::Plan;
use serde_json::Value;

use crate::recorded;
use crate::report::{Check, Report};
use crate::seen::{Applied, Given, Seen};
use crate::system::{Row, System};

/// Everything that happens to a system. What fails is in the report, and the rest goes on as far as it can.
pub(crate) fn round(emulator: &dyn Emulator, system: &System) -> Report {
    let mut report = Report::of(system.name);
    if let Err(why) = stages(emulator, system, &mut report) {
        report.broke_off(&why);
    }
    report
}

fn stages(emulator: &dyn Emulator, system: &System, report: &mut Report) -> Result<(), Failure> {
    let mut seen = Seen::default();
    let mut given = before(&mut seen, emulator, system)?;
    for document in system.documents()? {
        seen.prepare(emulator, document, &given)?;
    }
    for service in system.needs {
        seen.needs(service)?;
    }
    report.add(Check::Valid, at_once(seen.stacks(), |stack| Ok(stack.deployment.validate()?)));
    for wave in seen.waves().into_iter().skip(system.existing.len()) {
        at_once(wave, |stack| {
            stack.state = stack.deployment.apply()?;
            Ok(())
        })?;
    }
    report.add(Check::Applied, Ok(()));
    report.add(Check::Stable, at_once(seen.stacks(), |stack| Ok(stack.deployment.expect_stable()?)));
    let looked = look(&seen, system, report)?;
    report.add(Check::Asserted, looked);
    given.extend(values(system.update.variables));
    report.add(Check::Updated, update(&mut seen, system, &given));
    // What was applied last may need what was applied before.
    for wave in seen.waves().into_iter().rev() {
        at_once(wave, |stack| Ok(stack.deployment.destroy()?))?;
    }
    report.calls = recorded::calls(&seen, system)?;
    report.add(Check::Destroyed, empty(&seen));
    seen.finish();
    Ok(())
}

/// Applies what stands before the system, and answers with what the system's variables are set to.
fn before<'a>(seen: &mut Seen<'a>, emulator: &'a dyn Emulator, system: &System) -> Result<Given, Failure> {
    let mut given: Given = values(system.variables).collect();
    for document in system.before()? {
        let stack = seen.prepare(emulator, document, &given)?;
        stack.state = stack.deployment.apply()?;
        let output = |name: &str| Some((name.to_owned(), text(stack.state.output(name)?)));
        given.extend(stack.state.outputs().filter_map(output));
    }
    Ok(given)
}

fn values(variables: &[(&str, &str)]) -> impl Iterator<Item = (String, String)> {
    variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
}

/// A value as Terraform reads it from the environment.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Does something to stacks that need nothing of each other: most of the time is the provider's own waiting.
fn at_once<'s, 'a: 's>(
    stacks: impl IntoIterator<Item = &'s mut Applied<'a>>,
    what: impl Fn(&mut Applied<'a>) -> Result<(), Failure> + Sync,
) -> Result<(), Failure> {
    let what = &what;
    let one = |stack: &mut Applied<'a>| {
        what(stack).map_err(|why| format!("{}: {why:?}", stack.document.stack)).err()
    };
    let failed = thread::scope(|scope| {
        let running: Vec<_> = stacks.into_iter().map(|stack| scope.spawn(move || one(stack))).collect();
        // The panic has said why.
        let joined = running.into_iter().map(|stack| stack.join().unwrap_or(Some("it panicked".to_owned())));
        joined.flatten().collect()
    });
    all(failed)
}

/// All that failed, as one failure.
fn all(failed: Vec<String>) -> Result<(), Failure> {
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n").into()) }
}

/// Runs every row, and says all that fail.
fn look(seen: &Seen<'_>, system: &System, report: &mut Report) -> Result<Result<(), Failure>, Failure> {
    let mut failed = Vec::new();
    for row in system.rows {
        let before = seen.calls()?.len();
        failed.extend(holds(row, seen).err());
        let asked = seen.calls()?.into_iter().skip(before).filter(|call| !call.by_terraform());
        report.row(row.id, asked.map(|call| format!("{}:{}", call.service, call.operation)).collect());
    }
    // An audit that overlooks what is there proves nothing when it finds nothing.
    let kinds: BTreeSet<&str> = seen.holdings()?.into_iter().map(|held| held.kind).collect();
    let expected: BTreeSet<&str> = system.holds.iter().copied().collect();
    if kinds != expected {
        failed.push(format!("the audit sees {kinds:?}, not {expected:?}"));
    }
    let calls = seen.calls()?;
    let unanswered = calls.iter().filter(|call| call.outcome.contains("Internal"));
    failed.extend(
        unanswered.map(|call| format!("the emulator cannot answer {}:{}", call.service, call.operation)),
    );
    let recorded = format!("{calls:?}");
    for secret in system.secrets {
        let files = seen.files_with(secret)?;
        if !files.is_empty() {
            failed.push(format!("a secret stands in {files:?}"));
        }
        if recorded.contains(secret) {
            failed.push("a call was recorded with a secret".to_owned());
        }
    }
    Ok(all(failed))
}

/// An assertion that fails is a failure as any other.
fn holds(row: &Row, seen: &Seen<'_>) -> Result<(), String> {
    let said = |panic: Box<dyn Any + Send>| match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(other) => other.downcast::<&str>().map_or("it panicked".to_owned(), |text| (*text).to_owned()),
    };
    let looked = catch_unwind(AssertUnwindSafe(|| (row.look)(seen)));
    let looked = looked.map_err(said).and_then(|looked| looked.map_err(|why| format!("{why:?}")));
    looked.map_err(|why| format!("{}: {why}", row.id))
}

/// Applies the change, and compares what it did with what it should do.
fn update(seen: &mut Seen<'_>, system: &System, given: &Given) -> Result<(), Failure> {
    let update = &system.update;
    let stack = seen.stacks().find(|stack| stack.document.stack == update.stack);
    let stack = stack.ok_or("the update is of no stack of the system")?;
    let mut changed = stack.document.clone();
    (update.edit)(&mut changed.json);
    let plan = stack.deployment.update(&changed.stack(given))?;
    let changes = plan.iter().flat_map(Plan::changes);
    let found: BTreeSet<&str> = changes.map(|planned| planned.address.as_str()).collect();
    let expected: BTreeSet<&str> = update.changes.iter().copied().collect();
    if found != expected {
        let plan: String = plan.iter().map(ToString::to_string).collect();
        return Err(format!("expected {expected:?} to change, and nothing else:{plan}").into());
    }
    Ok(stack.deployment.expect_stable()?)
}

fn empty(seen: &Seen<'_>) -> Result<(), Failure> {
    // What the service deletes by itself later is gone for the stack's author.
    let left = seen.holdings()?.into_iter().filter(|held| held.standing == Standing::Live);
    all(left.map(|left| format!("destroy left {left}")).collect())
}
