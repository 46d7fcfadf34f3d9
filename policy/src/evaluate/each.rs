//! Computes `for` expressions: what they make of each element of a collection that is known.

use std::sync::Arc;

use super::evaluator::{Evaluator, walk};
use crate::node::{For, Member, Node, Step, Value};

/// The names that are bound where an expression is evaluated, the innermost last.
#[derive(Default)]
pub(super) struct Bindings {
    bound: Vec<(String, Option<Node>)>,
}

impl Bindings {
    /// What a name stands for, if it is bound here; inside that nothing if it is known only later.
    pub(super) fn of(&self, name: &str) -> Option<Option<Node>> {
        self.bound.iter().rev().find(|(bound, _)| bound == name).map(|(_, node)| node.clone())
    }

    pub(super) fn bind(&mut self, name: &str, node: Option<Node>) {
        self.bound.push((name.to_owned(), node));
    }

    pub(super) fn depth(&self) -> usize {
        self.bound.len()
    }

    /// Forgets what was bound since there were so many.
    pub(super) fn leave(&mut self, depth: usize) {
        self.bound.truncate(depth);
    }
}

impl Evaluator<'_> {
    /// The part of what a name is bound to.
    pub(super) fn part(&mut self, bound: &Node, steps: &[Step]) -> Option<Node> {
        let Value::Reference(to) = &bound.value else {
            return walk(bound, steps);
        };
        let steps = to.steps.iter().chain(steps).cloned().collect();
        let reference = Node::new(bound.span, Value::reference(to.root.as_str(), steps));
        let inside = std::mem::take(&mut self.bindings);
        let made = self.evaluate(&reference);
        self.bindings = inside;
        Some(made)
    }

    /// What a `for` expression makes, if it is known of which elements.
    pub(super) fn each(&mut self, node: &Node, each: &For) -> Node {
        let collection = self.evaluate(&each.collection);
        let depth = self.bindings.depth();
        let made = elements(&collection).and_then(|elements| {
            let mut made = Vec::with_capacity(elements.len());
            for (index, element) in elements {
                self.bind(each, index, Some(element));
                let taken = each.condition.as_ref().map(|condition| self.evaluate(condition).value);
                match taken {
                    None | Some(Value::Bool(true)) => {
                        let key = each.key.as_ref().map(|key| self.evaluate(key));
                        made.push((key, self.evaluate(&each.value)));
                    }
                    Some(Value::Bool(false)) => {}
                    Some(_) => return None,
                }
                self.bindings.leave(depth);
            }
            Some(made)
        });
        self.bindings.leave(depth);
        let value = match made {
            Some(made) if each.key.is_some() => Value::Object(
                made.into_iter().filter_map(|(key, value)| Some(Member { key: key?, value })).collect(),
            ),
            Some(made) => Value::List(made.into_iter().map(|(_, value)| value).collect()),
            None => {
                self.bind(each, None, None);
                let parts = each.map(|node| self.evaluate(node));
                self.bindings.leave(depth);
                Value::For(Arc::new(parts))
            }
        };
        Node::new(node.span, value)
    }

    fn bind(&mut self, each: &For, index: Option<Node>, element: Option<Node>) {
        if let Some(name) = &each.index {
            self.bindings.bind(name, index);
        }
        self.bindings.bind(&each.element, element);
    }
}

/// The elements of a collection with their keys, if it is known which there are. A set is a list here, and has other
/// keys: those of both are left open.
fn elements(collection: &Node) -> Option<Vec<(Option<Node>, Node)>> {
    match &collection.value {
        Value::List(nodes) => Some(nodes.iter().map(|node| (None, node.clone())).collect()),
        Value::Object(members) => {
            let known = members.iter().all(|member| member.name().is_some());
            let pair = |member: &Member| (Some(member.key.clone()), member.value.clone());
            known.then(|| members.iter().map(pair).collect())
        }
        _ => None,
    }
}
