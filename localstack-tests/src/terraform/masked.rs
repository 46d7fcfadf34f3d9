//! Values that terraform prints, with its marks of what is sensitive in them.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json, value::Index};

use crate::assertion;

/// A value whose sensitive parts a test can read and compare, and that no output shows: `Debug` and `Display` are
/// JSON with `"(sensitive)"` in their place.
#[derive(Clone, Copy)]
pub struct Masked<'a> {
    value: &'a Value,
    mask: Mask<'a>,
}

/// Which parts are sensitive, as terraform says it: `true` is everything, an object or array are its members
/// ("JSON Output Format", `before_sensitive`).
#[derive(Clone, Copy)]
enum Mask<'a> {
    All,
    Parts(&'a Value),
}

impl<'a> Masked<'a> {
    pub(crate) fn new(value: &'a Value, mask: &'a Value) -> Masked<'a> {
        Masked { value, mask: if *mask == Value::Bool(true) { Mask::All } else { Mask::Parts(mask) } }
    }

    /// The value itself: printing it shows what is sensitive.
    pub fn json(self) -> &'a Value {
        self.value
    }

    /// The same value, all of it sensitive.
    pub(crate) fn hidden(self) -> Masked<'a> {
        Masked { mask: Mask::All, ..self }
    }

    /// Whether all of it is sensitive.
    pub fn is_sensitive(self) -> bool {
        matches!(self.mask, Mask::All)
    }

    /// The text that it is.
    ///
    /// # Panics
    /// If it is something else.
    #[track_caller]
    pub fn text(self) -> &'a str {
        match self.value {
            Value::String(text) => text,
            _ => assertion::fail(format_args!("expected a text, found {self}")),
        }
    }

    /// The value as a type of yours.
    ///
    /// # Panics
    /// If the type has no room for it.
    #[track_caller]
    pub fn read<T: DeserializeOwned>(self) -> T {
        match T::deserialize(self.value) {
            Ok(read) => read,
            // Serde's own words quote the value.
            Err(_) if !matches!(self.mask, Mask::Parts(mask) if !marks(mask)) => {
                assertion::fail(format_args!(
                    "{self} is no {}; the reason is left out, because it would quote what is sensitive",
                    std::any::type_name::<T>()
                ))
            }
            Err(error) => {
                assertion::fail(format_args!("{self} is no {}: {error}", std::any::type_name::<T>()))
            }
        }
    }

    /// The member of an object by its name, or the item of an array by its number.
    ///
    /// # Panics
    /// If there is none.
    #[track_caller]
    pub fn at(self, key: impl Index + Copy + fmt::Debug) -> Masked<'a> {
        match self.find(key) {
            Some(found) => found,
            None => assertion::fail(format_args!("nothing is at {key:?} of {self}")),
        }
    }

    /// As [`Masked::at`], for what may be absent.
    pub fn find(self, key: impl Index + Copy) -> Option<Masked<'a>> {
        let value = self.value.get(key)?;
        let mask = match self.mask {
            Mask::All => Mask::All,
            Mask::Parts(mask) => match mask.get(key) {
                Some(Value::Bool(true)) => Mask::All,
                Some(mask) => Mask::Parts(mask),
                None => Mask::Parts(&Value::Null),
            },
        };
        Some(Masked { value, mask })
    }

    /// A copy in which what is sensitive is replaced.
    pub fn shown(self) -> Value {
        match (self.mask, self.value) {
            (Mask::All, _) => json!("(sensitive)"),
            (_, Value::Object(members)) => {
                let shown =
                    members.keys().filter_map(|key| Some((key.clone(), self.find(key.as_str())?.shown())));
                Value::Object(shown.collect::<Map<_, _>>())
            }
            (_, Value::Array(items)) => {
                (0..items.len()).filter_map(|at| Some(self.find(at)?.shown())).collect()
            }
            (_, other) => other.clone(),
        }
    }
}

/// Whether a mask marks anything.
fn marks(mask: &Value) -> bool {
    match mask {
        Value::Bool(marked) => *marked,
        Value::Array(items) => items.iter().any(marks),
        Value::Object(members) => members.values().any(marks),
        _ => false,
    }
}

impl fmt::Debug for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.shown())
    }
}

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.shown())
    }
}

impl<T> PartialEq<T> for Masked<'_>
where
    Value: PartialEq<T>,
{
    fn eq(&self, other: &T) -> bool {
        self.value == other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_sensitive_is_read_and_not_shown() {
        let (value, mask) =
            (json!({ "keys": ["one", "two"], "user": "ada" }), json!({ "keys": [false, true] }));
        let masked = Masked::new(&value, &mask);
        assert_eq!(format!("{masked:?}"), r#"{"keys":["one","(sensitive)"],"user":"ada"}"#);
        assert_eq!(masked.at("keys").at(1), "two");
        assert_eq!(masked.at("keys").read::<Vec<String>>(), ["one", "two"]);
        assert!(masked.at("keys").at(1).is_sensitive() && !masked.at("user").is_sensitive());
    }

    #[test]
    #[should_panic(expected = r#"nothing is at "password" of {"user":"ada"}"#)]
    fn an_absent_member_is_named_with_what_is_there() {
        let _ = Masked::new(&json!({ "user": "ada" }), &Value::Null).at("password");
    }

    #[test]
    #[should_panic(expected = r#""(sensitive)" is no u8; the reason is left out"#)]
    fn a_wrong_type_does_not_show_a_secret() {
        let _: u8 = Masked::new(&json!("hunter2"), &json!(true)).read();
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            "secret".prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 16, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::btree_map("[a-b]", inner, 0..3)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    /// The mask that marks every text in a value.
    fn every_text(value: &Value) -> Value {
        match value {
            Value::String(_) => json!(true),
            Value::Array(items) => items.iter().map(every_text).collect(),
            Value::Object(members) => {
                Value::Object(members.iter().map(|(key, member)| (key.clone(), every_text(member))).collect())
            }
            _ => json!(false),
        }
    }

    proptest! {
        #[test]
        fn no_mask_breaks_it_and_a_full_one_hides_every_text(value in any_value(), mask in any_value()) {
            let _ = Masked::new(&value, &mask).shown();
            prop_assert!(!Masked::new(&value, &every_text(&value)).to_string().contains("secret"));
        }
    }
}
