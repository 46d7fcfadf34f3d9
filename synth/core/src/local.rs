//! Named values of a stack ("Local Values").

use crate::block::Body;
use crate::construct::Construct;
use crate::scope::Place;
use crate::secret::{Ephemeral, Sensitive};
use crate::tree::{Element, ElementKind, Sensitivity};
use crate::value::{Ref, Value};

/// A value with a name, written once and used by reference.
#[derive(Clone, Debug)]
pub struct Local<F> {
    value: F,
}

impl<T> Local<Value<T>> {
    /// A name for a value that may be shown.
    pub fn of(value: impl Into<Value<T>>) -> Self {
        Local { value: value.into() }
    }
}

impl<T> Local<Sensitive<T>> {
    /// A name for a sensitive value.
    pub fn of_sensitive(value: Sensitive<T>) -> Self {
        Local { value }
    }
}

impl<T> Local<Ephemeral<T>> {
    /// A name for an ephemeral value.
    pub fn of_ephemeral(value: Ephemeral<T>) -> Self {
        Local { value }
    }
}

macro_rules! locals {
    ($($face:ident -> $reference:ident, $sensitivity:ident;)*) => {$(
        impl<T> Construct for Local<$face<T>> {
            type Handle = $reference<T>;

            fn build(self, place: Place<'_, '_>) -> $reference<T> {
                let body = Body::new().with("value", self.value);
                let sensitivity = Sensitivity::$sensitivity;
                let element = Element { sensitivity, ..Element::new(ElementKind::Local, "", body) };
                $reference::attribute(place.element(element), "")
            }
        }
    )*};
}

locals! {
    Value -> Ref, Plain;
    Sensitive -> Sensitive, Sensitive;
    Ephemeral -> Ephemeral, Ephemeral;
}
