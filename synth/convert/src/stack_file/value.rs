//! Expressions as Terraform JSON has them ("JSON Configuration Syntax", "Expression Mapping").

use hcl_edit::expr::{Expression, ObjectKey, UnaryOperator};
use hcl_edit::template::{Element, StringTemplate, Strip};
use serde_json::{Map, Value};

use crate::source::{closed_text_of, text_of};

/// How Terraform reads texts of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As templates.
    Template,
    /// As they are.
    Literal,
    /// As references, words or types.
    Words,
}

/// A value; none where the place takes constants and it is none.
pub(super) fn value(expression: &Expression, spelling: Spelling) -> Option<Value> {
    Some(match (expression, spelling) {
        (Expression::Null(_), _) => Value::Null,
        (Expression::Bool(value), _) => Value::Bool(*value.value()),
        (Expression::Number(_), _) => match number(&text_of(expression)) {
            Some(number) => number,
            None => kept(expression, spelling)?,
        },
        (Expression::UnaryOp(operation), _)
            if *operation.operator.value() == UnaryOperator::Neg
                && matches!(operation.expr, Expression::Number(_)) =>
        {
            match number(&format!("-{}", text_of(&operation.expr))) {
                Some(number) => number,
                None => kept(expression, spelling)?,
            }
        }
        (Expression::Parenthesis(inner), Spelling::Literal | Spelling::Template)
            if inner.inner().is_number() =>
        {
            value(inner.inner(), spelling)?
        }
        (Expression::String(text), Spelling::Template) if is_template(text.as_str()) => {
            escaped(text.as_str())
                .map_or_else(|| kept(expression, spelling), |text| Some(Value::String(text)))?
        }
        (Expression::String(text), _) => Value::String(text.as_str().to_owned()),
        (Expression::StringTemplate(template), Spelling::Template) if is_same_in_json(template) => {
            let quoted = text_of(expression);
            let inside = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            Value::String(inside.map_or_else(|| interpolated(expression), str::to_owned))
        }
        (Expression::StringTemplate(template), Spelling::Template) => {
            unquoted(template).map_or_else(|| kept(expression, spelling), |text| Some(Value::String(text)))?
        }
        (Expression::HeredocTemplate(heredoc), Spelling::Literal) => {
            let lines = heredoc.template.iter().map(|element| match element {
                Element::Literal(text) => Some(text.as_str()),
                Element::Interpolation(_) | Element::Directive(_) => None,
            });
            Value::String(lines.collect::<Option<_>>()?)
        }
        (Expression::Array(items), _) => {
            Value::Array(items.iter().map(|item| value(item, spelling)).collect::<Option<_>>()?)
        }
        (Expression::Object(fields), _) => {
            let mut object = Map::new();
            for (key, field) in fields.iter() {
                let key = match key {
                    ObjectKey::Ident(name) => name.as_str().to_owned(),
                    ObjectKey::Expression(Expression::String(name)) if !is_template(name.as_str()) => {
                        name.as_str().to_owned()
                    }
                    ObjectKey::Expression(Expression::Variable(name)) => name.as_str().to_owned(),
                    ObjectKey::Expression(key) if spelling == Spelling::Words => text_of(key),
                    ObjectKey::Expression(_) => return kept(expression, spelling),
                };
                let inner = if key == "configuration_aliases" { Spelling::Words } else { spelling };
                if object.insert(key, value(field.expr(), inner)?).is_some() {
                    return kept(expression, spelling);
                }
            }
            Value::Object(object)
        }
        _ => kept(expression, spelling)?,
    })
}

/// An expression as its text.
fn kept(expression: &Expression, spelling: Spelling) -> Option<Value> {
    match spelling {
        Spelling::Template => Some(Value::String(interpolated(expression))),
        Spelling::Words => Some(Value::String(text_of(expression))),
        Spelling::Literal => None,
    }
}

fn interpolated(expression: &Expression) -> String {
    format!("${{{}}}", closed_text_of(expression))
}

/// A number with all of its digits.
fn number(text: &str) -> Option<Value> {
    let number: serde_json::Number = serde_json::from_str(text).ok()?;
    (number.to_string() == text).then_some(Value::Number(number))
}

/// A text as a template without quotes; none where that would be another text.
fn escaped(text: &str) -> Option<String> {
    // How Terraform reads `$$${` is not written down.
    let is_clear = !["$${", "%%{", "\r", "\u{feff}"].iter().any(|unclear| text.contains(unclear));
    is_clear.then(|| text.replace("${", "$${").replace("%{", "%%{"))
}

/// A quoted template without its quotes, in which a backslash is none; nothing where that would be another text.
fn unquoted(template: &StringTemplate) -> Option<String> {
    let part = |element: &Element| match element {
        // `$` before `${` would be its escape.
        Element::Literal(text) if text.ends_with(['$', '%']) => None,
        Element::Literal(text) => escaped(text),
        Element::Interpolation(hole) if hole.strip == Strip::None => Some(interpolated(&hole.expr)),
        Element::Interpolation(_) | Element::Directive(_) => None,
    };
    template.iter().map(part).collect()
}

/// Whether Terraform would read a text as another one, in JSON.
fn is_template(text: &str) -> bool {
    text.contains("${") || text.contains("%{") || text.contains(['\r', '\u{feff}'])
}

/// Whether a quoted template means the same without quotes: nothing in it is escaped by a backslash.
fn is_same_in_json(template: &StringTemplate) -> bool {
    let is_plain = |text: &str| {
        !text.chars().any(|c| matches!(c, '"' | '\\' | '\u{feff}') || c.is_control()) && !is_template(text)
    };
    template.iter().all(|element| match element {
        Element::Literal(literal) => is_plain(literal.as_str()),
        Element::Interpolation(_) => true,
        Element::Directive(_) => false,
    })
}
