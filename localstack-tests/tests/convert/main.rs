//! `synth convert`, held against terraform: what is planned of a configuration, is planned of what it was converted to.
//!
//! ```text
//!  fixtures/convert/NAME ── tree ─┬─────────────────────────────────► planner ─► plan ─┐
//!                                 │ convert, module by module                          ├─ difference
//!                                 └─► program ─► documents ─► tree ─► planner ─► plan ─┘
//!                                                    └── unplanned: what no plan shows
//! ```
//!
//! `SYNTH_CONVERT=vpc,queue` names those that are wanted.

#![expect(clippy::indexing_slicing, reason = "a missing member of a JSON value reads as null")]

mod difference;
mod planner;
mod program;
mod tree;
mod unplanned;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use difference::differences;
use localstack_tests::emulator::{self, Emulator};
use localstack_tests::{Failure, Settings};
use program::Documents;
use synth_convert::{Bindings, Fate, Output, Target, convert};
use tree::Tree;

/// How many configurations are planned at a time.
const SIDE_BY_SIDE: usize = 3;

/// What `convert` makes of every module of every tree.
fn converted(trees: &[Tree], target: Target) -> Result<BTreeMap<String, Output>, Failure> {
    let bindings = Bindings::aws()?;
    let mut outputs = BTreeMap::new();
    for tree in trees {
        for (module, files) in &tree.modules {
            let name = tree.program(module);
            let output = convert(&name, files, target, &bindings)
                .map_err(|problems| format!("{name}:\n{problems}"))?;
            outputs.insert(name, output);
        }
    }
    Ok(outputs)
}

/// What is wrong with a converted tree: a line for each difference.
fn complaints(
    emulator: &dyn Emulator,
    settings: &Settings,
    tree: &Tree,
    documents: &Documents,
) -> Result<Vec<String>, Failure> {
    let document = |module: &str| Ok(documents[&tree.program(module)].clone()?);
    let folder = tempfile::tempdir()?;
    tree.write_converted(folder.path(), document)?;
    let mut found = Vec::new();
    for (module, files) in &tree.modules {
        let (ours, theirs) = (unplanned::of_files(files)?, unplanned::of_document(&document(module)?)?);
        found.extend(ours.difference(&theirs).map(|line| format!("{module}: lost: {line}")));
        found.extend(theirs.difference(&ours).map(|line| format!("{module}: added: {line}")));
    }
    let (original, plan) = planner::original(emulator, settings, &tree.folder)?;
    let name = format!("{}-converted", tree.name);
    found.extend(differences(&plan, &planner::beside(&original, settings, folder.path(), &name)?));
    original.finish();
    Ok(found)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is wrong with any tree, under its name.
fn all_complaints(trees: &[Tree], documents: &Documents) -> Result<Vec<String>, Failure> {
    let settings = Settings::from_environment();
    let emulator = emulator::start(&settings)?;
    let (waiting, found) = (Mutex::new(trees.iter()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                loop {
                    let next = locked(&waiting).next();
                    let Some(tree) = next else { break };
                    let lines = complaints(emulator.as_ref(), &settings, tree, documents)
                        .unwrap_or_else(|failure| vec![format!("{failure:?}")]);
                    locked(&found).extend(lines.iter().map(|line| format!("{}: {line}", tree.name)));
                }
            });
        }
    });
    Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Lines that differ, by how they begin, and why.
const DIFFERENT: [(&str, &str); 8] = [
    // Terraform shows an ephemeral variable nowhere; for synth it is a secret as well.
    ("parameters", "configuration.root_module.variables.database_password: "),
    // Blocks that became dynamic to stay in their order: terraform shows no dynamic ones in a configuration.
    (
        "alarms",
        "configuration.root_module.resources[aws_cloudwatch_metric_alarm.rate].expressions.metric_query: ",
    ),
    (
        "lambda-function",
        "configuration.root_module.resources[data.aws_iam_policy_document.this].expressions: ",
    ),
    ("s3-bucket", "configuration.root_module.resources[data.aws_iam_policy_document.this].expressions: "),
    ("state-machine", "configuration.root_module.resources[data.aws_iam_policy_document.this].expressions: "),
    // An indented heredoc with directives is kept as text, with a note, and its lines stand further to the right.
    ("iam-roles", "prior_state.values.outputs.trust.value: "),
    ("iam-roles", "planned_values.outputs.trust.value: "),
    ("iam-roles", "output_changes.trust.after: "),
];

#[test]
fn programs_plan_what_the_configurations_plan() -> Result<(), Failure> {
    let trees = Tree::all()?;
    assert!(!trees.is_empty(), "no configuration is called so");
    let outputs = converted(&trees, Target::Program)?;
    let left = outputs.iter().flat_map(|(name, output)| {
        let left = output.notes.iter().filter(|note| note.fate == Fate::Left);
        left.map(move |note| format!("{name}: {note}"))
    });
    let mut complaints: Vec<String> = left.collect();
    let documents = program::documents(&outputs)?;
    complaints.extend(all_complaints(&trees, &documents)?);
    let is_known = |complaint: &String| {
        DIFFERENT.iter().any(|(tree, line)| complaint.starts_with(&format!("{tree}: {line}")))
    };
    complaints.retain(|complaint| !is_known(complaint));
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
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
