//! An untyped value of Terraform's language: what typed values are made of.

use smol_str::SmolStr;

use crate::block::Body;
use crate::expression::Expression;
use crate::id::NodeId;

/// Text that is kept in place where it is short, up to 23 bytes, and shared where it is long.
pub type Text = SmolStr;

/// A value as it will be written; typed faces of it are [`crate::Value`] and its kin.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// `null`: an argument left to its default. Only inside objects; unset arguments are not written.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number outside of `i64` or with a fraction, in its decimal digits.
    Decimal(Text),
    /// Text; `${` and `%{` in it are text too, and are escaped when it is written.
    Text(Text),
    /// An expression, written as `${…}`.
    Expression(Expression),
    /// A list, set or tuple.
    List(Vec<Term>),
    /// A map or object.
    Object(Vec<(Text, Term)>),
    /// A nested block.
    Block(Body),
    /// A `dynamic` block.
    Dynamic(Body),
    /// A value where Terraform evaluates no template: it is written without escapes.
    Verbatim(Box<Term>),
    /// A reference where Terraform wants it as plain text, without `${…}`.
    Plain(Box<Expression>),
    /// A value that cannot be written; `resolve` reports the reason, which reads after the argument's name.
    Refused(Box<str>),
    /// The addresses of elements, sorted, as plain text; a construct stands for all that is in it.
    Addresses(Vec<NodeId>),
}

impl Term {
    /// Text.
    pub fn text(text: impl Into<Text>) -> Self {
        Term::Text(text.into())
    }

    /// Every expression in the term, in order.
    pub(crate) fn each_expression<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        match self {
            Term::Null
            | Term::Bool(_)
            | Term::Integer(_)
            | Term::Decimal(_)
            | Term::Text(_)
            | Term::Refused(_)
            | Term::Addresses(_) => {}
            Term::Expression(expression) => expression.each(visit),
            Term::Plain(expression) => expression.each(visit),
            Term::List(terms) => terms.iter().for_each(|term| term.each_expression(visit)),
            Term::Object(fields) => fields.iter().for_each(|(_, term)| term.each_expression(visit)),
            Term::Block(body) | Term::Dynamic(body) => {
                body.terms().for_each(|term| term.each_expression(visit))
            }
            Term::Verbatim(term) => term.each_expression(visit),
        }
    }

    /// Every expression in the term, to be replaced where it stands.
    pub(crate) fn each_expression_mut(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        match self {
            Term::Null
            | Term::Bool(_)
            | Term::Integer(_)
            | Term::Decimal(_)
            | Term::Text(_)
            | Term::Refused(_)
            | Term::Addresses(_) => {}
            Term::Expression(expression) => expression.each_mut(visit),
            Term::Plain(expression) => expression.each_mut(visit),
            Term::List(terms) => terms.iter_mut().for_each(|term| term.each_expression_mut(visit)),
            Term::Object(fields) => fields.iter_mut().for_each(|(_, term)| term.each_expression_mut(visit)),
            Term::Block(body) | Term::Dynamic(body) => {
                body.terms_mut().for_each(|term| term.each_expression_mut(visit))
            }
            Term::Verbatim(term) => term.each_expression_mut(visit),
        }
    }

    /// Whether the value is written out in full, with nothing left for Terraform to compute.
    pub fn is_literal(&self) -> bool {
        let mut literal = true;
        self.each_expression(&mut |_| literal = false);
        literal
    }

    /// Whether the value refers to anything: a condition that does not would check nothing, and Terraform refuses it
    /// ("Custom Conditions").
    pub fn refers(&self) -> bool {
        let mut refers = false;
        self.each_expression(&mut |expression| {
            refers |= matches!(
                expression,
                Expression::Reference { .. } | Expression::Export { .. } | Expression::Symbol(_)
            );
        });
        refers
    }
}

impl From<Expression> for Term {
    fn from(expression: Expression) -> Self {
        Term::Expression(expression)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_takes_four_words_whatever_it_is() {
        // An expression's own discriminant is the term's too, as long as nothing else takes more than three words.
        assert_eq!(size_of::<Term>(), 4 * size_of::<usize>());
    }
}
