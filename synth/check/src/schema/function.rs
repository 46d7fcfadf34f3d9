//! What a function takes and gives.

use super::flag;
use super::shape::{Attribute, Shape, TypeOf};

/// A function of the language or of a provider.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Function<'s> {
    /// What it gives, then its parameters.
    shape: Shape<'s>,
}

/// What a function takes at one place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter<'s> {
    attribute: Attribute<'s>,
}

impl<'s> Function<'s> {
    pub(super) fn new(shape: Shape<'s>) -> Function<'s> {
        Function { shape }
    }

    /// The fewest and the most arguments.
    pub(crate) fn arity(self) -> (usize, Option<usize>) {
        let parameters = self.shape.attributes().len().saturating_sub(1);
        match self.last() {
            Some(last) if last.repeats() => (parameters - 1, None),
            _ => (parameters, Some(parameters)),
        }
    }

    /// What it takes at a place, from 0.
    pub(crate) fn parameter(self, place: usize) -> Option<Parameter<'s>> {
        let attribute = self.shape.attributes().nth(place + 1);
        attribute.map(|attribute| Parameter { attribute }).or(self.last().filter(|last| last.repeats()))
    }

    /// The type of what it gives.
    pub(crate) fn gives(self) -> TypeOf<'s> {
        self.shape.attribute_at(0).of
    }

    fn last(self) -> Option<Parameter<'s>> {
        self.shape.attributes().skip(1).last().map(|attribute| Parameter { attribute })
    }
}

impl<'s> Parameter<'s> {
    pub(crate) fn name(self) -> &'s str {
        self.attribute.name
    }

    pub(crate) fn of(self) -> TypeOf<'s> {
        self.attribute.of
    }

    /// Whether null may be given.
    pub(crate) fn takes_null(self) -> bool {
        self.attribute.has(flag::OPTIONAL)
    }

    fn repeats(self) -> bool {
        self.attribute.has(flag::VARIADIC)
    }
}
