//! Looks through an expression for a part.

use super::{Expression, Part};

/// Whether `wanted` holds for the expression or a part of it.
pub(crate) fn any<'e>(expression: &Expression<'e>, wanted: &mut dyn FnMut(&Expression<'e>) -> bool) -> bool {
    if wanted(expression) {
        return true;
    }
    match expression {
        Expression::Null
        | Expression::Bool
        | Expression::Number(_)
        | Expression::Text(_)
        | Expression::Traversal(_) => false,
        Expression::Template(parts) => any_part(parts, wanted),
        Expression::Call(call) => call.arguments.iter().any(|argument| any(argument, wanted)),
        Expression::List(items) => items.iter().any(|item| any(item, wanted)),
        Expression::Object(items) => items.iter().any(|(key, value)| any(key, wanted) || any(value, wanted)),
        Expression::For(each) => [&each.collection, &each.value]
            .into_iter()
            .chain(&each.key)
            .chain(&each.condition)
            .any(|part| any(part, wanted)),
        Expression::Conditional(parts) => parts.iter().any(|part| any(part, wanted)),
        Expression::Binary(_, parts) | Expression::Index(parts) => parts.iter().any(|part| any(part, wanted)),
        Expression::Not(of)
        | Expression::Negate(of)
        | Expression::Access(of, _)
        | Expression::Splat(of, _) => any(of, wanted),
    }
}

fn any_part<'e>(parts: &[Part<'e>], wanted: &mut dyn FnMut(&Expression<'e>) -> bool) -> bool {
    parts.iter().any(|part| match part {
        Part::Text => false,
        Part::Hole(_, expression) => any(expression, wanted),
        Part::If(condition, yes, no) => {
            any(condition, wanted) || any_part(yes, wanted) || any_part(no, wanted)
        }
        Part::For(_, collection, body) => any(collection, wanted) || any_part(body, wanted),
    })
}
