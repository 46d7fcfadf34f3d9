//! The partial evaluator.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::document;
use super::each::Bindings;
use super::functions;
use super::scope::{Declarations, Scope};
use super::strings;
use crate::node::{Access, Conditional, Node, Reference, Shared, Step, Value};
use crate::terraform::{Block, ModulePath};
use crate::text::Text;

/// More nodes than this are not computed for one block: locals can double themselves. The stacks
/// that were measured need a few hundred.
const MAX_NODES: usize = 50_000;

/// More nodes than this, and so many for each block, are not computed for all blocks of a
/// configuration together.
const MAX_NODES_IN_ALL: usize = 5_000_000;
const MAX_NODES_A_BLOCK: usize = 500;

/// Deeper than this nothing is followed; the call stack is finite.
const MAX_DEPTH: usize = 200;

/// Evaluates the expressions of a configuration.
pub(super) struct Evaluator<'s> {
    scope: &'s Scope<'s>,
    /// The module whose expressions are being evaluated.
    module: ModulePath,
    /// What `for` expressions bind around what is being evaluated.
    pub(super) bindings: Bindings,
    /// What is being followed, so that a cycle ends.
    following: BTreeSet<(ModulePath, String)>,
    depth: usize,
    nodes: usize,
    nodes_in_all: usize,
    most_in_all: usize,
    gave_up: bool,
}

impl<'s> Evaluator<'s> {
    /// For so many blocks.
    pub(super) fn new(scope: &'s Scope<'s>, blocks: usize) -> Evaluator<'s> {
        let module = ModulePath::default();
        Evaluator {
            scope,
            module,
            bindings: Bindings::default(),
            following: BTreeSet::new(),
            depth: 0,
            nodes: 0,
            nodes_in_all: 0,
            most_in_all: MAX_NODES_IN_ALL.saturating_add(blocks.saturating_mul(MAX_NODES_A_BLOCK)),
            gave_up: false,
        }
    }

    /// Evaluates the body of a block; the flag says whether some of it was left as too large.
    pub(super) fn block(&mut self, block: &Block) -> (Node, bool) {
        self.nodes = 0;
        self.gave_up = false;
        self.module = block.module.clone();
        (self.evaluate(&block.body), self.gave_up)
    }

    fn declarations(&self) -> &'s Declarations<'s> {
        self.scope.module(&self.module)
    }

    /// Evaluates a node of another module.
    fn evaluate_in(&mut self, module: ModulePath, node: &Node) -> Node {
        let outside = std::mem::replace(&mut self.module, module);
        let made = self.evaluate(node);
        self.module = outside;
        made
    }

    pub(super) fn evaluate(&mut self, node: &Node) -> Node {
        if self.depth >= MAX_DEPTH || self.nodes >= MAX_NODES || self.nodes_in_all >= self.most_in_all {
            self.gave_up = true;
            return node.clone();
        }
        self.depth = self.depth.saturating_add(1);
        self.nodes = self.nodes.saturating_add(1);
        self.nodes_in_all = self.nodes_in_all.saturating_add(1);
        let made = self.compute(node);
        self.depth = self.depth.saturating_sub(1);
        made
    }

    fn compute(&mut self, node: &Node) -> Node {
        let value = match &node.value {
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => node.value.clone(),
            Value::List(nodes) => Value::List(self.all(nodes)),
            Value::Object(members) => Value::Object(members.map(|node| self.evaluate(node))),
            Value::Template(parts) => {
                let mut text = Text::empty(node.span);
                for part in parts {
                    append(&mut text, self.evaluate(part));
                }
                Value::Text(text)
            }
            Value::Reference(reference) => return self.reference(node, reference),
            Value::Access(access) => {
                let of = self.evaluate(&access.of);
                return walk(&of, &access.steps).unwrap_or_else(|| {
                    if of.is_same(&access.of) {
                        return node.clone();
                    }
                    let steps = access.steps.clone();
                    Node::new(node.span, Value::Access(Arc::new(Access { of, steps })))
                });
            }
            Value::Call(call) => {
                let arguments = self.all(&call.arguments);
                return functions::call(&call.name, &arguments, node.span).unwrap_or_else(|| {
                    if arguments.is_same(&call.arguments) {
                        return node.clone();
                    }
                    Node::new(node.span, Value::call(call.name.as_str(), arguments))
                });
            }
            Value::Conditional(either) => {
                let condition = self.evaluate(&either.condition);
                match condition.value {
                    Value::Bool(true) => return self.evaluate(&either.then),
                    Value::Bool(false) => return self.evaluate(&either.otherwise),
                    _ => {
                        let then = self.evaluate(&either.then);
                        let otherwise = self.evaluate(&either.otherwise);
                        Value::Conditional(Arc::new(Conditional { condition, then, otherwise }))
                    }
                }
            }
            Value::For(each) => return self.each(node, each),
            Value::Opaque(opaque) => {
                let parts = self.all(&opaque.parts);
                if parts.is_same(&opaque.parts) {
                    return node.clone();
                }
                Value::opaque(opaque.why, parts)
            }
        };
        Node::new(node.span, value)
    }

    fn all(&mut self, nodes: &Shared<Node>) -> Shared<Node> {
        nodes.map(|node| self.evaluate(node))
    }

    fn reference(&mut self, node: &Node, reference: &Reference) -> Node {
        let made = match self.bindings.of(&reference.root) {
            Some(bound) => bound.and_then(|bound| self.part(&bound, &reference.steps)),
            None => self.follow(reference),
        };
        made.unwrap_or_else(|| node.clone())
    }

    /// The value of what is referred to, if it is written down; nothing for a cycle.
    fn follow(&mut self, reference: &Reference) -> Option<Node> {
        let names = reference.names();
        if !self.is_declared(&names) {
            return None;
        }
        let (name, attributes) = match names.as_slice() {
            ["local", name, ..] => (format!("local.{name}"), 1),
            ["var", name, ..] => (format!("var.{name}"), 1),
            ["module", call, output, ..] => (format!("module.{call}.{output}"), 2),
            ["data", "aws_iam_policy_document", name, "json" | "minified_json", ..] => {
                (format!("data.{name}"), 3)
            }
            [type_name, name, argument, ..] => (format!("{type_name}.{name}.{argument}"), 2),
            _ => return None,
        };
        let followed = (self.module.clone(), name);
        if !self.following.insert(followed.clone()) {
            return None;
        }
        let inside = std::mem::take(&mut self.bindings);
        let value = self.declared(&names);
        self.bindings = inside;
        self.following.remove(&followed);
        walk(&value?, &reference.after(attributes))
    }

    /// Whether something may be written down of what a reference names; nearly all are attributes that nobody writes.
    fn is_declared(&self, names: &[&str]) -> bool {
        match names {
            ["local" | "var" | "module" | "data", ..] => true,
            [type_name, name, argument, ..] => {
                self.declarations().argument(type_name, name, argument).is_some()
            }
            _ => false,
        }
    }

    fn declared(&mut self, names: &[&str]) -> Option<Node> {
        match names {
            ["local", name, ..] => {
                let value = self.declarations().local(name)?;
                Some(self.evaluate(value))
            }
            ["var", name, ..] => self.variable(name),
            ["module", call, output, ..] => {
                let module = self.module.child(call);
                let value = self.scope.module(&module).output(output)?;
                Some(self.evaluate_in(module, value))
            }
            ["data", _, name, ..] => {
                let block = self.declarations().document(name)?;
                let body = self.evaluate(&block.body);
                Some(document::render(&body, block.span))
            }
            [type_name, name, argument, ..] => {
                let value = self.declarations().argument(type_name, name, argument)?;
                Some(self.evaluate(value))
            }
            _ => None,
        }
    }

    /// What a variable is given: by the call of its module, by a file of values, by its default.
    fn variable(&mut self, name: &str) -> Option<Node> {
        if let Some((caller, call)) = self.module.parent()
            && let Some(value) = self.scope.module(&caller).given(call, name)
        {
            return Some(self.evaluate_in(caller, value));
        }
        // Terraform takes a default literally; nothing in it is evaluated.
        self.declarations().variable(name).cloned()
    }
}

/// Appends a value to a text; what has no text form, or none yet, leaves a hole.
fn append(text: &mut Text, part: Node) {
    match &part.value {
        Value::Text(part) => text.append(part),
        Value::Number(digits) => text.push(digits, part.span),
        Value::Bool(value) => text.push(if *value { "true" } else { "false" }, part.span),
        _ => match strings::encoded(&part) {
            Some(encoded) => text.append(&encoded),
            None => text.push_hole(part),
        },
    }
}

/// The part of a known value that the steps lead to.
pub(super) fn walk(node: &Node, steps: &[Step]) -> Option<Node> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(node.clone());
    };
    let next = match (step, &node.value) {
        (Step::Attribute(name) | Step::Index(name), Value::Object(_)) => &node.member(name)?.value,
        (Step::Index(index), Value::List(nodes)) => nodes.get(index.parse::<usize>().ok()?)?,
        _ => return None,
    };
    walk(next, rest)
}
