//! Files in Terraform's JSON ("JSON Configuration Syntax"): blocks may be objects, or arrays of objects.

use hcl_edit::expr::Expression;
use hcl_edit::template::Element;
use serde_json::{Map, Value};

use super::{Arguments, Blocks, ModuleError};

/// Reads the variables and outputs of a file.
pub(super) fn read(file: &str, text: &str) -> Result<Blocks, ModuleError> {
    let json: Value = serde_json::from_str(text)
        .map_err(|error| ModuleError::Json { file: file.to_owned(), why: error.to_string() })?;
    let mut blocks = Blocks::default();
    for root in objects(file, &json, "the document")? {
        for (section, into) in [("variable", &mut blocks.variables), ("output", &mut blocks.outputs)] {
            let Some(labels) = root.get(section) else { continue };
            for labels in objects(file, labels, section)? {
                for (name, bodies) in labels {
                    for body in objects(file, bodies, &format!("{section}.{name}"))? {
                        into.push((name.clone(), arguments(body)));
                    }
                }
            }
        }
    }
    Ok(blocks)
}

/// The value, or the values in it, which must be objects.
fn objects<'j>(
    file: &str,
    value: &'j Value,
    place: &str,
) -> Result<Vec<&'j Map<String, Value>>, ModuleError> {
    let wrong = || ModuleError::Shape { file: file.to_owned(), place: place.to_owned() };
    match value {
        Value::Object(object) => Ok(vec![object]),
        Value::Array(values) => values.iter().map(|value| value.as_object().ok_or_else(wrong)).collect(),
        _ => Err(wrong()),
    }
}

fn arguments(body: &Map<String, Value>) -> Arguments {
    let arguments = body.iter().filter(|(name, _)| *name != "//");
    arguments.map(|(name, value)| (name.clone(), argument(name, value))).collect()
}

/// What of an argument matters here: a type and a value are expressions, the rest is literal.
fn argument(name: &str, value: &Value) -> Expression {
    match (name, value) {
        (_, Value::Bool(flag)) => Expression::from(*flag),
        // A text that is no expression stays text, which is refused where a type is expected.
        ("type", Value::String(text)) => text.parse().unwrap_or_else(|_| Expression::from(text.as_str())),
        ("value", Value::String(text)) => template(text),
        (_, Value::String(text)) => Expression::from(text.as_str()),
        ("value", Value::Number(_)) => Expression::from(0),
        // Lists and objects, whose types nothing here tells.
        _ => Expression::null(),
    }
}

/// A string as Terraform evaluates it: one interpolation alone is its expression.
fn template(text: &str) -> Expression {
    let Ok(template) = hcl_edit::parser::parse_template(text) else { return Expression::null() };
    let mut elements = template.iter();
    match (elements.next(), elements.next()) {
        (Some(Element::Interpolation(one)), None) => one.expr.clone(),
        _ => Expression::from(text),
    }
}
