//! The types that a variable can have.

use crate::number::Number;
use crate::value::{Any, List, Map, Set};

/// A type that a variable can have.
pub trait VariableType {
    /// As Terraform writes it: `list(string)`.
    fn constraint() -> String;
}

impl VariableType for String {
    fn constraint() -> String {
        "string".to_owned()
    }
}

impl VariableType for bool {
    fn constraint() -> String {
        "bool".to_owned()
    }
}

impl VariableType for Number {
    fn constraint() -> String {
        "number".to_owned()
    }
}

impl<T: VariableType> VariableType for List<T> {
    fn constraint() -> String {
        format!("list({})", T::constraint())
    }
}

impl<T: VariableType> VariableType for Set<T> {
    fn constraint() -> String {
        format!("set({})", T::constraint())
    }
}

impl<T: VariableType> VariableType for Map<T> {
    fn constraint() -> String {
        format!("map({})", T::constraint())
    }
}

impl VariableType for Any {
    fn constraint() -> String {
        "any".to_owned()
    }
}
