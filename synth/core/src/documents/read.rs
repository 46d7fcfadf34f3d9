//! Typed values from the values of a document.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::parse::{hidden, parse};
use crate::construct::{Accepts, Of};
use crate::number::Number;
use crate::secret::{Secret, WriteOnly};
use crate::term::Term;
use crate::value::{Map, Value};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Expression;

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
        let Expression::Template(pieces) = template else { panic!("not a template") };
        assert_eq!(pieces.len(), 3);
    }

    #[test]
    fn what_is_no_reference_is_refused_with_the_ways_to_write_one() {
        for wrong in ["${}", "${a}", "${a.b.}", "${a b}", "${a.b", "${jsonencode(1)}"] {
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
}
