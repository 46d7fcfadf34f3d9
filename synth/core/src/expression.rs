//! Expressions of Terraform's language, kept as a tree until they are written.

use crate::construct::Anchor;
use crate::for_expression::{Bound, ForExpression};
use crate::id::NodeId;
use crate::term::{Term, Text};
use crate::tree::{Provider, Sensitivity};

/// An expression; written as `${…}` in a value, or bare inside of another expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// An element or, where `attribute` is not empty, one of its attributes: `aws_s3_bucket.logs.arn`.
    Reference {
        /// The element.
        node: NodeId,
        /// The attribute; empty for the whole object.
        attribute: &'static str,
        /// Where the value may be shown.
        sensitivity: Sensitivity,
    },
    /// A value that a construct offers, bound to an expression when the app is resolved.
    Export {
        /// The construct, by handle or by name.
        of: Box<Anchor>,
        /// The offered value's name.
        attribute: Box<str>,
    },
    /// An attribute of an object: `….name`.
    Attribute(Box<Expression>, Box<str>),
    /// An element of a list or map: `…[0]`, `…["key"]`.
    Index(Box<Expression>, Box<Term>),
    /// A call of a built-in function.
    Call(Box<Call>),
    /// A call of a provider's function: `provider::aws::arn_parse(…)`.
    ProviderCall(&'static Provider, Box<Call>),
    /// A list that is taken apart into arguments of a call: `list...`.
    Spread(Box<Term>),
    /// The items of a list; of another value, a list of it, or of nothing where it is null: `….[*]`.
    Splat(Box<Term>),
    /// A literal, or anything else that is not an expression, where one is needed: `["a", "b"][0]`.
    Literal(Box<Term>),
    /// A `for` expression.
    For(Box<ForExpression>),
    /// A value that a `for` expression around it names.
    Bound(Bound),
    /// A name that Terraform itself defines, or that a block around does: `each.key`, `path.module`, `rule.value`.
    Symbol(Text),
    /// An operation on one value.
    Signed(Sign, Box<Term>),
    /// A binary operation.
    Operation(Box<(Term, Operator, Term)>),
    /// `condition ? then : otherwise`.
    Conditional(Box<(Term, Term, Term)>),
    /// Pieces of text and expressions, joined to one text.
    Template(Vec<Term>),
}

/// A function with what it is called with.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function's own name.
    pub function: &'static str,
    /// What it is called with.
    pub arguments: Vec<Term>,
}

/// An operator before its only operand ("Arithmetic and Logical Operators").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `!`
    Not,
    /// `-`
    Minus,
}

impl Sign {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Sign::Not => "!",
            Sign::Minus => "-",
        }
    }
}

/// A binary operator of Terraform's language ("Arithmetic and Logical Operators").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as its sign is read")]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

impl Operator {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::Remainder => "%",
            Operator::Equal => "==",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::And => "&&",
            Operator::Or => "||",
        }
    }
}

impl Expression {
    /// A reference to an attribute that may be shown, or to a whole element where `attribute` is empty.
    pub fn reference(node: NodeId, attribute: &'static str) -> Self {
        Expression::Reference { node, attribute, sensitivity: Sensitivity::Plain }
    }

    /// A call of a built-in function.
    pub fn call(function: &'static str, arguments: Vec<Term>) -> Self {
        Expression::Call(Box::new(Call { function, arguments }))
    }

    /// An item of a list, or the value of a key.
    pub fn index(self, index: impl Into<Term>) -> Self {
        Expression::Index(Box::new(self), Box::new(index.into()))
    }

    /// `left operator right`.
    pub fn operation(left: impl Into<Term>, operator: Operator, right: impl Into<Term>) -> Self {
        Expression::Operation(Box::new((left.into(), operator, right.into())))
    }

    /// An expression that evaluates to a term.
    pub fn of(term: impl Into<Term>) -> Self {
        match term.into() {
            Term::Expression(expression) => expression,
            term => Expression::Literal(Box::new(term)),
        }
    }

    /// This expression and every one inside of it.
    pub(crate) fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        visit(self);
        match self {
            Expression::Reference { .. }
            | Expression::Export { .. }
            | Expression::Bound(_)
            | Expression::Symbol(_) => {}
            Expression::Attribute(of, _) => of.each(visit),
            Expression::For(inner) => inner.terms().for_each(|term| term.each_expression(visit)),
            Expression::Spread(of)
            | Expression::Splat(of)
            | Expression::Literal(of)
            | Expression::Signed(_, of) => of.each_expression(visit),
            Expression::Index(of, index) => {
                of.each(visit);
                index.each_expression(visit);
            }
            Expression::Call(call) | Expression::ProviderCall(_, call) => {
                call.arguments.iter().for_each(|term| term.each_expression(visit));
            }
            Expression::Template(terms) => terms.iter().for_each(|term| term.each_expression(visit)),
            Expression::Operation(parts) => {
                parts.0.each_expression(visit);
                parts.2.each_expression(visit);
            }
            Expression::Conditional(parts) => {
                parts.0.each_expression(visit);
                parts.1.each_expression(visit);
                parts.2.each_expression(visit);
            }
        }
    }

    /// This expression and then every one inside of what it became.
    pub(crate) fn each_mut(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        visit(self);
        match self {
            Expression::Reference { .. }
            | Expression::Export { .. }
            | Expression::Bound(_)
            | Expression::Symbol(_) => {}
            Expression::Attribute(of, _) => of.each_mut(visit),
            Expression::For(inner) => inner.terms_mut().for_each(|term| term.each_expression_mut(visit)),
            Expression::Spread(of)
            | Expression::Splat(of)
            | Expression::Literal(of)
            | Expression::Signed(_, of) => of.each_expression_mut(visit),
            Expression::Index(of, index) => {
                of.each_mut(visit);
                index.each_expression_mut(visit);
            }
            Expression::Call(call) | Expression::ProviderCall(_, call) => {
                call.arguments.iter_mut().for_each(|term| term.each_expression_mut(visit));
            }
            Expression::Template(terms) => terms.iter_mut().for_each(|term| term.each_expression_mut(visit)),
            Expression::Operation(parts) => {
                parts.0.each_expression_mut(visit);
                parts.2.each_expression_mut(visit);
            }
            Expression::Conditional(parts) => {
                parts.0.each_expression_mut(visit);
                parts.1.each_expression_mut(visit);
                parts.2.each_expression_mut(visit);
            }
        }
    }
}
