//! Types of values, as far as they can be told.

use std::collections::BTreeMap;
use std::rc::Rc;

use hcl_edit::expr::{Expression, ObjectKey};
use synth_bindings::{Builder, Holds};

/// The type of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type<'a> {
    Text,
    Number,
    Bool,
    /// Nobody knows.
    Any,
    List(Box<Type<'a>>),
    Set(Box<Type<'a>>),
    Map(Box<Type<'a>>),
    /// An object whose reference is a struct of the bindings.
    Object(Builder<'a>),
    /// An object whose attributes are known, `Any` in Rust.
    Structure(Rc<BTreeMap<String, Type<'a>>>),
    /// A whole object of the provider, `Any` in Rust.
    Element(Builder<'a>),
}

/// A builder's path in a program.
pub(crate) fn path(builder: Builder<'_>) -> String {
    match builder.service() {
        "" => format!("aws::{}", builder.path()),
        _ => builder.path(),
    }
}

impl<'a> Type<'a> {
    pub(crate) fn list(of: Type<'a>) -> Type<'a> {
        Type::List(Box::new(of))
    }

    pub(crate) fn set(of: Type<'a>) -> Type<'a> {
        Type::Set(Box::new(of))
    }

    pub(crate) fn map(of: Type<'a>) -> Type<'a> {
        Type::Map(Box::new(of))
    }

    /// The type parameter of `Value` in Rust.
    pub(crate) fn rust(&self) -> String {
        match self {
            Type::Text => "String".to_owned(),
            Type::Number => "Number".to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::Any | Type::Structure(_) | Type::Element(_) => "Any".to_owned(),
            Type::List(of) => format!("List<{}>", of.rust()),
            Type::Set(of) => format!("Set<{}>", of.rust()),
            Type::Map(of) => format!("Map<{}>", of.rust()),
            Type::Object(builder) => format!("{}Ref", path(*builder)),
        }
    }

    /// Whether both are one type in Rust.
    pub(crate) fn is(&self, other: &Type<'a>) -> bool {
        match (self, other) {
            (Type::List(a), Type::List(b)) | (Type::Set(a), Type::Set(b)) | (Type::Map(a), Type::Map(b)) => {
                a.is(b)
            }
            (Type::Object(a), Type::Object(b)) => a == b,
            (Type::Any | Type::Structure(_) | Type::Element(_), other) => {
                matches!(other, Type::Any | Type::Structure(_) | Type::Element(_))
            }
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        }
    }

    /// The type of the bindings' schema.
    pub(crate) fn held(holds: &Holds<'a>) -> Type<'a> {
        match holds {
            Holds::Text => Type::Text,
            Holds::Number => Type::Number,
            Holds::Bool => Type::Bool,
            Holds::Any => Type::Any,
            Holds::List(of) => Type::list(Type::held(of)),
            Holds::Set(of) => Type::set(Type::held(of)),
            Holds::Map(of) => Type::map(Type::held(of)),
            Holds::Object(builder) => Type::Object(*builder),
        }
    }

    /// The type of a constraint of a variable ("Type Constraints"); what it leaves open is `Any`.
    pub(crate) fn constrained(constraint: &Expression) -> Type<'a> {
        match constraint {
            Expression::Parenthesis(inner) => Type::constrained(inner.inner()),
            Expression::Variable(word) => Type::named(word.as_str()),
            // The quoted types of Terraform before 0.12, which it still reads.
            Expression::String(word) => Type::named(word.as_str()),
            Expression::FuncCall(call) => match (call.name.name.as_str(), call.args.iter().next()) {
                ("list", Some(of)) => Type::list(Type::constrained(of)),
                ("set", Some(of)) => Type::set(Type::constrained(of)),
                ("map", Some(of)) => Type::map(Type::constrained(of)),
                ("optional", Some(of)) => Type::constrained(of),
                ("object", Some(Expression::Object(fields))) => {
                    let fields = fields.iter().filter_map(|(key, value)| match key {
                        ObjectKey::Ident(name) => {
                            Some((name.as_str().to_owned(), Type::constrained(value.expr())))
                        }
                        ObjectKey::Expression(_) => None,
                    });
                    Type::Structure(Rc::new(fields.collect()))
                }
                _ => Type::Any,
            },
            _ => Type::Any,
        }
    }

    fn named(word: &str) -> Type<'a> {
        match word {
            "string" => Type::Text,
            "number" => Type::Number,
            "bool" => Type::Bool,
            "list" => Type::list(Type::Any),
            "set" => Type::set(Type::Any),
            "map" => Type::map(Type::Any),
            _ => Type::Any,
        }
    }

    /// Whether Rust says all that the constraint says: then it need not be written.
    pub(crate) fn is_whole(&self) -> bool {
        match self {
            Type::Text | Type::Number | Type::Bool => true,
            Type::List(of) | Type::Set(of) | Type::Map(of) => of.is_whole(),
            _ => false,
        }
    }

    /// The type of the items of a collection; of an object, that of all of its attributes where they share one.
    pub(crate) fn item(&self) -> Type<'a> {
        match self {
            Type::List(of) | Type::Set(of) | Type::Map(of) => (**of).clone(),
            Type::Structure(fields) => Type::shared(fields.values()),
            _ => Type::Any,
        }
    }

    /// The type that all have, or `Any`.
    pub(crate) fn shared<'t>(types: impl IntoIterator<Item = &'t Type<'a>>) -> Type<'a>
    where
        'a: 't,
    {
        let mut types = types.into_iter();
        let Some(first) = types.next() else { return Type::Any };
        let mut shared = first.clone();
        for next in types {
            if *next == shared {
                continue;
            }
            if !next.is(&shared) {
                return Type::Any;
            }
            shared = match (shared, next) {
                (Type::Structure(a), Type::Structure(b)) => {
                    let common = a.iter().map(|(name, of)| {
                        let other = b.get(name);
                        (name.clone(), other.map_or(of.clone(), |other| Type::shared([of, other])))
                    });
                    let more = b.iter().filter(|(name, _)| !a.contains_key(*name));
                    let more = more.map(|(name, of)| (name.clone(), of.clone()));
                    Type::Structure(Rc::new(common.chain(more).collect()))
                }
                (of, _) => of,
            };
        }
        shared
    }
}
