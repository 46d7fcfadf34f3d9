//! Plans, as `terraform show -json PLAN` prints them: the values that are known already, and the
//! configuration they come from (Terraform, "JSON Output Format": "Plan Representation").
//!
//! What the author did not write, computed attributes and the values given to one run, is left out.

mod configuration;
mod origin;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, Kind};
use super::read::Refusal;
use super::{shown, state};
use crate::known::Later;
use crate::node::{Node, Value};

use configuration::Configuration;
use value::{Marks, Valued, valued};

/// Where a plan has what will change.
pub(super) const CHANGES: &str = "resource_changes";

/// Where it has all that there will be.
pub(super) const PLANNED: &str = "planned_values";

/// Where it has what there was.
pub(super) const PRIOR: &str = "prior_state";

/// Reads a plan, of which these were left.
pub(super) fn read(root: &Node, unread: &mut Vec<Later>) -> Result<Vec<Block>, Refusal> {
    if !matches!(root.value, Value::Object(_)) {
        return Err(Refusal::Malformed("plan", "an object", root.span));
    }
    let mut blocks = Vec::new();
    let configuration = Configuration::of(root, &mut blocks, unread);
    let mut plan = Plan { configuration, seen: BTreeSet::new(), blocks, unread };
    plan.changes(root)?;
    if let Some(values) = shown::read(root, PLANNED, &["root_module"])? {
        plan.outputs(&values);
        if let Some(module) = shown::read(&values, "root_module", shown::MODULE)? {
            plan.planned(&module)?;
        }
    }
    let documents = state::policy_documents(root, plan.unread)?;
    let seen = &plan.seen;
    // One that is read again during apply may then say something else.
    plan.blocks.extend(documents.into_iter().filter(|document| !seen.contains(&document.address())));
    Ok(plan.blocks)
}

struct Plan<'p> {
    configuration: Configuration<'p>,
    /// The addresses that have been read.
    seen: BTreeSet<String>,
    blocks: Vec<Block>,
    unread: &'p mut Vec<Later>,
}

impl Plan<'_> {
    fn changes(&mut self, root: &Node) -> Result<(), Refusal> {
        let mut unread = std::mem::take(self.unread);
        let read = shown::each(root, CHANGES, &[], &mut unread, |described, unread| {
            self.change(described, unread);
            Ok(())
        });
        *self.unread = unread;
        read
    }

    fn change(&mut self, described: &Node, unread: &mut Vec<Later>) {
        let module = shown::module(described, "module_address", unread);
        let Some(block) = shown::block(described, module, unread) else { return };
        let Some(change) = shown::set(described, "change") else {
            let why = "a change of a plan needs a `change`".into();
            return unread.push(Later { span: described.span, why });
        };
        let marks = Marks {
            unknown: shown::set(change, "after_unknown"),
            sensitive: shown::set(change, "after_sensitive"),
        };
        self.seen.insert(block.address());
        // What is deleted or forgotten has no `after`.
        if let Some(after) = shown::set(change, "after") {
            self.resource(block, after, marks);
        }
    }

    /// What a plan without the changes still says.
    fn planned(&mut self, module: &Node) -> Result<(), Refusal> {
        let mut unread = std::mem::take(self.unread);
        let read = shown::resources(module, &mut unread, &mut |block, described| {
            if !self.seen.insert(block.address()) {
                return Ok(());
            }
            let sensitive = shown::read(described, "sensitive_values", &[])?;
            let marks = Marks { unknown: None, sensitive: sensitive.as_ref() };
            if let Some(values) = shown::read(described, "values", &[])? {
                self.resource(block, &values, marks);
            }
            Ok(())
        });
        *self.unread = unread;
        read
    }

    fn resource(&mut self, mut block: Block, after: &Node, marks: Marks<'_>) {
        let origin = self.configuration.origin(&block);
        if let Some(Valued { written, body }) = valued(after, marks, &origin) {
            block.written = written;
            block.body = body;
        }
        let provisioners = self.configuration.provisioners(&block);
        for side in [&mut block.written, &mut block.body] {
            if let Value::Object(members) = &side.value
                && !provisioners.is_empty()
            {
                let all = members.iter().chain(&provisioners).cloned();
                side.value = Value::Object(all.collect());
            }
        }
        self.blocks.push(block);
    }

    /// The values that outputs of the root module will have.
    fn outputs(&mut self, values: &Node) {
        let mut declared: BTreeMap<String, &mut Block> = self
            .blocks
            .iter_mut()
            .filter(|block| block.kind == Kind::Output && block.module.is_root())
            .map(|block| (block.name().to_owned(), block))
            .collect();
        let mut undeclared = Vec::new();
        for output in shown::members(values, "outputs", self.unread) {
            let name = output.name().unwrap_or_default();
            let Some(value) = shown::set(&output.value, "value") else { continue };
            let is_sensitive =
                output.value.member("sensitive").is_some_and(|mark| value::is_true(&mark.value));
            match declared.get_mut(name) {
                // Its author refers to the secret; only the plan writes it out.
                Some(_) if is_sensitive => {}
                Some(block) => value::replace(&mut block.body, "value", value),
                None => {
                    let value = output.value.clone();
                    undeclared.push(Block::new(Kind::Output, &[name], output.key.span, value));
                }
            }
        }
        self.blocks.extend(undeclared);
    }
}
