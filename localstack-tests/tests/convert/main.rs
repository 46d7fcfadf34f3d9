//! `synth convert`, held against terraform: what is planned of a configuration, is planned of what it was converted to.
//!
//! ```text
//!  fixtures/convert/NAME ── tree ─┬────────────────────────────────────────────────────► planner ─► plan ─┐
//!                                 │ convert, module by module                                             ├─ difference
//!                                 └─► form: program, stack file ─► documents ─► tree ─► planner ─► plan ─┘
//!                                                                     └── unplanned: what no plan shows
//!  fixtures/**/main.tf.json ── fixture ─► form: program ─► the same bytes
//! ```
//!
//! `SYNTH_CONVERT=vpc,queue` names those that are wanted.

#![expect(clippy::indexing_slicing, reason = "a missing member of a JSON value reads as null")]

mod difference;
mod fixture;
mod form;
mod planner;
mod program;
mod tree;
mod unplanned;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use difference::differences;
use fixture::Fixture;
use form::Form;
use localstack_tests::emulator::{self, Emulator};
use localstack_tests::{Failure, Settings};
use tree::Tree;

/// How many configurations are planned at a time.
const SIDE_BY_SIDE: usize = 3;

/// What is wrong with a converted tree, in any form: a line for each difference.
fn complaints(
    emulator: &dyn Emulator,
    settings: &Settings,
    tree: &Tree,
    forms: &[Form],
) -> Result<Vec<String>, Failure> {
    let (original, plan) = planner::original(emulator, settings, &tree.folder)?;
    let mut complaints = Vec::new();
    for form in forms {
        let folder = tempfile::tempdir()?;
        tree.write_converted(folder.path(), |module| form.document(tree, module))?;
        let mut found = Vec::new();
        for (module, files) in &tree.modules {
            let document = form.document(tree, module)?;
            let (ours, theirs) = (unplanned::of_files(files)?, unplanned::of_document(&document)?);
            found.extend(ours.difference(&theirs).map(|line| format!("{module}: lost: {line}")));
            found.extend(theirs.difference(&ours).map(|line| format!("{module}: added: {line}")));
        }
        let name = format!("{}-{}", tree.name, form.name);
        found.extend(differences(&plan, &planner::beside(&original, settings, folder.path(), &name)?));
        found.retain(|line| !form.differs(tree, line));
        complaints.extend(found.iter().map(|line| format!("{name}: {line}")));
    }
    original.finish();
    Ok(complaints)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is wrong with any tree.
fn all_complaints(trees: &[Tree], forms: &[Form]) -> Result<Vec<String>, Failure> {
    let settings = Settings::from_environment();
    let emulator = emulator::start(&settings)?;
    let (waiting, found) = (Mutex::new(trees.iter()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                loop {
                    let next = locked(&waiting).next();
                    let Some(tree) = next else { break };
                    let lines = complaints(emulator.as_ref(), &settings, tree, forms)
                        .unwrap_or_else(|failure| vec![format!("{}: {failure:?}", tree.name)]);
                    locked(&found).extend(lines);
                }
            });
        }
    });
    Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
}

#[test]
fn programs_and_stack_files_plan_what_the_configurations_plan() -> Result<(), Failure> {
    let trees = Tree::all()?;
    assert!(!trees.is_empty(), "no configuration is called so");
    let forms = [Form::programs()?, Form::stack_files(&trees)?];
    let mut complaints: Vec<String> = forms.iter().flat_map(|form| form.left.clone()).collect();
    complaints.extend(all_complaints(&trees, &forms)?);
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    Ok(())
}

#[test]
fn the_documents_of_the_systems_are_the_same_bytes_as_programs() -> Result<(), Failure> {
    let (programs, fixtures) = (Form::programs()?, Fixture::all()?);
    assert!(fixtures.len() > 20, "{}", fixtures.len());
    for fixture in fixtures {
        assert_eq!(programs.of_fixture(&fixture)?, fixture.again(), "{}", fixture.folder);
    }
    Ok(())
}

#[test]
fn a_change_of_a_configuration_is_a_difference_of_its_plans() -> Result<(), Failure> {
    let settings = Settings::from_environment();
    let emulator = emulator::start(&settings)?;
    let tree = Tree::one("everruns-bootstrap")?;
    let changed = tempfile::tempdir()?;
    tree.copy_changed(changed.path(), "LockID", "Lock")?;
    let (original, plan) = planner::original(emulator.as_ref(), &settings, &tree.folder)?;
    let again = planner::beside(&original, &settings, &tree.folder, "again")?;
    assert_eq!(differences(&plan, &again), Vec::<String>::new());
    let other = planner::beside(&original, &settings, changed.path(), "changed")?;
    original.finish();
    let found = differences(&plan, &other);
    let expected =
        r#"resource_changes[aws_dynamodb_table.terraform_locks].change.after.hash_key: "LockID" | "Lock""#;
    assert!(found.iter().any(|line| line == expected), "{found:#?}");
    assert!(found.iter().all(|line| line.contains("aws_dynamodb_table.terraform_locks")), "{found:#?}");
    Ok(())
}
