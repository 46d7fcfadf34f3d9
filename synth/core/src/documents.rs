//! Values in stack files: text with `${…}` in it refers to variables and constructs by name.
//!
//! ```text
//! text      = { character | "$${" | "${" reference "}" }      "$${" means "${"
//! reference = "var." name | name "." attribute
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::construct::{Accepts, Anchor, Of};
use crate::expression::Expression;
use crate::number::Number;
use crate::secret::{Secret, WriteOnly};
use crate::term::Term;
use crate::value::{Map, Value};

/// The characters of names and attributes.
const NAME: &str = "[A-Za-z0-9_-]+";

/// Reads text with references.
fn parse(text: &str, accepts: Accepts) -> Result<Term, String> {
    let mut pieces: Vec<Term> = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.find("${").and_then(|at| rest.split_at_checked(at)) {
        let after = from.strip_prefix("${").unwrap_or_default();
        if let Some(before) = before.strip_suffix('$') {
            literal.push_str(before);
            literal.push_str("${");
            rest = after;
            continue;
        }
        literal.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            return Err(format!("`{from}` has no `}}`; write `$${{` for the text `${{`"));
        };
        if !literal.is_empty() {
            pieces.push(Term::text(std::mem::take(&mut literal)));
        }
        pieces.push(reference(name.trim(), accepts)?.into());
        rest = after;
    }
    literal.push_str(rest);
    if pieces.is_empty() || !literal.is_empty() {
        pieces.push(Term::text(literal));
    }
    Ok(match <[Term; 1]>::try_from(pieces) {
        Ok([piece]) => piece,
        Err(pieces) => Expression::Template(pieces).into(),
    })
}

fn reference(text: &str, accepts: Accepts) -> Result<Expression, String> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    match text.split_once('.') {
        Some(("var", name)) if is_name(name) => {
            let of = Anchor::Variable { name: name.into(), accepts };
            Ok(Expression::Export { of, attribute: "".into() })
        }
        Some((name, attribute)) if is_name(name) && is_name(attribute) => {
            let of = Anchor::Named { name: name.into(), kind: None };
            Ok(Expression::Export { of, attribute: attribute.into() })
        }
        _ => Err(format!(
            "`${{{text}}}` is no reference; write `${{var.NAME}}`, `${{CONSTRUCT.ATTRIBUTE}}`, or `$${{` for the text `${{`"
        )),
    }
}

/// A number or boolean may also be a whole reference.
fn whole_reference<T, E: serde::de::Error>(text: &str) -> Result<Value<T>, E> {
    match parse(text, Accepts::Plain).map_err(E::custom)? {
        term @ Term::Expression(_) => Ok(Value::of(term)),
        _ => Err(E::custom("expected a value of its type or one reference, such as `${var.NAME}`")),
    }
}

impl<'de> Deserialize<'de> for Value<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text, Accepts::Plain).map(Value::of).map_err(D::Error::custom)
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Numeric {
    Whole(i64),
    Fraction(f64),
    Text(String),
}

impl<'de> Deserialize<'de> for Value<Number> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Numeric::deserialize(deserializer)? {
            Numeric::Whole(number) => Ok(number.into()),
            Numeric::Fraction(number) => Ok(number.into()),
            Numeric::Text(text) => whole_reference(&text),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Boolean {
    Bool(bool),
    Text(String),
}

impl<'de> Deserialize<'de> for Value<bool> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Boolean::deserialize(deserializer)? {
            Boolean::Bool(value) => Ok(value.into()),
            Boolean::Text(text) => whole_reference(&text),
        }
    }
}

impl<'de, T> Deserialize<'de> for Value<Map<T>>
where
    Value<T>: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(BTreeMap::<String, Value<T>>::deserialize(deserializer)?.into())
    }
}

/// A secret is never written out: the value must be one variable that hides it.
fn hidden(text: &str, accepts: Accepts) -> Result<Term, String> {
    match parse(text, accepts) {
        Ok(Term::Expression(expression)) if matches!(*expression, Expression::Export { .. }) => {
            Ok(Term::Expression(expression))
        }
        _ => Err("a secret cannot be written out: refer to a sensitive variable, `${var.NAME}`".to_owned()),
    }
}

impl<'de> Deserialize<'de> for Secret<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        hidden(&text, Accepts::Sensitive).map(Secret::of).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for WriteOnly<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        hidden(&text, Accepts::Ephemeral).map(WriteOnly::of).map_err(D::Error::custom)
    }
}

impl<'de, H> Deserialize<'de> for Of<H> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Of::Named(String::deserialize(deserializer)?.into()))
    }
}

macro_rules! schema {
    ($type:ty, $name:literal, $schema:expr) => {
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                false
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

schema!(
    Value<String>,
    "Text",
    json_schema!({
        "type": "string",
        "description": "Text. `${var.NAME}` is a variable, `${CONSTRUCT.ATTRIBUTE}` what a construct offers, `$${` the text `${`."
    })
);

schema!(
    Value<Number>,
    "Number",
    json_schema!({
        "type": ["number", "string"],
        "pattern": format!(r"^\$\{{{NAME}\.{NAME}\}}$"),
        "description": "A number, or one reference such as `${var.NAME}`.",
        "x-help": "write a number, or one reference such as `${var.NAME}`"
    })
);

schema!(
    Value<bool>,
    "Boolean",
    json_schema!({
        "type": ["boolean", "string"],
        "pattern": format!(r"^\$\{{{NAME}\.{NAME}\}}$"),
        "description": "A boolean, or one reference such as `${var.NAME}`.",
        "x-help": "write `true`, `false`, or one reference such as `${var.NAME}`"
    })
);

macro_rules! hidden_schema {
    ($($type:ty, $name:literal, $what:literal;)*) => {$(
        schema!(
            $type,
            $name,
            json_schema!({
                "type": "string",
                "pattern": format!(r"^\$\{{var\.{NAME}\}}$"),
                "description": concat!($what, ". It cannot be written out."),
                "x-help": concat!("a secret cannot be written out: refer to ", $what, ", `${var.NAME}`")
            })
        );
    )*};
}

hidden_schema! {
    Secret<String>, "SensitiveText", "a sensitive variable";
    WriteOnly<String>, "WriteOnlyText", "a sensitive or ephemeral variable";
}

impl<H: crate::Handle> JsonSchema for Of<H> {
    fn schema_name() -> Cow<'static, str> {
        format!("NameOf{}", H::KIND).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": format!("The name of a construct of kind `{}` in this stack.", H::KIND)
        })
    }
}

impl<T> JsonSchema for Value<Map<T>>
where
    Value<T>: JsonSchema,
{
    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", Value::<T>::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let of = generator.subschema_for::<Value<T>>();
        json_schema!({ "type": "object", "additionalProperties": of })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(json: &str) -> Result<Value<String>, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn text_without_references_is_text() {
        assert_eq!(text(r#""5 $ a %{b}""#).unwrap().into_term(), Term::text("5 $ a %{b}"));
        assert_eq!(text(r#""""#).unwrap().into_term(), Term::text(""));
        assert_eq!(text(r#""$${HOST}""#).unwrap().into_term(), Term::text("${HOST}"));
    }

    #[test]
    fn references_stand_between_text() {
        let Term::Expression(template) = text(r#""https://${api.domain}/x""#).unwrap().into_term() else {
            panic!("not a template");
        };
        let Expression::Template(pieces) = *template else { panic!("not a template") };
        assert_eq!(pieces.len(), 3);
    }

    #[test]
    fn what_is_no_reference_is_refused_with_the_ways_to_write_one() {
        for wrong in ["${}", "${a}", "${a.b.c}", "${a b}", "${a.b", "${jsonencode(1)}"] {
            let error = text(&format!("{wrong:?}")).unwrap_err();
            assert!(error.contains("`$${`"), "{wrong}: {error}");
        }
    }

    #[test]
    fn a_secret_is_never_written_out_nor_repeated_in_the_error() {
        let error = serde_json::from_str::<WriteOnly<String>>(r#""ghp_literal""#).unwrap_err().to_string();
        assert!(error.contains("cannot be written out") && !error.contains("ghp_"), "{error}");
        assert!(serde_json::from_str::<WriteOnly<String>>(r#""x${var.token}""#).is_err());
        assert!(serde_json::from_str::<WriteOnly<String>>(r#""${var.token}""#).is_ok());
    }

    #[test]
    fn numbers_may_be_references() {
        let number = |json| serde_json::from_str::<Value<Number>>(json);
        assert_eq!(number("0.5").unwrap().into_term(), Term::Decimal("0.5".into()));
        assert_eq!(number("7").unwrap().into_term(), Term::Integer(7));
        assert!(matches!(number(r#""${var.cpu}""#).unwrap().into_term(), Term::Expression(_)));
        assert!(number(r#""seven""#).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[${}a.%var ]{0,16}") {
            let _ = parse(&text, Accepts::Plain);
        }

        #[test]
        fn escaped_text_comes_back(text in "[^$]{0,8}\\$\\{[^$]{0,8}") {
            prop_assert_eq!(parse(&text.replace("${", "$${"), Accepts::Plain), Ok(Term::text(text)));
        }
    }
}
