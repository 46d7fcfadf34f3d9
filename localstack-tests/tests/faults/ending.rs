//! The test ends in another way than by returning.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use localstack_tests::emulator::{Emulator, Span};
use localstack_tests::{Failure, Harness, Settings, Stack};

use crate::nowhere::Nowhere;
use crate::victim::Victim;
use crate::{processes, slow, victim};

/// What a harness may take to be gone, with everything that it started.
const GONE_WITHIN: Duration = Duration::from_secs(5);

#[test]
fn a_test_panics() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let stack = slow::nowhere(folder.path()).deploy(slow::quick(folder.path()))?;
    let panicked = catch_unwind(AssertUnwindSafe(move || {
        let _stands = stack;
        panic!("the assertion that failed");
    }));
    assert!(panicked.is_err());
    assert!(slow::was_destroyed(folder.path()), "the stack stands");
    slow::assert_unlocked_with_logs(&slow::kept(folder.path()));
    let left = processes::of(folder.path());
    assert!(left.is_empty(), "{left:?}");
    Ok(())
}

/// Applies the slow stack to a LocalStack of its own, and never comes to its end.
fn apply_slowly(folder: &Path) -> Result<(), Failure> {
    let start = Some("process".to_owned());
    let harness = Harness::start(Settings { endpoint: None, start, ..slow::settings(folder) })?;
    harness.deploy(slow::stack(folder)).map(drop)?;
    Ok(())
}

/// Starts the test `name` again and ends it in the middle; fails if anything but its folder and logs is left.
fn assert_nothing_outlives(name: &str, end: impl FnOnce(&Victim)) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let harness = victim::start(name, folder.path());
    slow::wait(folder.path());
    let started: Vec<String> =
        processes::of(folder.path()).into_iter().map(|process| process.command).collect();
    for part in ["localstack.runtime.main", "terraform apply", "sleep 60"] {
        assert!(started.iter().any(|command| command.contains(part)), "{part} in {started:?}");
    }
    end(&harness);
    let ended = Instant::now();
    let (output, said) = harness.end();
    assert!(!output.status.success(), "{said}");
    processes::wait("processes are left", || processes::of(folder.path()).is_empty().then_some(()));
    assert!(ended.elapsed() < GONE_WITHIN, "it took {:?}", ended.elapsed());

    let kept = slow::kept(folder.path());
    slow::assert_unlocked_with_logs(&kept);
    let state = std::fs::read_to_string(kept.join("terraform.tfstate"))?;
    assert!(state.contains("\"done\""), "the state was lost: {state}");
    let mut left: Vec<String> = std::fs::read_dir(folder.path().join("work"))?
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    left.retain(|name| name.starts_with("localstack-"));
    assert!(
        matches!(left.as_slice(), [log] if log.ends_with(".log")),
        "of LocalStack its log alone stays: {left:?}"
    );
    Ok(())
}

#[test]
fn ctrl_c() -> Result<(), Failure> {
    match victim::folder() {
        Some(folder) => apply_slowly(&folder),
        None => assert_nothing_outlives("ending::ctrl_c", Victim::interrupt),
    }
}

#[test]
fn the_harness_is_killed() -> Result<(), Failure> {
    match victim::folder() {
        Some(folder) => apply_slowly(&folder),
        None => assert_nothing_outlives("ending::the_harness_is_killed", Victim::kill),
    }
}

/// A LocalStack that outlives the harness, for stacks that need none.
#[derive(Debug, Default)]
struct Given(Nowhere);

impl Emulator for Given {
    fn endpoint(&self) -> &str {
        self.0.endpoint()
    }

    fn services(&self) -> &BTreeSet<String> {
        self.0.services()
    }

    fn describe(&self) -> String {
        self.0.describe()
    }

    fn check(&self) -> Result<(), String> {
        self.0.check()
    }

    fn log(&self) -> Option<Vec<u8>> {
        self.0.log()
    }

    fn span(&self) -> Span {
        Span::Longer
    }
}

#[test]
fn the_harness_is_killed_beside_a_given_localstack() -> Result<(), Failure> {
    if let Some(folder) = victim::folder() {
        let harness = Harness::with(slow::settings(&folder), Arc::new(Given::default()));
        harness.deploy(slow::stack(&folder)).map(drop)?;
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let name = "ending::the_harness_is_killed_beside_a_given_localstack";
    let harness = victim::start(name, folder.path());
    slow::wait(folder.path());
    harness.kill();
    let (output, said) = harness.end();
    assert!(!output.status.success(), "{said}");
    processes::wait("processes are left", || processes::of(folder.path()).is_empty().then_some(()));
    let kept = slow::kept(folder.path());
    let log = std::fs::read_to_string(kept.join("logs/reaper.log"))?;
    assert!(slow::was_destroyed(folder.path()), "the stack stands: {log}");
    assert!(log.contains("Destroy complete!"), "{log}");
    slow::assert_unlocked_with_logs(&kept);
    Ok(())
}

#[test]
fn two_suites_at_once() -> Result<(), Failure> {
    if let Some(folder) = victim::folder() {
        let start = Some("process".to_owned());
        let harness = Harness::start(Settings { endpoint: None, start, ..slow::settings(&folder) })?;
        let mut stack = harness.deploy(slow::quick(&folder))?;
        stack.assert_idempotent();
        stack.destroy()?;
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let suites = [(); 2].map(|()| victim::start("ending::two_suites_at_once", folder.path()));
    for suite in suites {
        let (output, said) = suite.end();
        assert!(output.status.success(), "{said}");
    }
    assert_eq!(std::fs::read_dir(folder.path().join("work"))?.count(), 0, "something is left");
    let left = processes::of(folder.path());
    assert!(left.is_empty(), "{left:?}");
    Ok(())
}

/// What the proxies of a process have in the temporary folder: its name begins so.
fn sockets(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("tmp")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with("warm-provider-")).collect()
}

/// A warm provider is kept for all tests of a process, and nothing drops it.
#[test]
fn a_suite_ends_with_its_warm_provider() -> Result<(), Failure> {
    if let Some(folder) = victim::folder() {
        // There is nobody to configure it for; it is kept all the same.
        let stack = Stack::document(r#"{ "data": { "aws_partition": { "here": {} } } }"#).named("asks");
        slow::nowhere(&folder).deploy(stack).map(drop).unwrap_err();
        processes::find(&folder, "terraform-provider-aws");
        assert_eq!(sockets(&folder).len(), 1, "no provider was kept warm");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    std::fs::create_dir(folder.path().join("tmp"))?;
    let mut command = victim::command("ending::a_suite_ends_with_its_warm_provider", folder.path());
    command.env("TMPDIR", folder.path().join("tmp"));
    let (output, said) = victim::spawn(command).end();
    assert!(output.status.success(), "{said}");
    processes::wait("processes are left", || processes::of(folder.path()).is_empty().then_some(()));
    processes::wait("sockets are left", || sockets(folder.path()).is_empty().then_some(()));
    Ok(())
}
