//! What can be added to a scope, and how others refer to it.

use crate::draft::Handle;
use crate::expression::Expression;
use crate::id::NodeId;
use crate::scope::Place;
use crate::value::Ref;

/// Something that is added to a scope under an id: one element, or a group of elements.
pub trait Construct {
    /// What others refer to it by.
    type Handle;

    /// Writes it at a place in the tree.
    fn build(self, place: Place<'_, '_>) -> Self::Handle;
}

/// Where an offered value is looked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchor {
    /// A construct.
    Construct(NodeId),
    /// A construct of the same stack by name, as stack files write it; of one kind, if given.
    Named {
        /// The construct's id.
        name: Box<str>,
        /// The kind that it must be of.
        kind: Option<&'static str>,
    },
    /// A variable of the same stack by name; the expression's attribute is empty.
    Variable {
        /// The variable's id.
        name: Box<str>,
        /// What the place of use accepts.
        accepts: Accepts,
    },
}

/// Which variables a place of use accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// Values that may be shown.
    Plain,
    /// Sensitive values.
    Sensitive,
    /// Sensitive or ephemeral values.
    Ephemeral,
}

/// A construct that another one uses: by handle in Rust, by name in a stack file.
#[derive(Clone, Debug)]
pub enum Of<H> {
    /// A construct of this app.
    Handle(H),
    /// The name of a construct of the same stack.
    Named(Box<str>),
}

impl<H: Handle> Of<H> {
    /// A value that the construct offers.
    pub fn export<T>(&self, attribute: impl Into<Box<str>>) -> Ref<T> {
        let of = match self {
            Of::Handle(handle) => Anchor::Construct(handle.node()),
            Of::Named(name) => Anchor::Named { name: name.clone(), kind: Some(H::KIND) },
        };
        Ref::of(Expression::Export { of: Box::new(of), attribute: attribute.into() })
    }
}

impl<H> From<H> for Of<H> {
    fn from(handle: H) -> Self {
        Of::Handle(handle)
    }
}

impl<H: Copy> From<&H> for Of<H> {
    fn from(handle: &H) -> Self {
        Of::Handle(*handle)
    }
}
