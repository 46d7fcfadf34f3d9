//! What functions accept where one type is not enough to say it.

use crate::expression::Expression;
use crate::term::Term;
use crate::value::{List, Ref, Set, Value};

/// One value that may be shown, of whatever type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value that may be shown",
    note = "a sensitive or ephemeral value goes into a function by its own `map`: `secret.map(|value| functions::…)`"
)]
pub trait AnyValue {
    /// The value without its type.
    fn into_any(self) -> Term;
}

impl<T> AnyValue for Value<T> {
    fn into_any(self) -> Term {
        self.into_term()
    }
}

impl<T> AnyValue for &Value<T> {
    fn into_any(self) -> Term {
        self.term().clone()
    }
}

impl<T> AnyValue for Ref<T> {
    fn into_any(self) -> Term {
        self.into_term()
    }
}

impl<T> AnyValue for &Ref<T> {
    fn into_any(self) -> Term {
        self.term().clone()
    }
}

impl AnyValue for Term {
    fn into_any(self) -> Term {
        self
    }
}

macro_rules! literals {
    ($($literal:ty),*) => {$(
        impl AnyValue for $literal {
            fn into_any(self) -> Term {
                Value::from(self).into_term()
            }
        }
    )*};
}

literals!(&str, String, bool, f64, i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

impl<V: AnyValue, const N: usize> AnyValue for [V; N] {
    fn into_any(self) -> Term {
        Term::List(self.into_iter().map(AnyValue::into_any).collect())
    }
}

impl<V: AnyValue> AnyValue for Vec<V> {
    fn into_any(self) -> Term {
        Term::List(self.into_iter().map(AnyValue::into_any).collect())
    }
}

/// Any number of values of one type: an array, a `Vec` or a tuple of values, `()` for none, or a list that
/// Terraform takes apart (`max(list...)`).
pub trait Values<T> {
    /// The values without their type.
    fn into_terms(self) -> Vec<Term>;
}

impl<T, V: Into<Value<T>>, const N: usize> Values<T> for [V; N] {
    fn into_terms(self) -> Vec<Term> {
        self.into_iter().map(|value| value.into().into_term()).collect()
    }
}

impl<T, V: Into<Value<T>>> Values<T> for Vec<V> {
    fn into_terms(self) -> Vec<Term> {
        self.into_iter().map(|value| value.into().into_term()).collect()
    }
}

impl<T> Values<T> for Value<List<T>> {
    fn into_terms(self) -> Vec<Term> {
        vec![Expression::Spread(Box::new(self.into_term())).into()]
    }
}

impl<T> Values<T> for Ref<List<T>> {
    fn into_terms(self) -> Vec<Term> {
        Value::from(self).into_terms()
    }
}

impl<T> Values<T> for () {
    fn into_terms(self) -> Vec<Term> {
        Vec::new()
    }
}

/// Any number of values, each of whatever type: a tuple, an array or a `Vec`; `()` for none.
pub trait AnyValues {
    /// The values without their types.
    fn into_terms(self) -> Vec<Term>;
}

impl<V: AnyValue, const N: usize> AnyValues for [V; N] {
    fn into_terms(self) -> Vec<Term> {
        self.into_iter().map(AnyValue::into_any).collect()
    }
}

impl<V: AnyValue> AnyValues for Vec<V> {
    fn into_terms(self) -> Vec<Term> {
        self.into_iter().map(AnyValue::into_any).collect()
    }
}

impl AnyValues for () {
    fn into_terms(self) -> Vec<Term> {
        Vec::new()
    }
}

macro_rules! tuples {
    ($($($value:ident)+;)*) => {$(
        impl<T, $($value: Into<Value<T>>),+> Values<T> for ($($value,)+) {
            #[allow(non_snake_case, reason = "each value is named as its type")]
            fn into_terms(self) -> Vec<Term> {
                let ($($value,)+) = self;
                vec![$($value.into().into_term()),+]
            }
        }

        impl<$($value: AnyValue),+> AnyValue for ($($value,)+) {
            fn into_any(self) -> Term {
                Term::List(AnyValues::into_terms(self))
            }
        }

        impl<$($value: AnyValue),+> AnyValues for ($($value,)+) {
            #[allow(non_snake_case, reason = "each value is named as its type")]
            fn into_terms(self) -> Vec<Term> {
                let ($($value,)+) = self;
                vec![$($value.into_any()),+]
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

/// A list or a set of values of one type.
pub trait Sequence<T>: Sized {
    /// The sequence without its type.
    fn into_sequence(self) -> Term;
}

macro_rules! sequences {
    ($($sequence:ty),*) => {$(
        impl<T> Sequence<T> for $sequence {
            fn into_sequence(self) -> Term {
                self.into_any()
            }
        }
    )*};
}

sequences!(
    Value<List<T>>,
    Value<Set<T>>,
    Ref<List<T>>,
    Ref<Set<T>>,
    &Value<List<T>>,
    &Value<Set<T>>,
    &Ref<List<T>>,
    &Ref<Set<T>>
);

impl<T, V: Into<Value<T>>, const N: usize> Sequence<T> for [V; N] {
    fn into_sequence(self) -> Term {
        Term::List(Values::<T>::into_terms(self))
    }
}

impl<T, V: Into<Value<T>>> Sequence<T> for Vec<V> {
    fn into_sequence(self) -> Term {
        Term::List(Values::<T>::into_terms(self))
    }
}
