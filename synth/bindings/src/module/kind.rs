//! Type constraints ("Type Constraints").

use std::collections::BTreeMap;

use hcl_edit::expr::{Expression, FuncCall, ObjectKey};

use crate::schema::{Presence, Type};

/// Reads a type, or says what is wrong with it.
pub(super) fn read(expression: &Expression) -> Result<Type, String> {
    match expression {
        Expression::Parenthesis(inner) => read(inner.inner()),
        Expression::Variable(word) => named(word.as_str()),
        // The quoted types of Terraform before 0.12, which it still reads.
        Expression::String(word) => match word.value().as_str() {
            word @ ("string" | "list" | "map") => named(word),
            word => Err(format!("is the text `{word}`: write the type without quotes")),
        },
        Expression::FuncCall(call) => constructed(call),
        other => Err(format!("is `{}`, which is no type: {TYPES}", other.to_string().trim())),
    }
}

const TYPES: &str =
    "Terraform has string, number, bool, any, list(…), set(…), map(…), object({…}) and tuple([…])";

fn named(word: &str) -> Result<Type, String> {
    Ok(match word {
        "string" => Type::Text,
        "number" => Type::Number,
        "bool" => Type::Bool,
        "any" => Type::Any,
        "list" => Type::List(Box::new(Type::Any)),
        "set" => Type::Set(Box::new(Type::Any)),
        "map" => Type::Map(Box::new(Type::Any)),
        word => return Err(format!("is `{word}`, which is no type: {TYPES}")),
    })
}

fn constructed(call: &FuncCall) -> Result<Type, String> {
    let name = call.name.name.as_str();
    let mut arguments = call.args.iter();
    let (Some(argument), None) = (arguments.next(), arguments.next()) else {
        return Err(format!("has `{name}` with another number of arguments than one"));
    };
    match (name, argument) {
        ("list", of) => Ok(Type::List(Box::new(read(of)?))),
        ("set", of) => Ok(Type::Set(Box::new(read(of)?))),
        ("map", of) => Ok(Type::Map(Box::new(read(of)?))),
        ("tuple", Expression::Array(elements)) => {
            elements.iter().try_for_each(|element| read(element).map(drop))?;
            // Elements of different types have no type of their own in `synth-core`.
            Ok(Type::Any)
        }
        ("object", Expression::Object(attributes)) => {
            let mut fields = BTreeMap::new();
            for (key, value) in attributes {
                let ObjectKey::Ident(name) = key else {
                    return Err("has an attribute whose name is an expression".to_owned());
                };
                fields.insert(name.as_str().to_owned(), attribute(value.expr())?);
            }
            Ok(Type::Structure(fields))
        }
        ("tuple", _) => Err("has a `tuple` without a list of types: write `tuple([…])`".to_owned()),
        ("object", _) => Err("has an `object` without attributes: write `object({…})`".to_owned()),
        ("optional", _) => Err("has `optional` outside of an object's attributes".to_owned()),
        (name, _) => Err(format!("has `{name}(…)`, which is no type: {TYPES}")),
    }
}

/// A type, or `optional(TYPE)`, or `optional(TYPE, DEFAULT)`.
fn attribute(expression: &Expression) -> Result<(Type, Presence), String> {
    if let Expression::FuncCall(call) = expression
        && call.name.name.as_str() == "optional"
    {
        let arguments: Vec<&Expression> = call.args.iter().collect();
        return match arguments.as_slice() {
            [of] | [of, _] => Ok((read(of)?, Presence::Optional)),
            _ => Err("has `optional` with another number of arguments than one or two".to_owned()),
        };
    }
    Ok((read(expression)?, Presence::Required))
}
