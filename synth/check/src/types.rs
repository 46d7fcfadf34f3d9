//! Types of values, as far as they are known before anything runs.

use std::borrow::Cow;
use std::rc::Rc;

use crate::expression::Step;
use crate::schema::{Form, Nesting, Shape, TypeOf};
use crate::suggest;

/// A type; `Any` is one that nobody knows yet.
#[derive(Clone, Debug)]
pub(crate) enum Type<'a> {
    Any,
    Null,
    Text,
    Number,
    Bool,
    List(Rc<Type<'a>>),
    Set(Rc<Type<'a>>),
    Map(Rc<Type<'a>>),
    Tuple(Rc<Vec<Type<'a>>>),
    /// Attributes by name; optional ones may be left out when it is converted to.
    Object(Rc<Vec<Field<'a>>>),
    /// A type of a schema.
    Schema(TypeOf<'a>),
    /// The object that a block or a resource becomes.
    Body(Shape<'a>),
}

/// An attribute of an object type.
#[derive(Clone, Debug)]
pub(crate) struct Field<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) of: Type<'a>,
    pub(crate) optional: bool,
}

/// Why a step into a value is none.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoStep {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl<'a> Type<'a> {
    /// One level deeper decoded, if it is a schema's.
    pub(crate) fn open(self) -> Type<'a> {
        let Type::Schema(of) = self else { return self };
        match of.form() {
            Form::Any => Type::Any,
            Form::Text => Type::Text,
            Form::Number => Type::Number,
            Form::Bool => Type::Bool,
            Form::List(of) => Type::List(Rc::new(Type::Schema(of))),
            Form::Set(of) => Type::Set(Rc::new(Type::Schema(of))),
            Form::Map(of) => Type::Map(Rc::new(Type::Schema(of))),
            Form::Object(shape) => Type::Body(shape),
            Form::Nested(nesting, shape) => Type::of_nested(nesting, shape),
        }
    }

    pub(crate) fn of_nested(nesting: Nesting, shape: Shape<'a>) -> Type<'a> {
        let body = Type::Body(shape);
        match nesting {
            Nesting::Single => body,
            Nesting::List => Type::List(Rc::new(body)),
            Nesting::Set => Type::Set(Rc::new(body)),
            Nesting::Map => Type::Map(Rc::new(body)),
        }
    }

    /// What the type is called in a message.
    pub(crate) fn name(&self) -> &'static str {
        match self.clone().open() {
            Type::Any | Type::Schema(_) => "a value",
            Type::Null => "null",
            Type::Text => "a string",
            Type::Number => "a number",
            Type::Bool => "a bool",
            Type::List(_) => "a list",
            Type::Set(_) => "a set",
            Type::Map(_) => "a map",
            Type::Tuple(_) => "a tuple",
            Type::Object(_) | Type::Body(_) => "an object",
        }
    }

    /// Whether it has no parts.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self.clone().open(), Type::Text | Type::Number | Type::Bool)
    }

    /// The type of what a collection holds.
    pub(crate) fn element(&self) -> Type<'a> {
        match self.clone().open() {
            Type::List(of) | Type::Set(of) | Type::Map(of) => of.as_ref().clone(),
            _ => Type::Any,
        }
    }

    /// The type one step deeper.
    pub(crate) fn step(&self, step: &Step<'_>) -> Result<Type<'a>, NoStep> {
        let opened = self.clone().open();
        let name = match step {
            Step::Attribute(_, name) => *name,
            Step::Key(_, name) => name.as_ref(),
            Step::Number(..) => "",
        };
        let no = |message: String, help: Option<String>| Err(NoStep { message, help });
        match (&opened, step) {
            (Type::Any | Type::Schema(_), _) => Ok(Type::Any),
            (Type::Map(of), Step::Attribute(..) | Step::Key(..)) => Ok(of.as_ref().clone()),
            (Type::List(of), Step::Number(..)) => Ok(of.as_ref().clone()),
            (Type::Tuple(of), Step::Number(_, digits)) => {
                match of.get(digits.parse().unwrap_or(usize::MAX)) {
                    Some(of) => Ok(of.clone()),
                    None => no(format!("there is no element {digits}: there are {}", of.len()), None),
                }
            }
            // A text that counts is a number too.
            (Type::List(_) | Type::Tuple(_), Step::Key(_, key)) if key.parse::<u64>().is_ok() => {
                Ok(Type::Any)
            }
            (Type::Object(fields), Step::Attribute(..) | Step::Key(..)) => {
                match fields.iter().find(|field| field.name == name) {
                    Some(field) => Ok(field.of.clone()),
                    None => {
                        let names = fields.iter().map(|field| field.name.as_ref());
                        no(format!("the object has no attribute `{name}`"), suggest::help(name, names))
                    }
                }
            }
            (Type::Body(shape), Step::Attribute(..) | Step::Key(..)) => body_step(*shape, name),
            (Type::Body(_) | Type::Object(_), Step::Number(..)) => {
                no("an object has attributes, no numbered elements".to_owned(), None)
            }
            (Type::Set(_), _) => no(
                "a set has no order to count or name its elements by".to_owned(),
                Some("write `one(…)` for its only element, `tolist(…)` or a `for` expression".to_owned()),
            ),
            (Type::List(_) | Type::Tuple(_), _) => no(
                format!("{} has no attribute `{name}`", opened.name()),
                Some(format!("write `[0].{name}` for one element's, or `[*].{name}` for those of all")),
            ),
            (Type::Map(_), Step::Number(..)) => Ok(opened.element()),
            _ => no(format!("{} has no parts", opened.name()), None),
        }
    }
}

fn body_step<'a>(shape: Shape<'a>, name: &str) -> Result<Type<'a>, NoStep> {
    if let Some((_, attribute)) = shape.attribute(name) {
        return Ok(Type::Schema(attribute.of));
    }
    if let Some((_, block)) = shape.block(name) {
        return Ok(Type::of_nested(block.nesting, block.shape));
    }
    let names = shape.attributes().map(|attribute| attribute.name);
    let help = suggest::help(name, names.chain(shape.blocks().map(|block| block.name)));
    Err(NoStep { message: format!("there is no attribute `{name}`"), help })
}
