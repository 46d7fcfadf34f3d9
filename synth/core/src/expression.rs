//! Expressions of Terraform's language, kept as a tree until they are written.

use crate::construct::Anchor;
use crate::term::Term;
use crate::tree::{NodeId, Sensitivity};

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
        of: Anchor,
        /// The offered value's name.
        attribute: Box<str>,
    },
    /// An attribute of an object: `….name`.
    Attribute(Box<Expression>, Box<str>),
    /// An element of a list or map: `…[0]`, `…["key"]`.
    Index(Box<Expression>, Term),
    /// A call of a built-in function.
    Call(&'static str, Vec<Term>),
    /// A binary operation.
    Operation(Box<(Term, Operator, Term)>),
    /// `condition ? then : otherwise`.
    Conditional(Box<(Term, Term, Term)>),
    /// Pieces of text and expressions, joined to one text.
    Template(Vec<Term>),
    /// A name that Terraform itself defines, or that a loop around defines: `each.key`, `count.index`, `rule.value`.
    Symbol(Box<str>),
    /// `[for …]` or `{for …}` ("for Expressions").
    For(Box<Comprehension>),
}

/// One list or map made of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Comprehension {
    /// What is gone through.
    pub over: Term,
    /// What the key or index is called, if it is used.
    pub key: Option<Box<str>>,
    /// What the value is called.
    pub value: Box<str>,
    /// The key of an entry of the result, which is a map then; without it the result is a list.
    pub result_key: Option<Term>,
    /// An entry's value.
    pub result: Term,
    /// Entries are only made where this holds.
    pub condition: Option<Term>,
}

impl Comprehension {
    fn terms(&self) -> impl Iterator<Item = &Term> {
        [&self.over, &self.result].into_iter().chain(&self.result_key).chain(&self.condition)
    }

    fn terms_mut(&mut self) -> impl Iterator<Item = &mut Term> {
        [&mut self.over, &mut self.result].into_iter().chain(&mut self.result_key).chain(&mut self.condition)
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

    /// `left operator right`.
    pub fn operation(left: impl Into<Term>, operator: Operator, right: impl Into<Term>) -> Self {
        Expression::Operation(Box::new((left.into(), operator, right.into())))
    }

    /// This expression and every one inside of it.
    pub(crate) fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        visit(self);
        match self {
            Expression::Reference { .. } | Expression::Export { .. } | Expression::Symbol(_) => {}
            Expression::Attribute(of, _) => of.each(visit),
            Expression::Index(of, index) => {
                of.each(visit);
                index.each_expression(visit);
            }
            Expression::Call(_, terms) | Expression::Template(terms) => {
                terms.iter().for_each(|term| term.each_expression(visit));
            }
            Expression::Operation(parts) => {
                parts.0.each_expression(visit);
                parts.2.each_expression(visit);
            }
            Expression::For(comprehension) => {
                comprehension.terms().for_each(|term| term.each_expression(visit));
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
            Expression::Reference { .. } | Expression::Export { .. } | Expression::Symbol(_) => {}
            Expression::Attribute(of, _) => of.each_mut(visit),
            Expression::Index(of, index) => {
                of.each_mut(visit);
                index.each_expression_mut(visit);
            }
            Expression::Call(_, terms) | Expression::Template(terms) => {
                terms.iter_mut().for_each(|term| term.each_expression_mut(visit));
            }
            Expression::Operation(parts) => {
                parts.0.each_expression_mut(visit);
                parts.2.each_expression_mut(visit);
            }
            Expression::For(comprehension) => {
                comprehension.terms_mut().for_each(|term| term.each_expression_mut(visit));
            }
            Expression::Conditional(parts) => {
                parts.0.each_expression_mut(visit);
                parts.1.each_expression_mut(visit);
                parts.2.each_expression_mut(visit);
            }
        }
    }
}
