//! The resources, by type.

use std::collections::BTreeMap;

use super::document::Stack;
use super::markdown::{Page, code, list};
use super::{by_stack, row};

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    let mut rows = Vec::new();
    for stack in stacks {
        let mut types: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for resource in stack.resources() {
            types.entry(resource.kind).or_default().push(resource.name);
        }
        rows.extend(types.into_iter().map(|(kind, names)| row(stacks, stack, [code(kind), list(names)])));
    }
    if !rows.is_empty() {
        page.section("Resources");
        page.table(&by_stack(stacks, &["type", "names"]), &rows);
    }
}
