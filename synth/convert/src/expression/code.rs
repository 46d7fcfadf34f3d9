//! Converted expressions, and how they are handed to what takes them.

use crate::rust::Rust;
use crate::types::Type;

/// An expression of Rust with the type of its value.
#[derive(Clone, Debug)]
pub(crate) struct Code<'a> {
    pub(crate) rust: Rust,
    pub(crate) of: Type<'a>,
    pub(crate) form: Form,
    pub(crate) mark: Mark,
}

/// What the expression is in Rust; `T` is its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A literal, or an array of values: it becomes a `Value<T>`.
    Literal,
    /// An array of keys and values.
    Entries,
    /// `null`
    Null,
    /// An empty list or map, whose items have whatever type is wanted.
    Empty,
    /// `Value<T>`
    Value,
    /// `Ref<T>`
    Ref,
    /// The name of a `Value<T>`.
    NamedValue,
    /// The name of a `Ref<T>`.
    NamedRef,
    /// A struct of the bindings around a reference.
    Object,
    /// `Sensitive<T>` or `Ephemeral<T>`
    Hidden,
    /// The name of one.
    NamedHidden,
}

/// What is in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Plain,
    Sensitive,
    Ephemeral,
}

impl Mark {
    /// The face of such values.
    pub(crate) fn face(self) -> &'static str {
        match self {
            Mark::Plain => "Value",
            Mark::Sensitive => "Sensitive",
            Mark::Ephemeral => "Ephemeral",
        }
    }
}

impl<'a> Code<'a> {
    pub(crate) fn literal(rust: Rust, of: Type<'a>) -> Self {
        Code { rust, of, form: Form::Literal, mark: Mark::Plain }
    }

    pub(crate) fn text(text: &str) -> Self {
        Code::literal(Rust::text(text), Type::Text)
    }

    pub(crate) fn null() -> Self {
        Code { form: Form::Null, ..Code::literal(Rust::word("Term::Null"), Type::Any) }
    }

    pub(crate) fn value(rust: Rust, of: Type<'a>, mark: Mark) -> Self {
        Code { rust, of, form: Form::Value, mark }
    }

    pub(crate) fn reference(rust: Rust, of: Type<'a>, mark: Mark) -> Self {
        Code { rust, of, form: Form::Ref, mark }
    }

    /// The same, said to be of another type.
    pub(crate) fn claimed(self, of: Type<'a>) -> Self {
        if self.of.is(&of) || self.form == Form::Empty {
            return Code { of, ..self };
        }
        let (mark, rust) = (self.mark, Rust::call(format!("Value::<{}>::of", of.rust()), [self.into_term()]));
        Code::value(rust, of, mark)
    }

    pub(crate) fn is_undetermined(&self) -> bool {
        matches!(self.form, Form::Null | Form::Empty)
    }

    /// Whether the compiler knows its type without being told.
    pub(crate) fn is_typed(&self) -> bool {
        !matches!(self.form, Form::Literal | Form::Entries | Form::Null | Form::Empty)
    }

    /// Owned: a name is cloned.
    pub(crate) fn owned(self) -> Rust {
        match self.form {
            Form::NamedValue | Form::NamedRef | Form::NamedHidden => self.rust.method("clone", []),
            _ => self.rust,
        }
    }

    /// An owned value or reference, to call a method on or to go through.
    pub(crate) fn ready(self) -> Rust {
        match self.form {
            Form::Ref | Form::NamedRef | Form::NamedValue | Form::Value => self.owned(),
            _ => self.into_value(),
        }
    }

    /// Something that becomes a `Term`.
    pub(crate) fn into_term(self) -> Rust {
        match self.form {
            Form::Literal | Form::Entries | Form::Empty | Form::Object => self.into_value(),
            _ => self.owned(),
        }
    }

    /// A `Value` of its type.
    pub(crate) fn into_value(self) -> Rust {
        let of = self.of.rust();
        match self.form {
            Form::Value => self.rust,
            Form::NamedValue => self.rust.method("clone", []),
            Form::NamedRef => Rust::call("Value::from", [Rust::Borrow(Box::new(self.rust))]),
            Form::Null => Rust::call(format!("null::<{of}>"), []),
            Form::Empty => empty(&self.of),
            Form::Hidden | Form::NamedHidden => Rust::call(format!("Value::<{of}>::of"), [self.owned()]),
            Form::Ref | Form::Object => Rust::call("Value::from", [self.rust]),
            Form::Literal if matches!(self.of, Type::Text | Type::Number | Type::Bool) => {
                Rust::call("Value::from", [self.rust])
            }
            Form::Literal | Form::Entries => Rust::call(format!("Value::<{of}>::from"), [self.rust]),
        }
    }

    /// What `impl Into<Value<wanted>>` accepts.
    pub(crate) fn accepted(self, wanted: &Type<'a>) -> Rust {
        if self.form == Form::Null {
            return Rust::call(format!("null::<{}>", wanted.rust()), []);
        }
        if self.form == Form::Empty {
            return empty(wanted);
        }
        if let Some(literal) = self.converted(wanted) {
            return literal;
        }
        if !self.of.is(wanted) {
            return Rust::call(format!("Value::<{}>::of", wanted.rust()), [self.into_term()]);
        }
        match self.form {
            Form::NamedValue | Form::NamedRef => Rust::Borrow(Box::new(self.rust)),
            Form::Hidden | Form::NamedHidden => self.into_value(),
            _ => self.rust,
        }
    }

    /// What `impl AnyValue` accepts.
    pub(crate) fn any(self) -> Rust {
        match self.form {
            Form::Null | Form::Literal | Form::Value | Form::Ref => self.rust,
            Form::NamedValue | Form::NamedRef => Rust::Borrow(Box::new(self.rust)),
            _ => self.into_value(),
        }
    }

    /// A literal as Terraform converts it: `80` where text is wanted is `"80"` ("Type Conversion").
    fn converted(&self, wanted: &Type<'a>) -> Option<Rust> {
        let (Form::Literal, Rust::Word(word)) = (self.form, &self.rust) else { return None };
        match (&self.of, wanted) {
            (Type::Number, Type::Text) => Some(Rust::text(word.trim_end_matches("_i64"))),
            (Type::Bool, Type::Text) => Some(Rust::text(word)),
            (Type::Text, Type::Number) => {
                let digits = word.trim_matches('"');
                digits
                    .parse::<i32>()
                    .ok()
                    .filter(|number| number.to_string() == digits)
                    .map(|_| Rust::word(digits))
            }
            (Type::Text, Type::Bool) => match word.as_str() {
                "\"true\"" => Some(Rust::word("true")),
                "\"false\"" => Some(Rust::word("false")),
                _ => None,
            },
            _ => None,
        }
    }
}

fn empty(of: &Type<'_>) -> Rust {
    let term = match of {
        Type::Map(_) | Type::Structure(_) => "Term::Object(Vec::new())",
        _ => "Term::List(Vec::new())",
    };
    Rust::call(format!("Value::<{}>::of", of.rust()), [Rust::word(term)])
}
