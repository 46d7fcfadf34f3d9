//! Aspects: one look at every element, after everything was added.

use crate::id::NodeId;
use crate::problem::{Problem, Severity};
use crate::term::Term;
use crate::tree::{Content, ElementKind, Tree};

/// What looks at every element, in the order in which they were added.
pub(crate) type Aspect = Box<dyn FnMut(&mut Visit<'_>)>;

/// One element that an aspect looks at, and may change or refuse.
#[derive(Debug)]
pub struct Visit<'a> {
    tree: &'a mut Tree,
    node: NodeId,
}

impl Visit<'_> {
    /// The ids from the stack down to the element: `action-spec/service/instance`.
    pub fn path(&self) -> String {
        self.tree.path(self.node)
    }

    /// The block that the element is written in.
    pub fn kind(&self) -> ElementKind {
        self.tree.element(self.node).map_or(ElementKind::Resource, |element| element.kind)
    }

    /// The resource type; empty where the block has no type label.
    pub fn type_name(&self) -> &'static str {
        self.tree.element(self.node).map_or("", |element| element.type_name)
    }

    /// An argument as it was set.
    pub fn argument(&self, name: &str) -> Option<&Term> {
        self.tree.element(self.node)?.body.get(name)
    }

    /// Sets an argument.
    pub fn set(&mut self, name: &'static str, value: impl Into<Term>) {
        if let Some(element) = self.tree.element_mut(self.node) {
            element.body.set(name, value);
        }
    }

    /// Takes an argument out.
    pub fn delete(&mut self, name: &str) {
        if let Some(element) = self.tree.element_mut(self.node) {
            element.body.remove(name);
        }
    }

    /// Says that something is wrong with the element: the app does not resolve.
    pub fn refuse(&mut self, problem: Problem) {
        let problem = self.placed(problem);
        self.tree.problems.push(problem);
    }

    /// Says something about the element that does not keep the app from resolving.
    pub fn warn(&mut self, problem: Problem) {
        let problem = Problem { severity: Severity::Warning, ..self.placed(problem) };
        self.tree.warnings.push((self.node, problem));
    }

    fn placed(&self, problem: Problem) -> Problem {
        let origin = self.tree.node(self.node).map_or(problem.origin, |node| node.origin.clone());
        Problem { origin, path: self.path(), ..problem }
    }
}

/// Shows every element to every aspect.
pub(crate) fn apply(tree: &mut Tree, aspects: Vec<Aspect>) {
    if aspects.is_empty() {
        return;
    }
    let elements = tree.iter().filter(|(_, node)| matches!(node.content, Content::Element(_)));
    let elements: Vec<NodeId> = elements.map(|(id, _)| id).collect();
    for mut aspect in aspects {
        for node in &elements {
            aspect(&mut Visit { tree, node: *node });
        }
    }
}
