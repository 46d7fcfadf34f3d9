//! Functions, as `synth_core::functions` has them.

use crate::generic::Accepts;

/// A function of `synth_core::functions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name in Rust.
    pub word: String,
    /// Its type parameters with their bounds: `T`, `T: Flat`; empty for none.
    pub generics: &'static str,
    /// What it takes.
    pub parameters: Vec<Parameter>,
    /// What it gives: `Value<List<T>>`.
    pub returns: String,
}

/// What a parameter of a function accepts; types as Rust spells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// A value of a type.
    Value(String),
    /// Any number of values of a type.
    Values(String),
    /// A list or set of elements of a type.
    Sequence(String),
    /// One value of whatever type.
    Any,
    /// Any number of values, each of whatever type.
    AnyValues,
    /// A sensitive value of a type.
    Sensitive(String),
    /// An ephemeral value of a type.
    Ephemeral(String),
    /// A reference to a value of a type.
    Reference(String),
    /// Any value, sensitive and ephemeral ones too.
    Whatever,
}

impl Parameter {
    pub(super) fn of(accepts: Accepts<'_>) -> Parameter {
        match accepts {
            Accepts::Value(of) => Parameter::Value(of.to_owned()),
            Accepts::Values(of) => Parameter::Values(of.to_owned()),
            Accepts::Sequence(of) => Parameter::Sequence(of.to_owned()),
            Accepts::Sensitive(of) => Parameter::Sensitive(of.to_owned()),
            Accepts::Ephemeral(of) => Parameter::Ephemeral(of.to_owned()),
            Accepts::Reference(of) => Parameter::Reference(of.to_owned()),
            Accepts::Any => Parameter::Any,
            Accepts::AnyValues => Parameter::AnyValues,
            Accepts::Whatever => Parameter::Whatever,
        }
    }
}
