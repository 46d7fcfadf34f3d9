//! Whether an expression, as it is written, carries a secret, and on which way it came there.

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
    carried: BTreeMap<Key, Option<Origin>>,
}

/// A sensitive value in an expression.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The reference by which the expression has it.
    pub span: Span,
    /// What it refers to.
    reference: String,
    /// Where the value comes from first, such as `var.token`.
    pub name: String,
    /// The places it comes through, from the expression back, each with what happens there.
    pub way: Vec<(Span, String)>,
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

    /// The first sensitive value that an expression in a module shows.
    pub fn sensitive(&mut self, node: &Node, module: &ModulePath) -> Option<Carried> {
        let mut parts: Vec<(Span, Part)> = Vec::new();
        places(node, "", &mut |_, _, leaf| match &leaf.value {
            Value::Reference(reference) => {
                parts.push((leaf.span, Part::Reference(Arc::clone(reference))));
            }
            Value::Call(call) if &*call.name == "sensitive" => parts.push((leaf.span, Part::Declared)),
            _ => {}
        });
        parts.into_iter().find_map(|(span, part)| match part {
            Part::Declared => {
                let name = "sensitive(…)".to_owned();
                Some(Carried { span, reference: name.clone(), name, way: Vec::new() })
            }
            Part::Reference(reference) => {
                let Origin { name, way } = self.origin(&reference, module)?;
                Some(Carried { span, reference: reference.to_string(), name, way })
            }
        })
    }

    fn origin(&mut self, reference: &Reference, module: &ModulePath) -> Option<Origin> {
        let itself = || Origin { name: reference.to_string(), way: Vec::new() };
        match reference.names().as_slice() {
            ["local", name, ..] => {
                self.through_declared((module.clone(), Kind::Local, (*name).to_owned()), "")
            }
            ["var", name, ..] => {
                let variable = (module.clone(), Kind::Variable, (*name).to_owned());
                if let Some(block) = self.declared.get(&variable).filter(|block| is_secret_variable(block)) {
                    let way = vec![(block.span, format!("`var.{name}` is declared here"))];
                    return Some(Origin { way, ..itself() });
                }
                let (caller, call) = module.parent()?;
                self.through_declared((caller, Kind::Module, call.to_owned()), name)
            }
            ["module", call, output, ..] => {
                self.through_declared((module.child(call), Kind::Output, (*output).to_owned()), "value")
            }
            ["data", "terraform_remote_state", _, "outputs", output, ..] => {
                names::is_secret(output).then(itself)
            }
            ["data" | "ephemeral", type_name, _, path @ ..] | [type_name, _, path @ ..] => {
                is_sensitive(type_name, path).then(itself)
            }
            _ => None,
        }
    }

    /// Where the member of a declaration, or all of it where the member has no name, has a sensitive value from.
    fn through_declared(&mut self, key: Key, member: &str) -> Option<Origin> {
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
        let origin = self.sensitive(value, &module).map(|carried| {
            let passed = match kind {
                Kind::Module => format!("`{}` gives `{}` to `{member}`", block.address(), carried.reference),
                _ => format!("`{}` is made from `{}`", block.address(), carried.reference),
            };
            let way = std::iter::once((carried.span, passed)).chain(carried.way).collect();
            Origin { name: carried.name, way }
        });
        self.carried.insert(known, origin.clone());
        origin
    }
}

/// What an expression is made of that may be sensitive.
enum Part {
    Reference(Arc<Reference>),
    /// Terraform's function that says so.
    Declared,
}

/// Where a sensitive value comes from.
#[derive(Clone, Debug)]
struct Origin {
    name: String,
    way: Vec<(Span, String)>,
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
