//! JSON (RFC 8259) as HCL reads it: every node knows where it starts, keys keep their order and their repetitions.

mod reader;
mod string;

use std::borrow::Cow;

pub(crate) use reader::read;
pub(crate) use string::position;

/// A value and the byte at which it starts.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub(crate) start: u32,
    pub(crate) value: Value<'t>,
}

/// A value; text without escapes is borrowed from the document.
#[derive(Debug)]
pub(crate) enum Value<'t> {
    Null,
    Bool(bool),
    Number(&'t str),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Object(Vec<Member<'t>>),
}

/// A property of an object.
#[derive(Debug)]
pub(crate) struct Member<'t> {
    pub(crate) start: u32,
    pub(crate) key: Cow<'t, str>,
    pub(crate) value: Node<'t>,
}

/// Why a text is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) at: u32,
    pub(crate) expected: &'static str,
}

impl<'t> Node<'t> {
    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What the value is called in a message.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a bool",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::List(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// The first property of that name, if this is an object.
    pub(crate) fn property(&self, name: &str) -> Option<&Member<'t>> {
        match &self.value {
            Value::Object(members) => members.iter().find(|member| member.key == name),
            _ => None,
        }
    }
}
