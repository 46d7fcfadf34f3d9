//! Types of functions' parameters, which may have type parameters in them.

use std::collections::BTreeMap;

use crate::types::Type;

/// A type as a signature writes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pattern {
    Text,
    Number,
    Bool,
    Any,
    List(Box<Pattern>),
    Set(Box<Pattern>),
    Map(Box<Pattern>),
    /// `T`
    Parameter(String),
    /// `T::Leaf`
    Leaf(String),
}

/// What type parameters stand for.
pub(super) type Bound<'a> = BTreeMap<String, Type<'a>>;

impl Pattern {
    /// Reads `Map<List<T>>`.
    pub(super) fn read(text: &str) -> Pattern {
        let inside = |name: &str| {
            let inner = text.strip_prefix(name)?.strip_prefix('<')?.strip_suffix('>')?;
            Some(Box::new(Pattern::read(inner)))
        };
        match text {
            "String" => Pattern::Text,
            "Number" => Pattern::Number,
            "bool" => Pattern::Bool,
            "Any" => Pattern::Any,
            _ => inside("List")
                .map(Pattern::List)
                .or_else(|| inside("Set").map(Pattern::Set))
                .or_else(|| inside("Map").map(Pattern::Map))
                .or_else(|| text.strip_suffix("::Leaf").map(|name| Pattern::Leaf(name.to_owned())))
                .unwrap_or_else(|| Pattern::Parameter(text.to_owned())),
        }
    }

    pub(super) fn is_open(&self) -> bool {
        match self {
            Pattern::Parameter(_) | Pattern::Leaf(_) => true,
            Pattern::List(of) | Pattern::Set(of) | Pattern::Map(of) => of.is_open(),
            _ => false,
        }
    }

    /// The type, with `Any` for what is not known.
    pub(super) fn filled<'a>(&self, bound: &Bound<'a>) -> Type<'a> {
        match self {
            Pattern::Text => Type::Text,
            Pattern::Number => Type::Number,
            Pattern::Bool => Type::Bool,
            Pattern::Any => Type::Any,
            Pattern::List(of) => Type::list(of.filled(bound)),
            Pattern::Set(of) => Type::set(of.filled(bound)),
            Pattern::Map(of) => Type::map(of.filled(bound)),
            Pattern::Parameter(name) => bound.get(name).cloned().unwrap_or(Type::Any),
            Pattern::Leaf(name) => bound.get(name).map_or(Type::Any, leaf),
        }
    }

    /// Binds the parameters that a type tells; those that are bound already stay.
    pub(super) fn bind<'a>(&self, of: &Type<'a>, bound: &mut Bound<'a>) {
        match (self, of) {
            (Pattern::Parameter(name), of) if !matches!(of, Type::Any) => {
                bound.entry(name.clone()).or_insert_with(|| of.clone());
            }
            (Pattern::List(inner) | Pattern::Set(inner), Type::List(of) | Type::Set(of))
            | (Pattern::Map(inner), Type::Map(of)) => inner.bind(of, bound),
            (Pattern::Map(inner), Type::Structure(_)) => inner.bind(&of.item(), bound),
            _ => {}
        }
    }
}

/// What `flatten` leaves of a type.
fn leaf<'a>(of: &Type<'a>) -> Type<'a> {
    match of {
        Type::List(of) | Type::Set(of) => leaf(of),
        of => of.clone(),
    }
}
