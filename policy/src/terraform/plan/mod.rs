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

/// Reads a plan.
pub(super) fn read(root: &Node, unread: &mut Vec<Later>) -> Result<Vec<Block>, Refusal> {
    if !matches!(root.value, Value::Object(_)) {
        return Err(Refusal::Malformed("plan", "an object", root.span));
    }
    let mut blocks = Vec::new();
    let configuration = Configuration::of(root, &mut blocks, unread);
    let mut plan = Plan { configuration, seen: BTreeSet::new(), blocks, unread };
    plan.changes(root);
    if let Some(values) = shown::set(root, "planned_values") {
        plan.outputs(values);
        if let Some(module) = shown::set(values, "root_module") {
            plan.planned(module);
        }
    }
    if let Some(prior) = shown::set(root, "prior_state") {
        let documents = state::policy_documents(prior, plan.unread)?;
        let seen = &plan.seen;
        // One that is read again during apply may then say something else.
        plan.blocks.extend(documents.into_iter().filter(|document| !seen.contains(&document.address())));
    }
    Ok(plan.blocks)
}

struct Plan<'p> {
    configuration: Configuration<'p>,
    /// The addresses that have been read.
    seen: BTreeSet<String>,
    blocks: Vec<Block>,
    unread: &'p mut Vec<Later>,
}

impl<'p> Plan<'p> {
    fn changes(&mut self, root: &'p Node) {
        for described in shown::elements(root, "resource_changes", self.unread) {
            let module = shown::module(described, "module_address", self.unread);
            let Some(block) = shown::block(described, module, self.unread) else { continue };
            let Some(change) = shown::set(described, "change") else {
                let why = "a change of a plan needs a `change`".into();
                self.unread.push(Later { span: described.span, why });
                continue;
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
    }

    /// What a plan without the changes still says.
    fn planned(&mut self, module: &'p Node) {
        let path = shown::module(module, "address", self.unread);
        for described in shown::elements(module, "resources", self.unread) {
            let Some(block) = shown::block(described, path.clone(), self.unread) else { continue };
            let marks = Marks { unknown: None, sensitive: shown::set(described, "sensitive_values") };
            if self.seen.insert(block.address())
                && let Some(values) = shown::set(described, "values")
            {
                self.resource(block, values, marks);
            }
        }
        for child in shown::elements(module, "child_modules", self.unread) {
            self.planned(child);
        }
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
                    let (labels, span) = (vec![name.to_owned()], output.key.span);
                    undeclared.push(Block::new(Kind::Output, labels, span, output.value.clone()));
                }
            }
        }
        self.blocks.extend(undeclared);
    }
}
