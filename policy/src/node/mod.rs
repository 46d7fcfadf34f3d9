//! The one tree that everything read becomes: JSON values, Terraform expressions, policies.

mod children;
mod reference;
mod shared;
mod value;

use std::sync::Arc;

use crate::source::Span;
use crate::text::Text;

use children::Children;

pub use reference::{Reference, Step};
pub use shared::Shared;
pub use value::{Access, Call, Conditional, For, Opacity, Opaque, Value};

/// A value and where it was written. Copies share everything below them.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it was written.
    pub span: Span,
    /// What was written.
    pub value: Value,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its key, usually a text.
    pub key: Node,
    /// Its value.
    pub value: Node,
}

impl Member {
    /// The key, if it is known.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.key.literal()
    }

    /// Where key and value stand.
    #[must_use]
    pub fn span(&self) -> Span {
        self.key.span.to(self.value.span)
    }
}

impl Shared<Node> {
    /// What is made of each, shared with this as long as that is the same.
    #[must_use]
    pub fn map(&self, make: impl FnMut(&Node) -> Node) -> Shared<Node> {
        self.map_unless_same(make, Node::is_same)
    }
}

impl Shared<Member> {
    /// What is made of each key and each value, shared with this as long as that is the same.
    #[must_use]
    pub fn map(&self, mut make: impl FnMut(&Node) -> Node) -> Shared<Member> {
        let member = |member: &Member| Member { key: make(&member.key), value: make(&member.value) };
        let is_same =
            |one: &Member, other: &Member| one.key.is_same(&other.key) && one.value.is_same(&other.value);
        self.map_unless_same(member, is_same)
    }
}

impl Node {
    /// A node of a value.
    #[must_use]
    pub fn new(span: Span, value: Value) -> Node {
        Node { span, value }
    }

    /// A node of a text.
    #[must_use]
    pub fn text(text: Text) -> Node {
        Node::new(text.span(), Value::Text(text))
    }

    /// The same with other nodes in the place of those that something is made for; the rest stays shared.
    pub(crate) fn replaced(&self, replace: &mut impl FnMut(&Node) -> Option<Node>) -> Node {
        if let Some(made) = replace(self) {
            return made;
        }
        let value = match &self.value {
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Reference(_) => {
                return self.clone();
            }
            Value::List(nodes) => Value::List(nodes.map(|node| node.replaced(replace))),
            Value::Template(nodes) => Value::Template(nodes.map(|node| node.replaced(replace))),
            Value::Object(members) => Value::Object(members.map(|node| node.replaced(replace))),
            Value::Access(access) => Value::Access(Arc::new(Access {
                of: access.of.replaced(replace),
                steps: access.steps.clone(),
            })),
            Value::Call(call) => {
                Value::call(call.name.as_str(), call.arguments.map(|node| node.replaced(replace)))
            }
            Value::Conditional(either) => Value::Conditional(Arc::new(Conditional {
                condition: either.condition.replaced(replace),
                then: either.then.replaced(replace),
                otherwise: either.otherwise.replaced(replace),
            })),
            Value::For(each) => Value::For(Arc::new(each.map(|node| node.replaced(replace)))),
            Value::Opaque(opaque) => {
                Value::opaque(opaque.why, opaque.parts.map(|node| node.replaced(replace)))
            }
        };
        Node::new(self.span, value)
    }

    /// Whether both are known to be the same without a look at what is below them.
    pub(crate) fn is_same(&self, other: &Node) -> bool {
        self.span == other.span && self.value.is_same(&other.value)
    }

    /// The string, if it is one that is known whole.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => text.literal(),
            _ => None,
        }
    }

    /// The string with its holes, if it is a string at all.
    #[must_use]
    pub fn as_text(&self) -> Option<&Text> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether nobody knows yet what it is.
    #[must_use]
    pub fn is_later(&self) -> bool {
        matches!(
            self.value,
            Value::Template(_)
                | Value::Reference(_)
                | Value::Access(_)
                | Value::Call(_)
                | Value::Conditional(_)
                | Value::For(_)
                | Value::Opaque(_)
        )
    }

    /// Whether nobody knows yet what it is, or all of it.
    #[must_use]
    pub fn may_be_later(&self) -> bool {
        self.is_later() || self.as_text().is_some_and(|text| text.literal().is_none())
    }

    /// Its first character, which stands for all of an object that lacks something.
    #[must_use]
    pub fn opening(&self) -> Span {
        self.span.opening()
    }

    /// Why it is unknown, for a reader.
    #[must_use]
    pub fn why(&self) -> String {
        match &self.value {
            Value::Reference(reference) => format!("`{reference}` is known only later"),
            Value::Call(call) => format!("the result of `{}(…)` is not computed here", call.name),
            Value::Conditional(_) => "it depends on a condition that is known only later".into(),
            Value::Opaque(opaque) => opaque.why.say().into(),
            Value::Template(_) | Value::Access(_) | Value::For(_) => Opacity::Uncomputed.say().into(),
            _ => "its value has another type than expected".into(),
        }
    }

    /// The members, if it is an object; none if it is something else.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The last member of that name: of a repeated key the last one counts, as in Go's JSON.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| member.name() == Some(name))
    }

    /// The nodes it is directly made of: elements, members' values, parts of expressions.
    pub fn children(&self) -> impl Iterator<Item = &Node> {
        Children::of(&self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_takes_forty_bytes_on_machines_of_64_bits() {
        assert!(size_of::<Node>() <= 40, "{}", size_of::<Node>());
    }
}
