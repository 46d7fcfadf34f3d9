//! What constructs and passes see of others: the arguments of their elements, and of the providers that these use.

use crate::construct::{Anchor, Of};
use crate::draft::Handle;
use crate::expression::Expression;
use crate::id::{Id, NodeId};
use crate::inside::Inside;
use crate::term::Term;
use crate::tree::{Content, Element, ElementKind, Tree};
use crate::value::Value;

impl Tree {
    /// An argument, as it was set, of the first element of a type in a construct: `name` of the `aws_route53_zone`
    /// of a zone. The construct may itself be that element.
    pub fn argument(&self, construct: impl Handle, type_name: &str, name: &str) -> Option<&Term> {
        let (_, element) = self.element_inside(construct.node(), type_name)?;
        element.body.get(name)
    }

    /// An argument, as it was set, of the provider configuration that the first element of a type in a construct
    /// uses: the one it names, or its stack's default.
    pub fn provider_argument(&self, construct: impl Handle, type_name: &str, name: &str) -> Option<&Term> {
        let (node, element) = self.element_inside(construct.node(), type_name)?;
        let provider = match element.body.get("provider") {
            Some(Term::Plain(expression)) => match expression.as_ref() {
                Expression::Reference { node, .. } => self.element(*node),
                _ => None,
            },
            Some(_) => None,
            None => self.default_provider(self.stack_of(node)?, element.provider?.name),
        };
        provider?.body.get(name)
    }

    /// Whether a value is a variable, and nothing else, that is validated by itself ("Custom Conditions"): what it
    /// may be is its author's decision. `from` is whoever uses the value.
    pub fn is_validated<T>(&self, from: NodeId, value: &Value<T>) -> bool {
        let node = match value.term() {
            Term::Expression(Expression::Reference { node, .. }) => Some(*node),
            Term::Expression(Expression::Export { of, .. }) => match of.as_ref() {
                Anchor::Variable { name, .. } => self.variable(from, name),
                Anchor::Construct(_) | Anchor::Named { .. } => None,
            },
            _ => None,
        };
        node.and_then(|node| self.element(node)).is_some_and(|element| {
            element.kind == ElementKind::Variable && element.body.get("validation").is_some()
        })
    }

    fn variable(&self, from: NodeId, name: &str) -> Option<NodeId> {
        let stack = self.stack_of(from)?;
        self.iter().find_map(|(handle, node)| match (&node.id, &node.content) {
            (Id::Named(id), Content::Element(element))
                if node.parent == stack && element.kind == ElementKind::Variable && id.as_str() == name =>
            {
                Some(handle)
            }
            _ => None,
        })
    }

    /// The node of a construct that one in the same stack refers to; `None` where there is none of its kind.
    pub fn find<H: Handle>(&self, from: NodeId, of: &Of<H>) -> Option<NodeId> {
        match of {
            Of::Handle(handle) => Some(handle.node()),
            Of::Named(name) => self.named(from, name).filter(|node| self.kind(*node) == Some(H::KIND)),
        }
    }

    /// The kind of the construct that offers a value to one in the same stack.
    pub fn kind_at(&self, from: NodeId, of: &Anchor) -> Option<&'static str> {
        match of {
            Anchor::Construct(node) => self.kind(*node),
            Anchor::Named { name, .. } => self.kind(self.named(from, name)?),
            Anchor::Variable { .. } => None,
        }
    }

    fn named(&self, from: NodeId, name: &str) -> Option<NodeId> {
        let stack = self.stack_of(from)?;
        self.iter().find_map(|(handle, node)| match (&node.id, &node.content) {
            (Id::Named(id), Content::Construct { .. }) if node.parent == stack && id.as_str() == name => {
                Some(handle)
            }
            _ => None,
        })
    }

    /// The names of what a construct offers in a group of its own: each `NAME` of `GROUP/NAME`.
    pub fn offered(&self, construct: NodeId, group: &str) -> Vec<String> {
        let Some(Content::Construct { exports, .. }) = self.node(construct).map(|node| &node.content) else {
            return Vec::new();
        };
        let names =
            exports.iter().filter_map(|export| export.attribute.strip_prefix(group)?.strip_prefix('/'));
        names.map(str::to_owned).collect()
    }

    fn element_inside(&self, construct: NodeId, type_name: &str) -> Option<(NodeId, &Element)> {
        let mut nodes = Inside::of(self).elements(self, construct);
        nodes.sort_unstable();
        let elements = nodes.into_iter().filter_map(|node| Some((node, self.element(node)?)));
        elements.into_iter().find(|(_, element)| element.type_name == type_name)
    }

    fn default_provider(&self, stack: NodeId, name: &str) -> Option<&Element> {
        self.iter().find_map(|(_, node)| match &node.content {
            Content::Element(element)
                if node.parent == stack
                    && element.kind == ElementKind::Provider
                    && element.type_name == name
                    && element.body.get("alias").is_none() =>
            {
                Some(element)
            }
            _ => None,
        })
    }
}
