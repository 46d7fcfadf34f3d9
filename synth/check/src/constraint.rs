//! Type constraints of variables (Terraform language, "Type Constraints").

use crate::expression::{self, Expression};
use crate::json::{Node, Value};
use crate::types::{Field, Type};

/// Reads `list(string)`, `object({a=optional(number)})` and their like.
pub(crate) fn read<'a>(text: &str) -> Result<Type<'a>, String> {
    match expression::reference(text) {
        Ok(expression) => of(&expression),
        Err(_) => Err(format!("`{text}` is not a type")),
    }
}

fn of<'a>(expression: &Expression<'_>) -> Result<Type<'a>, String> {
    match expression {
        Expression::Traversal(name) if name.steps.is_empty() => match name.root {
            "string" => Ok(Type::Text),
            "number" => Ok(Type::Number),
            "bool" => Ok(Type::Bool),
            "any" => Ok(Type::Any),
            // Without what they hold: the form of old configurations.
            "list" => Ok(Type::List(Type::Any.into())),
            "map" => Ok(Type::Map(Type::Any.into())),
            other => Err(format!("`{other}` is not a type")),
        },
        Expression::Call(call) => match (call.name, call.arguments.as_slice()) {
            ("list", [element]) => Ok(Type::List(of(element)?.into())),
            ("set", [element]) => Ok(Type::Set(of(element)?.into())),
            ("map", [element]) => Ok(Type::Map(of(element)?.into())),
            ("tuple", [Expression::List(items)]) => {
                Ok(Type::Tuple(items.iter().map(of).collect::<Result<Vec<_>, _>>()?.into()))
            }
            ("object", [Expression::Object(items)]) => {
                Ok(Type::Object(items.iter().map(field).collect::<Result<Vec<_>, _>>()?.into()))
            }
            (name, _) => Err(format!("`{name}(…)` is not a type")),
        },
        _ => Err("this is not a type".to_owned()),
    }
}

fn field<'a>((key, value): &(Expression<'_>, Expression<'_>)) -> Result<Field<'a>, String> {
    let name = match key {
        Expression::Text(name) => name.to_string().into(),
        _ => return Err("the name of an attribute is a plain name".to_owned()),
    };
    match value {
        Expression::Call(call) if call.name == "optional" => match call.arguments.as_slice() {
            [value] | [value, _] => Ok(Field { name, of: of(value)?, optional: true }),
            _ => Err("`optional(…)` takes a type and a default".to_owned()),
        },
        value => Ok(Field { name, of: of(value)?, optional: false }),
    }
}

/// Why a literal cannot become a value of a type: the place of the part, and the reason.
pub(crate) fn refusal(node: &Node<'_>, to: &Type<'_>) -> Option<(u32, String)> {
    let no = || Some((node.start, format!("{} is needed, and this is {}", to.name(), node.kind())));
    match (to, &node.value) {
        (_, Value::Null) | (Type::Any, _) => None,
        (Type::Text, Value::Text(_) | Value::Number(_) | Value::Bool(_))
        | (Type::Number, Value::Number(_))
        | (Type::Bool, Value::Bool(_)) => None,
        (Type::Number, Value::Text(text)) if text.parse::<f64>().is_ok_and(f64::is_finite) => None,
        (Type::Bool, Value::Text(text)) if matches!(text.as_ref(), "true" | "false" | "1" | "0") => None,
        (Type::List(of) | Type::Set(of), Value::List(nodes)) => {
            nodes.iter().find_map(|node| refusal(node, of))
        }
        (Type::Tuple(of), Value::List(nodes)) if of.len() == nodes.len() => {
            nodes.iter().zip(of.iter()).find_map(|(node, of)| refusal(node, of))
        }
        (Type::Map(of), Value::Object(members)) => {
            members.iter().find_map(|member| refusal(&member.value, of))
        }
        (Type::Object(fields), Value::Object(_)) => {
            fields.iter().find_map(|field| match node.property(&field.name) {
                Some(member) => refusal(&member.value, &field.of),
                None if field.optional => None,
                None => Some((node.start, format!("the object needs an attribute `{}`", field.name))),
            })
        }
        _ => no(),
    }
}
