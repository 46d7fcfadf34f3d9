//! The partial evaluator.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::each::Bindings;
use super::functions;
use super::repeated::Repetition;
use super::scope::{Declarations, Scope};
use super::strings;
use crate::node::{Access, Conditional, Member, Node, Reference, Shared, Step, Value};
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
    pub(super) scope: &'s Scope<'s>,
    /// The module whose expressions are being evaluated.
    pub(super) module: ModulePath,
    /// What `for` expressions, `dynamic` and `for_each` bind around what is being evaluated.
    pub(super) bindings: Bindings,
    /// Which instance of each call of a module is being evaluated, by the module that is called.
    pub(super) called: BTreeMap<ModulePath, Repetition>,
    /// What is being followed, so that a cycle ends.
    pub(super) following: BTreeSet<(ModulePath, String)>,
    depth: usize,
    nodes: usize,
    nodes_in_all: usize,
    most_in_all: usize,
    gave_up: bool,
    /// Whether `each` or `count` was met where nothing is bound to it.
    asked_for_instance: bool,
}

impl<'s> Evaluator<'s> {
    /// For so many blocks.
    pub(super) fn new(scope: &'s Scope<'s>, blocks: usize) -> Evaluator<'s> {
        let module = ModulePath::default();
        Evaluator {
            scope,
            module,
            bindings: Bindings::default(),
            called: BTreeMap::new(),
            following: BTreeSet::new(),
            depth: 0,
            nodes: 0,
            nodes_in_all: 0,
            most_in_all: MAX_NODES_IN_ALL.saturating_add(blocks.saturating_mul(MAX_NODES_A_BLOCK)),
            gave_up: false,
            asked_for_instance: false,
        }
    }

    /// Evaluates the body of a block.
    pub(super) fn block(&mut self, block: &Block) -> Computed {
        self.nodes = 0;
        self.gave_up = false;
        self.asked_for_instance = false;
        self.module = block.module.clone();
        let body = self.evaluate(&block.body);
        let gave_up = self.gave_up;
        let is_alike = gave_up || !self.asked_for_instance;
        let instances = if is_alike { Vec::new() } else { self.instances(block) };
        // What is given up on among the instances is still in the body, unknown.
        let instances = if self.gave_up { Vec::new() } else { instances };
        Computed { body, instances, gave_up }
    }

    pub(super) fn declarations(&self) -> &'s Declarations<'s> {
        self.scope.module(&self.module)
    }

    /// Evaluates a node of another module.
    pub(super) fn evaluate_in(&mut self, module: ModulePath, node: &Node) -> Node {
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
            Value::Object(members) => Value::Object(self.members(members)),
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
                let steps = self.indexed(&access.steps);
                return walk(&of, steps.as_ref().unwrap_or(&access.steps)).unwrap_or_else(|| {
                    if of.is_same(&access.of) && steps.is_none() {
                        return node.clone();
                    }
                    let steps = steps.unwrap_or_else(|| access.steps.clone());
                    Node::new(node.span, Value::Access(Arc::new(Access { of, steps })))
                });
            }
            Value::Call(call) => {
                if let Some(made) = self.attempt(call) {
                    return made;
                }
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

    fn members(&mut self, members: &Shared<Member>) -> Shared<Member> {
        let is_dynamic = |member: &Member| member.name() == Some("dynamic");
        if !members.iter().any(is_dynamic) {
            return members.map(|node| self.evaluate(node));
        }
        let evaluated = members.iter().map(|member| Member {
            key: self.evaluate(&member.key),
            value: if is_dynamic(member) {
                self.dynamic(&member.value)
            } else {
                self.evaluate(&member.value)
            },
        });
        evaluated.collect()
    }

    /// The steps with the indices that expressions come to; nothing if none of them is known.
    pub(super) fn indexed(&mut self, steps: &[Step]) -> Option<Vec<Step>> {
        let mut is_new = false;
        let steps = steps.iter().map(|step| {
            let Step::Computed(index) = step else { return step.clone() };
            let index = self.evaluate(index);
            let known = match &index.value {
                Value::Text(text) => text.literal(),
                Value::Number(digits) => Some(&**digits),
                _ => None,
            };
            is_new |= known.is_some();
            known.map_or_else(|| step.clone(), |known| Step::Index(known.to_owned()))
        });
        let steps = steps.collect();
        is_new.then_some(steps)
    }

    fn reference(&mut self, node: &Node, reference: &Reference) -> Node {
        if let Some(steps) = self.indexed(&reference.steps) {
            let value = Value::reference(reference.root.as_str(), steps);
            return self.evaluate(&Node::new(node.span, value));
        }
        let made = match self.bindings.of(&reference.root) {
            Some(bound) => bound.and_then(|bound| self.part(&bound, &reference.steps)),
            None => {
                self.asked_for_instance |= matches!(reference.root.as_str(), "each" | "count");
                self.follow(reference)
            }
        };
        made.unwrap_or_else(|| node.clone())
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

/// What a block comes to.
pub(super) struct Computed {
    pub(super) body: Node,
    pub(super) instances: Vec<Node>,
    /// Whether some of it was left as too large.
    pub(super) gave_up: bool,
}

/// The part of a known value that the steps lead to.
pub(super) fn walk(node: &Node, steps: &[Step]) -> Option<Node> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(node.clone());
    };
    let next = match (step, &node.value) {
        (Step::Attribute(name) | Step::Index(name), Value::Object(_)) => &node.member(name)?.value,
        (Step::Index(index), Value::List(nodes)) => nodes.get(index.parse::<usize>().ok()?)?,
        // A splat over a list takes the same part of each.
        (Step::Any, Value::List(nodes)) => {
            let parts: Option<Vec<Node>> = nodes.iter().map(|node| walk(node, rest)).collect();
            return Some(Node::new(node.span, Value::List(parts?.into())));
        }
        _ => return None,
    };
    walk(next, rest)
}
