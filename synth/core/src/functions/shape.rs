//! Types that functions tell apart, or that follow from what they are given.

use crate::number::Number;
use crate::value::{Any, List, Map, Set};

/// A type whose values [`length`](super::length) counts.
#[diagnostic::on_unimplemented(message = "`{Self}` has no length: only text, lists, sets and maps have one")]
pub trait Counted {}

impl Counted for String {}
impl Counted for Any {}
impl<T> Counted for List<T> {}
impl<T> Counted for Set<T> {}
impl<T> Counted for Map<T> {}

/// What [`regex`](super::regex) gives: the match itself, `String`, where the pattern has no groups; what its groups
/// matched, `List<String>`, or `Map<String>` where they have names.
#[diagnostic::on_unimplemented(
    message = "a regular expression gives no `{Self}`, but `String`, `List<String>` or `Map<String>`"
)]
pub trait Captured {}

impl Captured for String {}
impl Captured for List<String> {}
impl Captured for Map<String> {}

/// A type with the type that [`flatten`](super::flatten) leaves of it: lists and sets are opened, however deep
/// they are nested.
pub trait Flat {
    /// What is left.
    type Leaf;
}

macro_rules! leaves {
    ($($leaf:ty),*) => {$(
        impl Flat for $leaf {
            type Leaf = $leaf;
        }
    )*};
}

leaves!(String, Number, bool, Any);

impl<T> Flat for Map<T> {
    type Leaf = Map<T>;
}

impl<T: Flat> Flat for List<T> {
    type Leaf = T::Leaf;
}

impl<T: Flat> Flat for Set<T> {
    type Leaf = T::Leaf;
}
