//! The nodes that a node is directly made of.

use std::{array, slice};

use super::{Member, Node, Value};

/// The nodes that a node is directly made of, one after the other. Trees are walked several times, so this is asked of every
/// value of a document: most have none, and no value has them in two ways.
pub(super) enum Children<'n> {
    Nodes(slice::Iter<'n, Node>),
    /// Keys and values in turn.
    Members(slice::Iter<'n, Member>, Option<&'n Node>),
    Holes(slice::Iter<'n, (u32, Node)>),
    Branches(array::IntoIter<Option<&'n Node>, 4>),
}

impl<'n> Children<'n> {
    pub(super) fn of(value: &'n Value) -> Children<'n> {
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Reference(_) => {
                Children::Nodes([].iter())
            }
            Value::Text(text) => Children::Holes(text.placed_holes().iter()),
            Value::List(nodes) | Value::Template(nodes) => Children::Nodes(nodes.iter()),
            Value::Object(members) => Children::Members(members.iter(), None),
            Value::Call(call) => Children::Nodes(call.arguments.iter()),
            Value::Opaque(opaque) => Children::Nodes(opaque.parts.iter()),
            Value::Access(access) => Children::Nodes(slice::from_ref(&access.of).iter()),
            Value::Conditional(either) => Children::Branches(
                [Some(&either.condition), Some(&either.then), Some(&either.otherwise), None].into_iter(),
            ),
            Value::For(each) => Children::Branches(
                [Some(&each.collection), each.key.as_ref(), Some(&each.value), each.condition.as_ref()]
                    .into_iter(),
            ),
        }
    }
}

impl<'n> Iterator for Children<'n> {
    type Item = &'n Node;

    fn next(&mut self) -> Option<&'n Node> {
        match self {
            Children::Nodes(nodes) => nodes.next(),
            Children::Members(members, value) => value.take().or_else(|| {
                let member = members.next()?;
                *value = Some(&member.value);
                Some(&member.key)
            }),
            Children::Holes(holes) => holes.next().map(|(_, node)| node),
            Children::Branches(branches) => branches.by_ref().flatten().next(),
        }
    }
}
