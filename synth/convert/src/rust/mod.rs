//! Rust as a tree, and as text: broken into lines where it is long, as rustfmt breaks it.

mod layout;
mod literal;

pub(crate) use layout::statement;
pub(crate) use literal::{comment, text_literal, text_template};

/// An expression of Rust.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rust {
    /// A word, a path or a literal.
    Word(String),
    /// `path(arguments)`
    Call(String, Vec<Rust>),
    /// `receiver.method(arguments)`
    Method(Box<Rust>, String, Vec<Rust>),
    /// `name!(arguments)`
    Macro(&'static str, Vec<Rust>),
    /// `object! { key => value }`
    Object(Vec<(String, Rust)>),
    /// `vec![items]`
    Vector(Vec<Rust>),
    /// `[items]`
    Array(Vec<Rust>),
    /// `(items)`
    Tuple(Vec<Rust>),
    /// `|parameters| body`
    Closure(String, Box<Rust>),
    /// `&name`
    Borrow(Box<Rust>),
}

impl Rust {
    pub(crate) fn word(word: impl Into<String>) -> Rust {
        Rust::Word(word.into())
    }

    pub(crate) fn call(path: impl Into<String>, arguments: impl IntoIterator<Item = Rust>) -> Rust {
        Rust::Call(path.into(), arguments.into_iter().collect())
    }

    pub(crate) fn method(self, name: impl Into<String>, arguments: impl IntoIterator<Item = Rust>) -> Rust {
        Rust::Method(Box::new(self), name.into(), arguments.into_iter().collect())
    }

    pub(crate) fn closure(parameters: impl Into<String>, body: Rust) -> Rust {
        Rust::Closure(parameters.into(), Box::new(body))
    }

    /// A text literal.
    pub(crate) fn text(text: &str) -> Rust {
        Rust::Word(text_literal(text))
    }

    /// Whether a name stands anywhere in it as a word of its own.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        let any = |all: &[Rust]| all.iter().any(|one| one.mentions(name));
        match self {
            Rust::Word(word) => word == name,
            Rust::Call(_, arguments) | Rust::Macro(_, arguments) => any(arguments),
            Rust::Method(receiver, _, arguments) => receiver.mentions(name) || any(arguments),
            Rust::Object(entries) => entries.iter().any(|(_, value)| value.mentions(name)),
            Rust::Array(items) | Rust::Vector(items) | Rust::Tuple(items) => any(items),
            Rust::Closure(_, body) => body.mentions(name),
            Rust::Borrow(of) => of.mentions(name),
        }
    }
}
