//! What constructs and passes see of others: the arguments of their elements, and of the providers that these use.

use crate::draft::Handle;
use crate::expression::Expression;
use crate::id::NodeId;
use crate::inside::Inside;
use crate::term::Term;
use crate::tree::{Content, Element, ElementKind, Tree};

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
