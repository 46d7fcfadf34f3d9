//! Types of outputs, which no module declares: what can be told from the value alone.

use std::collections::BTreeMap;

use hcl_edit::expr::{BinaryOperator, Expression, Traversal, TraversalOperator, UnaryOperator};
use hcl_edit::template::Element;

use super::{Typing, Variable};
use crate::schema::Type;

/// The type of a value: of literals, templates, operations and variables.
pub(super) fn kind(value: &Expression, variables: &BTreeMap<String, Variable>) -> Typing {
    match of(value, variables) {
        Some(Type::Any) | None => Typing::Unknown,
        Some(kind) => Typing::Known(kind),
    }
}

fn of(value: &Expression, variables: &BTreeMap<String, Variable>) -> Option<Type> {
    match value {
        Expression::Bool(_) => Some(Type::Bool),
        Expression::Number(_) => Some(Type::Number),
        Expression::String(_) | Expression::HeredocTemplate(_) => Some(Type::Text),
        Expression::StringTemplate(template) => {
            let mut elements = template.iter();
            match (elements.next(), elements.next()) {
                // A template of one interpolation has that expression's type ("Strings and Templates").
                (Some(Element::Interpolation(one)), None) => of(&one.expr, variables),
                _ => Some(Type::Text),
            }
        }
        Expression::Parenthesis(inner) => of(inner.inner(), variables),
        Expression::Conditional(conditional) => {
            let (then, otherwise) =
                (of(&conditional.true_expr, variables)?, of(&conditional.false_expr, variables)?);
            (then == otherwise).then_some(then)
        }
        Expression::UnaryOp(operation) => Some(match operation.operator.value() {
            UnaryOperator::Neg => Type::Number,
            UnaryOperator::Not => Type::Bool,
        }),
        Expression::BinaryOp(operation) => Some(match operation.operator.value() {
            BinaryOperator::Plus
            | BinaryOperator::Minus
            | BinaryOperator::Mul
            | BinaryOperator::Div
            | BinaryOperator::Mod => Type::Number,
            _ => Type::Bool,
        }),
        Expression::Traversal(traversal) => variable(traversal, variables),
        _ => None,
    }
}

/// `var.name`
fn variable(traversal: &Traversal, variables: &BTreeMap<String, Variable>) -> Option<Type> {
    let root = traversal.expr.as_variable()?;
    match traversal.operators.as_slice() {
        [one] if root.as_str() == "var" => match one.value() {
            TraversalOperator::GetAttr(name) => Some(variables.get(name.as_str())?.kind.clone()),
            _ => None,
        },
        _ => None,
    }
}
