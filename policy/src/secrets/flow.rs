//! Whether an expression, as it is written, carries a secret.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names;
use super::sensitive::is_sensitive;
use super::walk::places;
use crate::node::{Node, Reference, Value};
use crate::source::Span;
use crate::terraform::{Block, Kind, ModulePath};

type Key = (ModulePath, Kind, String);

/// What values flow through: locals, variables, outputs of modules.
#[derive(Debug)]
pub struct Flow<'b> {
    declared: BTreeMap<Key, &'b Block>,
    /// What the values that were followed so far carry.
    carried: BTreeMap<Key, Option<String>>,
}

impl<'b> Flow<'b> {
    /// Through what these blocks declare.
    #[must_use]
    pub fn through(blocks: &'b [Block]) -> Flow<'b> {
        let passes =
            |block: &&Block| matches!(block.kind, Kind::Local | Kind::Variable | Kind::Output | Kind::Module);
        let key = |block: &Block| (block.module.clone(), block.kind, block.name().to_owned());
        let declared = blocks.iter().filter(passes).map(|block| (key(block), block)).collect();
        Flow { declared, carried: BTreeMap::new() }
    }

    /// The first sensitive reference of an expression in a module: its place, and the name of what
    /// it carries.
    pub fn sensitive_reference(&mut self, node: &Node, module: &ModulePath) -> Option<(Span, String)> {
        let mut references: Vec<(Span, Arc<Reference>)> = Vec::new();
        places(node, "", &mut |_, _, leaf| {
            if let Value::Reference(reference) = &leaf.value {
                references.push((leaf.span, Arc::clone(reference)));
            }
        });
        references.into_iter().find_map(|(span, reference)| Some((span, self.carried(&reference, module)?)))
    }

    fn carried(&mut self, reference: &Reference, module: &ModulePath) -> Option<String> {
        match reference.names().as_slice() {
            ["local", name, ..] => {
                self.through_declared((module.clone(), Kind::Local, (*name).to_owned()), "")
            }
            ["var", name, ..] => {
                let variable = (module.clone(), Kind::Variable, (*name).to_owned());
                if self.declared.get(&variable).is_some_and(|block| is_secret_variable(block)) {
                    return Some(reference.to_string());
                }
                let (caller, call) = module.parent()?;
                self.through_declared((caller, Kind::Module, call.to_owned()), name)
            }
            ["module", call, output, ..] => {
                self.through_declared((module.child(call), Kind::Output, (*output).to_owned()), "value")
            }
            ["data" | "ephemeral", type_name, _, path @ ..] | [type_name, _, path @ ..] => {
                is_sensitive(type_name, path).then(|| reference.to_string())
            }
            _ => None,
        }
    }

    /// What the member of a declaration carries, or all of it where the member has no name.
    fn through_declared(&mut self, key: Key, member: &str) -> Option<String> {
        let block = *self.declared.get(&key)?;
        let (module, kind, name) = key;
        let known = (module.clone(), kind, format!("{name} {member}"));
        if let Some(carried) = self.carried.get(&known) {
            return carried.clone();
        }
        // Terraform refuses cycles: nothing flows through one.
        self.carried.insert(known.clone(), None);
        let value = match member {
            "" => &block.written,
            _ => &block.written.member(member)?.value,
        };
        let carried = self.sensitive_reference(value, &module).map(|(_, name)| name);
        self.carried.insert(known, carried.clone());
        carried
    }
}

/// A variable that says it is sensitive, or whose name does and that holds one string.
fn is_secret_variable(block: &Block) -> bool {
    let is_true = |argument: &str| {
        block.written.member(argument).is_some_and(|member| matches!(member.value.value, Value::Bool(true)))
    };
    let kind = block.written.member("type").and_then(|member| member.value.literal());
    let holds_text = matches!(kind, None | Some("string" | "${string}" | "any"));
    is_true("sensitive") || is_true("ephemeral") || (names::is_secret(block.name()) && holds_text)
}
