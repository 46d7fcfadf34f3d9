//! Typed faces of [`Term`]: what an argument accepts, and what a reference gives.

use std::marker::PhantomData;
use std::ops::Add;

use crate::expression::Expression;
use crate::id::NodeId;
use crate::number::Number;
use crate::term::{Term, Text};

/// The type of Terraform's lists.
#[derive(Debug)]
pub struct List<T>(PhantomData<T>);
/// The type of Terraform's sets.
#[derive(Debug)]
pub struct Set<T>(PhantomData<T>);
/// The type of Terraform's maps, whose keys are text.
#[derive(Debug)]
pub struct Map<T>(PhantomData<T>);
/// A type that the provider's schema leaves open.
#[derive(Debug)]
pub enum Any {}

macro_rules! faces {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub struct $name<T> {
            term: Term,
            of: PhantomData<fn() -> T>,
        }

        impl<T> $name<T> {
            /// Claims that a term has this type; Terraform is the one to disagree.
            pub fn of(term: impl Into<Term>) -> Self {
                $name { term: term.into(), of: PhantomData }
            }

            /// The value without its type.
            pub fn into_term(self) -> Term {
                self.term
            }

            /// The value without its type.
            pub fn term(&self) -> &Term {
                &self.term
            }

        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                $name { term: self.term.clone(), of: PhantomData }
            }
        }

        impl<T> From<$name<T>> for Term {
            fn from(value: $name<T>) -> Term {
                value.term
            }
        }
    )*};
}
pub(crate) use faces;

faces! {
    /// A value that may be shown: a literal or an expression of type `T`.
    Value;
    /// A reference to a value that Terraform computes and may show.
    Ref;
}

impl<T> PartialEq for Value<T> {
    fn eq(&self, other: &Self) -> bool {
        self.term == other.term
    }
}

impl<T> std::fmt::Debug for Value<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.term.fmt(formatter)
    }
}

impl<T> std::fmt::Debug for Ref<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.term.fmt(formatter)
    }
}

/// What is known of a value before Terraform runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<T> {
    /// The value.
    Is(T),
    /// Terraform computes it.
    Later,
}

impl<T> Ref<T> {
    /// An attribute of an element; used by generated bindings.
    pub fn attribute(node: NodeId, attribute: &'static str) -> Self {
        Ref::of(Expression::reference(node, attribute))
    }

    /// The expression behind the reference.
    pub(crate) fn into_expression(self) -> Expression {
        Expression::of(self.into_term())
    }
}

impl<T> Value<List<T>> {
    /// One item of the list, the first by 0.
    #[must_use]
    pub fn at(self, index: impl Into<Value<Number>>) -> Value<T> {
        Value::of(Expression::of(self).index(index.into()))
    }
}

impl<T> Value<Map<T>> {
    /// The value of one key.
    #[must_use]
    pub fn key(self, key: impl Into<Value<String>>) -> Value<T> {
        Value::of(Expression::of(self).index(key.into()))
    }
}

macro_rules! opened {
    ($($face:ident),*) => {$(
        impl $face<Any> {
            /// An attribute of an object; the caller knows its type.
            #[must_use]
            pub fn field<T>(self, attribute: impl Into<Box<str>>) -> $face<T> {
                let of = Box::new(Expression::of(self.into_term()));
                $face::of(Expression::Attribute(of, attribute.into()))
            }
        }

        impl<T> $face<T> {
            /// A list of the value, or an empty one where the value is null (`value[*]`, "Splat Expressions").
            #[must_use]
            pub fn splat(self) -> $face<List<T>> {
                $face::of(Expression::Splat(Box::new(self.into_term())))
            }
        }
    )*};
}

opened!(Value, Ref);

impl<T> From<Ref<T>> for Value<T> {
    fn from(reference: Ref<T>) -> Self {
        Value::of(reference.into_term())
    }
}

impl<T> From<&Ref<T>> for Value<T> {
    fn from(reference: &Ref<T>) -> Self {
        Value::of(reference.term().clone())
    }
}

impl<T> From<&Value<T>> for Value<T> {
    fn from(value: &Value<T>) -> Self {
        value.clone()
    }
}

impl From<&str> for Value<String> {
    fn from(text: &str) -> Self {
        Value::of(Term::text(text))
    }
}

impl From<String> for Value<String> {
    fn from(text: String) -> Self {
        Value::of(Term::text(text))
    }
}

impl From<bool> for Value<bool> {
    fn from(value: bool) -> Self {
        Value::of(Term::Bool(value))
    }
}

impl Value<String> {
    /// The text, where it is written out.
    pub fn known(&self) -> Known<&str> {
        match self.term() {
            Term::Text(text) => Known::Is(text),
            _ => Known::Later,
        }
    }
}

macro_rules! sequences {
    ($($sequence:ident),*) => {$(
        impl<T, V: Into<Value<T>>, const N: usize> From<[V; N]> for Value<$sequence<T>> {
            fn from(values: [V; N]) -> Self {
                values.into_iter().collect()
            }
        }

        impl<T, V: Into<Value<T>>> From<Vec<V>> for Value<$sequence<T>> {
            fn from(values: Vec<V>) -> Self {
                values.into_iter().collect()
            }
        }

        impl<T, V: Into<Value<T>>> FromIterator<V> for Value<$sequence<T>> {
            fn from_iter<I: IntoIterator<Item = V>>(values: I) -> Self {
                Value::of(Term::List(values.into_iter().map(|value| value.into().into_term()).collect()))
            }
        }
    )*};
}

sequences!(List, Set);

impl<T, K: Into<Text>, V: Into<Value<T>>> FromIterator<(K, V)> for Value<Map<T>> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let entries = entries.into_iter().map(|(key, value)| (key.into(), value.into().into_term()));
        Value::of(Term::Object(entries.collect()))
    }
}

impl<T, K: Into<Text>, V: Into<Value<T>>, const N: usize> From<[(K, V); N]> for Value<Map<T>> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<T, K: Into<Text>, V: Into<Value<T>>> From<std::collections::BTreeMap<K, V>> for Value<Map<T>> {
    fn from(entries: std::collections::BTreeMap<K, V>) -> Self {
        entries.into_iter().collect()
    }
}

/// Text made of pieces: `concat([Value::from("https://"), service.url().into()])`.
pub fn concat(pieces: impl IntoIterator<Item = Value<String>>) -> Value<String> {
    let pieces = pieces.into_iter();
    let mut joined: Vec<Term> = Vec::with_capacity(pieces.size_hint().0);
    for piece in pieces {
        match (joined.last_mut(), piece.into_term()) {
            (Some(Term::Text(before)), Term::Text(text)) => *before = format!("{before}{text}").into(),
            (_, Term::Expression(Expression::Template(pieces))) => joined.extend(pieces),
            (_, term) => joined.push(term),
        }
    }
    match <[Term; 1]>::try_from(joined) {
        Ok([Term::Text(text)]) => Value::of(Term::Text(text)),
        Ok(one) => Value::of(Expression::Template(one.into())),
        Err(joined) if joined.is_empty() => Value::from(""),
        Err(joined) => Value::of(Expression::Template(joined)),
    }
}

impl<V: Into<Value<String>>> Add<V> for Value<String> {
    type Output = Value<String>;

    fn add(self, text: V) -> Value<String> {
        concat([self, text.into()])
    }
}

impl<V: Into<Value<String>>> Add<V> for Ref<String> {
    type Output = Value<String>;

    fn add(self, text: V) -> Value<String> {
        concat([self.into(), text.into()])
    }
}
