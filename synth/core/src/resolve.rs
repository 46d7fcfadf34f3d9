//! From an app to its documents.

use crate::addresses::{self, Record};
use crate::document::{self, Document};
use crate::located::Located;
use crate::problem::Problems;
use crate::scope::App;
use crate::tree::Tree;
use crate::{aspect, bind, check, cycles, layout, names, overrides, stacks};

/// Writes each stack of an app as one Terraform JSON document, or says everything that is wrong.
///
/// # Errors
/// All problems at once: those that constructs reported, unknown names, duplicate ids, references that cannot
/// be written, circles, values where they may not be shown.
pub fn resolve(app: App) -> Result<Vec<Document>, Problems> {
    resolved(app, None).map(|(documents, _)| documents)
}

/// As [`resolve`], with the addresses of everything that was written.
///
/// # Errors
/// As [`resolve`].
pub fn resolve_located(app: App) -> Result<(Vec<Document>, Located), Problems> {
    resolved(app, None).map(|(documents, tree)| (documents, Located::in_tree(&tree)))
}

/// As [`resolve`], with the addresses that objects had before: what was renamed is `moved`, and the record is
/// brought up to date. Where nothing is written the record stays as it was.
///
/// # Errors
/// As [`resolve`]; and an object that may or may not be another one under a new name.
pub fn resolve_recorded(app: App, record: &mut Record) -> Result<Vec<Document>, Problems> {
    let mut next = record.clone();
    let (documents, _) = resolved(app, Some(&mut next))?;
    *record = next;
    Ok(documents)
}

/// The documents, and the tree that they were written from.
fn resolved(app: App, record: Option<&mut Record>) -> Result<(Vec<Document>, Tree), Problems> {
    let (mut tree, aspects) = app.into_parts();
    for (_, pass) in std::mem::take(&mut tree.passes) {
        pass(&mut tree);
    }
    overrides::apply(&mut tree);
    aspect::apply(&mut tree, aspects);
    let mut problems = std::mem::take(&mut tree.problems);
    bind::names(&mut tree, &mut problems);
    let needs = stacks::link(&mut tree, &mut problems);
    if let Some(record) = record {
        addresses::keep(&mut tree, record, &mut problems);
    }
    let names = names::assign(&tree);
    let layouts = layout::arrange(&tree, &names);
    names::check(&tree, &names, &layouts, &mut problems);
    check::elements(&tree, &mut problems);
    cycles::elements(&tree, &mut problems);
    if problems.is_empty() {
        let documents = document::write(&tree, &names, &layouts, &needs);
        Ok((documents, tree))
    } else {
        Err(Problems::sorted(problems))
    }
}
