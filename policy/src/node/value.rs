//! What a node may be: a JSON value, or an expression that is still to be computed.

use std::sync::Arc;

use super::{Member, Node, Reference, Shared, Step};
use crate::text::Text;

/// What a node is. The variants from [`Value::Template`] on are expressions: evaluation turns
/// them into the ones above, and what is left of them afterwards is unknown.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number in the digits it was written with.
    Number(Arc<str>),
    /// A string.
    Text(Text),
    /// A list.
    List(Shared<Node>),
    /// An object; a key may be repeated.
    Object(Shared<Member>),
    /// Values put one after the other into a string.
    Template(Shared<Node>),
    /// The value of something declared elsewhere.
    Reference(Arc<Reference>),
    /// A part of a computed value.
    Access(Arc<Access>),
    /// A function call.
    Call(Arc<Call>),
    /// `if ? then : otherwise`.
    Conditional(Arc<Conditional>),
    /// `[for element in collection : value]`.
    For(Arc<For>),
    /// An expression that is not computed here.
    Opaque(Arc<Opaque>),
}

/// A part of a computed value.
#[derive(Clone, Debug)]
pub struct Access {
    /// The computed value.
    pub of: Node,
    /// The way to the part.
    pub steps: Vec<Step>,
}

/// A function call.
#[derive(Clone, Debug)]
pub struct Call {
    /// The function, with its namespace.
    pub name: String,
    /// What it is given.
    pub arguments: Shared<Node>,
}

/// `if ? then : otherwise`.
#[derive(Clone, Debug)]
pub struct Conditional {
    /// The condition.
    pub condition: Node,
    /// Its value where the condition holds.
    pub then: Node,
    /// Its value where it does not.
    pub otherwise: Node,
}

/// A list or an object that is made of each element of another one.
#[derive(Clone, Debug)]
pub struct For {
    /// What the elements are of.
    pub collection: Node,
    /// What the key or the index of an element is called, where it has a name.
    pub index: Option<String>,
    /// What an element is called.
    pub element: String,
    /// The key that is made of each, if an object is made.
    pub key: Option<Node>,
    /// The value that is made of each.
    pub value: Node,
    /// Which elements are taken; all, if there is none.
    pub condition: Option<Node>,
}

impl For {
    /// The same with other expressions in the place of its own.
    pub(crate) fn map(&self, mut make: impl FnMut(&Node) -> Node) -> For {
        For {
            collection: make(&self.collection),
            key: self.key.as_ref().map(&mut make),
            value: make(&self.value),
            condition: self.condition.as_ref().map(&mut make),
            ..self.clone()
        }
    }
}

/// An expression that is not computed.
#[derive(Clone, Debug)]
pub struct Opaque {
    /// Why not.
    pub why: Opacity,
    /// The expressions it is made of.
    pub parts: Shared<Node>,
}

impl Value {
    /// A function call.
    #[must_use]
    pub fn call(name: impl Into<String>, arguments: impl Into<Shared<Node>>) -> Value {
        Value::Call(Arc::new(Call { name: name.into(), arguments: arguments.into() }))
    }

    /// A reference.
    #[must_use]
    pub fn reference(root: impl Into<String>, steps: Vec<Step>) -> Value {
        Value::Reference(Arc::new(Reference { root: root.into(), steps }))
    }

    /// An expression that is not computed.
    #[must_use]
    pub fn opaque(why: Opacity, parts: impl Into<Shared<Node>>) -> Value {
        Value::Opaque(Arc::new(Opaque { why, parts: parts.into() }))
    }

    /// Whether both are known to be the same without a look at what is below them.
    pub(super) fn is_same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(one), Value::Bool(other)) => one == other,
            (Value::Number(one), Value::Number(other)) => Arc::ptr_eq(one, other),
            (Value::Text(one), Value::Text(other)) => one.is_same(other),
            (Value::List(one), Value::List(other)) | (Value::Template(one), Value::Template(other)) => {
                one.is_same(other)
            }
            (Value::Object(one), Value::Object(other)) => one.is_same(other),
            (Value::Reference(one), Value::Reference(other)) => Arc::ptr_eq(one, other),
            (Value::Access(one), Value::Access(other)) => Arc::ptr_eq(one, other),
            (Value::Call(one), Value::Call(other)) => Arc::ptr_eq(one, other),
            (Value::Conditional(one), Value::Conditional(other)) => Arc::ptr_eq(one, other),
            (Value::For(one), Value::For(other)) => Arc::ptr_eq(one, other),
            (Value::Opaque(one), Value::Opaque(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

/// Why an expression is not computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opacity {
    /// Its text is not an expression of the Terraform language.
    Unreadable,
    /// Its kind (operator, grouping `for`) is not computed.
    Uncomputed,
    /// It is large, and was left where it is until somebody asks for it.
    Left,
    /// The plan it is in says that it is known after apply.
    AfterApply,
}

impl Opacity {
    /// In words for a reader.
    pub(super) fn say(self) -> &'static str {
        match self {
            Opacity::Unreadable => "its text is not an expression of the Terraform language",
            Opacity::Left => "it was not asked for",
            Opacity::AfterApply => "it is known only after apply",
            Opacity::Uncomputed => "the expression is not computed here",
        }
    }
}
