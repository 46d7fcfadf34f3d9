//! Objects with typed attributes: what references into lists, sets, maps and nested blocks lead to.

use crate::expression::Expression;
use crate::number::Number;
use crate::value::{Any, List, Map, Ref, Set, Value};

/// A type of Terraform's language, and what a reference to a value of it is: [`Ref`] for most types, a struct of
/// its own for an object whose attributes are known.
pub trait Typed: Sized {
    /// The reference.
    type Reference;

    /// Claims that an expression has this type.
    fn refer(expression: Expression) -> Self::Reference;
}

macro_rules! plain {
    ($($type:ty),*) => {$(
        impl Typed for $type {
            type Reference = Ref<$type>;

            fn refer(expression: Expression) -> Ref<$type> {
                Ref::of(expression)
            }
        }
    )*};
}

plain!(String, Number, bool, Any);

macro_rules! collections {
    ($($collection:ident),*) => {$(
        impl<T> Typed for $collection<T> {
            type Reference = Ref<$collection<T>>;

            fn refer(expression: Expression) -> Ref<$collection<T>> {
                Ref::of(expression)
            }
        }
    )*};
}

collections!(List, Set, Map);

impl<T: Typed> Ref<List<T>> {
    /// One item of the list, the first by 0.
    #[must_use]
    pub fn at(self, index: impl Into<Value<Number>>) -> T::Reference {
        T::refer(self.into_expression().index(index.into()))
    }
}

impl<T: Typed> Ref<Set<T>> {
    /// The only element of the set, by Terraform's function `one`; a set has no order to count in.
    #[must_use]
    pub fn one(self) -> T::Reference {
        T::refer(Expression::call("one", vec![self.into_term()]))
    }
}

impl<T: Typed> Ref<Map<T>> {
    /// The value of one key.
    #[must_use]
    pub fn key(self, key: impl Into<Value<String>>) -> T::Reference {
        T::refer(self.into_expression().index(key.into()))
    }
}

/// A reference to an object; its attributes are functions of the generated struct around it.
#[derive(Clone, Debug)]
pub struct Object(Expression);

impl Object {
    /// Claims that an expression is an object.
    pub fn of(expression: Expression) -> Self {
        Object(expression)
    }

    /// An attribute of the object.
    pub fn attribute(&self, name: &'static str) -> Expression {
        Expression::Attribute(Box::new(self.0.clone()), name.into())
    }
}

/// A struct around a reference to an object.
pub trait TypedObject: Typed<Reference = Self> {
    /// The reference without the functions of its attributes.
    fn into_object(self) -> Object;
}

impl<T: TypedObject> From<T> for Value<T> {
    fn from(object: T) -> Self {
        Value::of(object.into_object().0)
    }
}

impl<T: TypedObject> Ref<T> {
    /// The object, with a function for each of its attributes.
    #[must_use]
    pub fn object(self) -> T {
        T::refer(self.into_expression())
    }
}

impl<T: TypedObject> Value<T> {
    /// The object, with a function for each of its attributes.
    #[must_use]
    pub fn object(self) -> T {
        T::refer(Expression::of(self.into_term()))
    }
}
