//! `for` expressions ("For Expressions"): lists, sets and maps made of other ones when Terraform runs.
//!
//! ```
//! use synth_core::{List, Map, Ref, Value, functions, text};
//!
//! # fn of(names: Ref<List<String>>, tags: Ref<Map<String>>) {
//! let arns: Value<List<String>> = names.clone().map_each(|name| text!("arn:aws:s3:::{}/*", name));
//! let long = names.filter(|name| functions::length(name).above(3));
//! let upper: Value<Map<String>> = tags.map_values(|_key, value| functions::upper(value));
//! # }
//! ```

use std::sync::Arc;

use crate::expression::Expression;
use crate::functions::toset;
use crate::number::Number;
use crate::term::Term;
use crate::value::{List, Map, Ref, Set, Value};

/// A value that a `for` expression names. It has no name of its own: the document names it by its depth.
#[derive(Clone, Debug)]
pub struct Bound(Arc<Name>);

/// Which word it is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Key,
    Item,
}

impl PartialEq for Bound {
    /// Each is equal to itself alone.
    fn eq(&self, other: &Bound) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Bound {
    fn value<T>(&self) -> Value<T> {
        Value::of(Expression::Bound(self.clone()))
    }

    /// The word for it inside of `depth` other `for` expressions: `item`, `item2`.
    pub(crate) fn word(&self, depth: usize) -> String {
        let word = match *self.0 {
            Name::Key => "key",
            Name::Item => "item",
        };
        if depth == 0 { word.to_owned() } else { format!("{word}{}", depth + 1) }
    }
}

/// What a `for` expression makes of each item.
#[derive(Clone, Debug, PartialEq)]
pub enum Yields {
    /// An item: `[for …]`.
    Item(Term),
    /// A key and its value: `{for …}`.
    Entry(Term, Term),
    /// A key and one of its values: `{for … => …...}`.
    Grouped(Term, Term),
}

/// `for key, item in over: yields if condition`.
#[derive(Clone, Debug, PartialEq)]
pub struct ForExpression {
    pub(crate) key: Option<Bound>,
    pub(crate) item: Bound,
    pub(crate) over: Term,
    pub(crate) yields: Yields,
    pub(crate) condition: Option<Term>,
}

impl ForExpression {
    /// What the expression names.
    pub(crate) fn bound(&self) -> impl Iterator<Item = &Bound> {
        self.key.iter().chain([&self.item])
    }

    /// Every term, in the order in which they are written.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &Term> {
        let (first, second) = match &self.yields {
            Yields::Item(item) => (item, None),
            Yields::Entry(key, item) | Yields::Grouped(key, item) => (key, Some(item)),
        };
        [&self.over, first].into_iter().chain(second).chain(&self.condition)
    }

    /// Every term, to be changed where it stands.
    pub(crate) fn terms_mut(&mut self) -> impl Iterator<Item = &mut Term> {
        let (first, second) = match &mut self.yields {
            Yields::Item(item) => (item, None),
            Yields::Entry(key, item) | Yields::Grouped(key, item) => (key, Some(item)),
        };
        [&mut self.over, first].into_iter().chain(second).chain(&mut self.condition)
    }
}

/// A collection that is gone through, with fresh names for its keys and items.
pub(crate) struct Loop {
    over: Term,
    pub(crate) key: Bound,
    pub(crate) item: Bound,
}

impl Loop {
    pub(crate) fn over(over: impl Into<Term>) -> Self {
        let bound = |name| Bound(Arc::new(name));
        Loop { over: over.into(), key: bound(Name::Key), item: bound(Name::Item) }
    }

    /// The expression; the key is named where it is used.
    pub(crate) fn yields(self, yields: Yields, condition: Option<Term>) -> Expression {
        let mut whole = ForExpression { key: None, item: self.item, over: self.over, yields, condition };
        let mut used = false;
        for term in whole.terms() {
            term.each_expression(&mut |inner| {
                used |= matches!(inner, Expression::Bound(name) if *name == self.key)
            });
        }
        whole.key = used.then_some(self.key);
        Expression::For(Box::new(whole))
    }
}

macro_rules! sequences {
    ($($face:ident<$sequence:ident>),*) => {$(
        impl<T> $face<$sequence<T>> {
            /// What `change` makes of each item.
            #[must_use]
            pub fn map_each<U, V: Into<Value<U>>>(self, change: impl FnOnce(Value<T>) -> V) -> Value<List<U>> {
                let each = Loop::over(self);
                let item = change(each.item.value()).into().into_term();
                Value::of(each.yields(Yields::Item(item), None))
            }

            /// A map with the key and the value that `entry` makes of each item; no key may come twice.
            #[must_use]
            pub fn to_map<U, K: Into<Value<String>>, V: Into<Value<U>>>(
                self,
                entry: impl FnOnce(Value<T>) -> (K, V),
            ) -> Value<Map<U>> {
                let each = Loop::over(self);
                let (key, value) = entry(each.item.value());
                Value::of(each.yields(Yields::Entry(key.into().into_term(), value.into().into_term()), None))
            }

            /// What `entry` makes of each item: values by a key, which may come several times.
            #[must_use]
            pub fn group_to_map<U, K: Into<Value<String>>, V: Into<Value<U>>>(
                self,
                entry: impl FnOnce(Value<T>) -> (K, V),
            ) -> Value<Map<List<U>>> {
                let each = Loop::over(self);
                let (key, value) = entry(each.item.value());
                Value::of(each.yields(Yields::Grouped(key.into().into_term(), value.into().into_term()), None))
            }

            /// The items by the key that `key` makes of each.
            #[must_use]
            pub fn group_by<K: Into<Value<String>>>(self, key: impl FnOnce(Value<T>) -> K) -> Value<Map<List<T>>> {
                let each = Loop::over(self);
                let key = key(each.item.value()).into().into_term();
                let item = each.item.value::<T>().into_term();
                Value::of(each.yields(Yields::Grouped(key, item), None))
            }
        }
    )*};
}

sequences!(Value<List>, Value<Set>, Ref<List>, Ref<Set>);

macro_rules! collections {
    ($($face:ident),*) => {$(
        impl<T> $face<List<T>> {
            /// The items for which `condition` holds.
            #[must_use]
            pub fn filter(self, condition: impl FnOnce(Value<T>) -> Value<bool>) -> Value<List<T>> {
                let each = Loop::over(self);
                let condition = condition(each.item.value()).into_term();
                let item = each.item.value::<T>().into_term();
                Value::of(each.yields(Yields::Item(item), Some(condition)))
            }

            /// What `change` makes of each item and its position, the first of which is 0.
            #[must_use]
            pub fn map_indexed<U, V: Into<Value<U>>>(
                self,
                change: impl FnOnce(Value<Number>, Value<T>) -> V,
            ) -> Value<List<U>> {
                let each = Loop::over(self);
                let item = change(each.key.value(), each.item.value()).into().into_term();
                Value::of(each.yields(Yields::Item(item), None))
            }
        }

        impl<T> $face<List<T>> {
            /// A map with the key and the value that `entry` makes of each item and its position; no key may come twice.
            #[must_use]
            pub fn to_map_indexed<U, K: Into<Value<String>>, V: Into<Value<U>>>(
                self,
                entry: impl FnOnce(Value<Number>, Value<T>) -> (K, V),
            ) -> Value<Map<U>> {
                let each = Loop::over(self);
                let (key, value) = entry(each.key.value(), each.item.value());
                Value::of(each.yields(Yields::Entry(key.into().into_term(), value.into().into_term()), None))
            }
        }

        impl<T> $face<Set<T>> {
            /// The items for which `condition` holds.
            #[must_use]
            pub fn filter(self, condition: impl FnOnce(Value<T>) -> Value<bool>) -> Value<Set<T>> {
                let each = Loop::over(self);
                let condition = condition(each.item.value()).into_term();
                let item = each.item.value::<T>().into_term();
                toset(Value::<List<T>>::of(each.yields(Yields::Item(item), Some(condition))))
            }
        }

        impl<T> $face<Map<T>> {
            /// What `change` makes of each key and value.
            #[must_use]
            pub fn map_each<U, V: Into<Value<U>>>(
                self,
                change: impl FnOnce(Value<String>, Value<T>) -> V,
            ) -> Value<List<U>> {
                let each = Loop::over(self);
                let item = change(each.key.value(), each.item.value()).into().into_term();
                Value::of(each.yields(Yields::Item(item), None))
            }

            /// The same keys, with what `change` makes of each key and value.
            #[must_use]
            pub fn map_values<U, V: Into<Value<U>>>(
                self,
                change: impl FnOnce(Value<String>, Value<T>) -> V,
            ) -> Value<Map<U>> {
                let each = Loop::over(self);
                let key = each.key.value::<String>().into_term();
                let value = change(each.key.value(), each.item.value()).into().into_term();
                Value::of(each.yields(Yields::Entry(key, value), None))
            }

            /// A map with the key and the value that `entry` makes of each key and value; no key may come twice.
            #[must_use]
            pub fn to_map<U, K: Into<Value<String>>, V: Into<Value<U>>>(
                self,
                entry: impl FnOnce(Value<String>, Value<T>) -> (K, V),
            ) -> Value<Map<U>> {
                let each = Loop::over(self);
                let (key, value) = entry(each.key.value(), each.item.value());
                Value::of(each.yields(Yields::Entry(key.into().into_term(), value.into().into_term()), None))
            }

            /// What `entry` makes of each key and value: values by a key, which may come several times.
            #[must_use]
            pub fn group_to_map<U, K: Into<Value<String>>, V: Into<Value<U>>>(
                self,
                entry: impl FnOnce(Value<String>, Value<T>) -> (K, V),
            ) -> Value<Map<List<U>>> {
                let each = Loop::over(self);
                let (key, value) = entry(each.key.value(), each.item.value());
                Value::of(each.yields(Yields::Grouped(key.into().into_term(), value.into().into_term()), None))
            }

            /// The entries for which `condition` holds.
            #[must_use]
            pub fn filter(self, condition: impl FnOnce(Value<String>, Value<T>) -> Value<bool>) -> Value<Map<T>> {
                let each = Loop::over(self);
                let condition = condition(each.key.value(), each.item.value()).into_term();
                let (key, value) = (each.key.value::<String>(), each.item.value::<T>());
                Value::of(each.yields(Yields::Entry(key.into_term(), value.into_term()), Some(condition)))
            }
        }
    )*};
}

collections!(Value, Ref);
