//! What `for_each`, `count` and `dynamic` repeat: the same body for each element, where it is known which there are.

use super::evaluator::Evaluator;
use crate::node::{Member, Node, Value};
use crate::source::Span;
use crate::terraform::{Block, Kind, ModulePath};
use crate::text::Text;

/// A block or call with more instances than this is judged as it is written: each instance costs as much as the block.
const MAX_INSTANCES: usize = 100;

/// One repetition: what its element is called where it is repeated, and the element.
#[derive(Clone)]
pub(super) struct Repetition {
    /// `each`, `count`, or the iterator of a `dynamic` block.
    pub(super) name: String,
    /// `{key, value}` or `{index}`.
    pub(super) element: Node,
}

impl Evaluator<'_> {
    /// The bodies of a block that asks for its instance, one for each.
    pub(super) fn instances(&mut self, block: &Block) -> Vec<Node> {
        if !matches!(block.kind, Kind::Resource | Kind::Data) {
            return Vec::new();
        }
        let mut calls = Vec::new();
        let mut called = block.module.clone();
        while let Some((caller, _)) = called.parent() {
            calls.push(std::mem::replace(&mut called, caller));
        }
        calls.reverse();
        let mut made = Vec::new();
        self.each_instance(&calls, &block.body, &mut made);
        if made.len() > MAX_INSTANCES { Vec::new() } else { made }
    }

    /// Appends a body for each instance of the calls that lead to a block, the outermost first, and of the block.
    fn each_instance(&mut self, calls: &[ModulePath], body: &Node, made: &mut Vec<Node>) {
        let Some((module, rest)) = calls.split_first() else {
            match self.repetitions(body) {
                Some(all) => {
                    let instance = |repetition| self.within(repetition, |evaluator| evaluator.evaluate(body));
                    made.extend(all.iter().map(instance));
                }
                None => made.push(self.evaluate(body)),
            }
            return;
        };
        let Some(all) = self.calls(module) else {
            return self.each_instance(rest, body, made);
        };
        for repetition in all {
            if made.len() > MAX_INSTANCES {
                break;
            }
            self.called.insert(module.clone(), repetition);
            self.each_instance(rest, body, made);
            self.called.remove(module);
        }
    }

    /// What repeats the call of a module.
    fn calls(&mut self, module: &ModulePath) -> Option<Vec<Repetition>> {
        let (caller, call) = module.parent()?;
        let written = self.scope.module(&caller).call(call)?;
        let inside = std::mem::replace(&mut self.module, caller);
        let all = self.repetitions(written);
        self.module = inside;
        all
    }

    /// A part of the body of a block, in the instance that an index names, if one does.
    pub(super) fn evaluate_instance(&mut self, body: &Node, part: &Node, index: Option<&str>) -> Node {
        let named = index.and_then(|index| {
            let all = self.repetitions(body)?;
            all.into_iter().find(|repetition| repetition.is(index))
        });
        match named {
            Some(repetition) => self.within(&repetition, |evaluator| evaluator.evaluate(part)),
            None => self.evaluate(part),
        }
    }

    /// The blocks of a `dynamic` block: its content becomes one for each element.
    pub(super) fn dynamic(&mut self, labels: &Node) -> Node {
        let value = match &labels.value {
            Value::List(nodes) => Value::List(nodes.map(|node| self.dynamic(node))),
            Value::Object(members) => {
                let blocks = members.iter().map(|member| {
                    let label = member.name().unwrap_or_default();
                    Member { key: member.key.clone(), value: self.dynamic_block(label, &member.value) }
                });
                Value::Object(blocks.collect())
            }
            _ => return self.evaluate(labels),
        };
        Node::new(labels.span, value)
    }

    fn dynamic_block(&mut self, label: &str, written: &Node) -> Node {
        if let Value::List(nodes) = &written.value {
            return Node::new(written.span, Value::List(nodes.map(|node| self.dynamic_block(label, node))));
        }
        let iterator = match written.member("iterator").map(|member| &member.value) {
            Some(Node { value: Value::Reference(reference), .. }) => reference.root.clone(),
            Some(named) => named.literal().unwrap_or(label).to_owned(),
            None => label.to_owned(),
        };
        let by = written.member("for_each").map(|member| self.evaluate(&member.value));
        let by =
            by.and_then(|by| elements(&by, &iterator)).filter(|by| (1..=MAX_INSTANCES).contains(&by.len()));
        let members = written.members().iter().map(|member| {
            let value = match &by {
                Some(by) if member.name() == Some("content") => self.contents(&member.value, by),
                _ => self.evaluate(&member.value),
            };
            Member { key: member.key.clone(), value }
        });
        Node::new(written.span, Value::Object(members.collect()))
    }

    fn contents(&mut self, written: &Node, by: &[Repetition]) -> Node {
        let mut all = Vec::new();
        for repetition in by {
            let content = self.within(repetition, |evaluator| evaluator.evaluate(written));
            match content.value {
                Value::List(nodes) => all.extend(nodes.iter().cloned()),
                _ => all.push(content),
            }
        }
        Node::new(written.span, Value::List(all.into()))
    }

    fn within<T>(&mut self, repetition: &Repetition, make: impl FnOnce(&mut Self) -> T) -> T {
        let depth = self.bindings.depth();
        self.bindings.bind(&repetition.name, Some(repetition.element.clone()));
        let made = make(self);
        self.bindings.leave(depth);
        made
    }

    /// What `for_each` or `count` in a body comes to, if it has one that is known.
    fn repetitions(&mut self, body: &Node) -> Option<Vec<Repetition>> {
        if let Some(each) = body.member("for_each") {
            return elements(&self.evaluate(&each.value), "each");
        }
        let count = self.evaluate(&body.member("count")?.value);
        let Value::Number(digits) = &count.value else { return None };
        let number = digits.parse().ok().filter(|number| *number <= MAX_INSTANCES)?;
        let index = |index: usize| {
            let number = Node::new(count.span, Value::Number(index.to_string().into()));
            Repetition { name: "count".to_owned(), element: object(count.span, vec![("index", number)]) }
        };
        Some((0..number).map(index).collect())
    }
}

impl Repetition {
    /// Whether an index names it.
    fn is(&self, index: &str) -> bool {
        let key = self.element.member("key").or_else(|| self.element.member("index"));
        key.is_some_and(|member| match &member.value.value {
            Value::Number(digits) => **digits == *index,
            _ => member.value.literal() == Some(index),
        })
    }
}

/// The elements of a map, or of a set, whose keys are its values.
fn elements(collection: &Node, name: &str) -> Option<Vec<Repetition>> {
    let element = |key: &Node, value: &Node| Repetition {
        name: name.to_owned(),
        element: object(value.span, vec![("key", key.clone()), ("value", value.clone())]),
    };
    match &collection.value {
        Value::List(nodes) => Some(nodes.iter().map(|node| element(node, node)).collect()),
        Value::Object(members) => {
            Some(members.iter().map(|member| element(&member.key, &member.value)).collect())
        }
        _ => None,
    }
}

fn object(span: Span, members: Vec<(&str, Node)>) -> Node {
    let member = |(name, value)| Member { key: Node::text(Text::new(name, span)), value };
    Node::new(span, Value::Object(members.into_iter().map(member).collect()))
}
