//! Terraform's expressions, as they stand in strings: `"${…}"`, and plain references (HCL native syntax specification,
//! "Expressions" and "Templates").

mod any;
mod identifier;
mod parse;
mod primary;
mod scan;
mod template;
#[cfg(test)]
mod tests;

pub(crate) use any::any;
pub(crate) use identifier::{is_identifier, is_template};
pub(crate) use parse::{reference, template};

use std::borrow::Cow;

/// An expression; positions count bytes of the text that holds it.
#[derive(Debug)]
pub(crate) enum Expression<'e> {
    Null,
    Bool,
    Number(&'e str),
    /// Literal text.
    Text(Cow<'e, str>),
    /// Text with at least one hole or directive.
    Template(Vec<Part<'e>>),
    Traversal(Traversal<'e>),
    Call(Call<'e>),
    List(Vec<Expression<'e>>),
    Object(Vec<(Expression<'e>, Expression<'e>)>),
    For(Box<For<'e>>),
    Conditional(Box<[Expression<'e>; 3]>),
    Not(Box<Expression<'e>>),
    Negate(Box<Expression<'e>>),
    Binary(Operator, Box<[Expression<'e>; 2]>),
    /// Steps from something that is not a name.
    Access(Box<Expression<'e>>, Vec<Step<'e>>),
    Index(Box<[Expression<'e>; 2]>),
    Splat(Box<Expression<'e>>, Vec<Step<'e>>),
}

/// A part of a template.
#[derive(Debug)]
pub(crate) enum Part<'e> {
    Text,
    Hole(usize, Expression<'e>),
    If(Expression<'e>, Vec<Part<'e>>, Vec<Part<'e>>),
    For(Vec<&'e str>, Expression<'e>, Vec<Part<'e>>),
}

/// A name and the steps from it: `aws_iam_role.api.arn`.
#[derive(Debug)]
pub(crate) struct Traversal<'e> {
    pub(crate) at: usize,
    pub(crate) root: &'e str,
    pub(crate) steps: Vec<Step<'e>>,
}

/// One step into a value.
#[derive(Clone, Debug)]
pub(crate) enum Step<'e> {
    Attribute(usize, &'e str),
    Number(usize, &'e str),
    Key(usize, Cow<'e, str>),
}

/// A call of a function.
#[derive(Debug)]
pub(crate) struct Call<'e> {
    pub(crate) at: usize,
    /// `provider::aws::arn_parse` as it is written.
    pub(crate) name: &'e str,
    pub(crate) arguments: Vec<Expression<'e>>,
    /// Whether the last argument is a list of arguments.
    pub(crate) expands: bool,
}

/// `[for k, v in c : v if w]`, `{for k, v in c : k => v}`.
#[derive(Debug)]
pub(crate) struct For<'e> {
    pub(crate) names: Vec<&'e str>,
    pub(crate) collection: Expression<'e>,
    /// The key, if an object is made.
    pub(crate) key: Option<Expression<'e>>,
    pub(crate) value: Expression<'e>,
    pub(crate) condition: Option<Expression<'e>>,
}

/// What an operator gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    /// `+ - * / %`: a number of numbers.
    Arithmetic,
    /// `< <= > >=`: a bool of numbers.
    Order,
    /// `== !=`: a bool of anything.
    Equality,
    /// `&& ||`: a bool of bools.
    Logic,
}

/// Why a text is not an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) at: usize,
    pub(crate) expected: &'static str,
}

impl Step<'_> {
    pub(crate) fn at(&self) -> usize {
        match self {
            Step::Attribute(at, _) | Step::Number(at, _) | Step::Key(at, _) => *at,
        }
    }
}
