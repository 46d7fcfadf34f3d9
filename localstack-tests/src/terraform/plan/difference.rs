//! What differs between before and after, without the sensitive values.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::change::Change;
use crate::terraform::masked::Masked;

/// One argument or attribute that differs.
#[derive(Clone, Debug)]
pub struct Difference<'a> {
    /// Where: `tags.Name`, `rule[0].port`; empty where the whole value differs.
    pub path: String,
    /// What was.
    pub before: Side<'a>,
    /// What will be.
    pub after: Side<'a>,
}

/// A value, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub enum Side<'a> {
    /// There is none.
    Absent,
    /// This one.
    Known(Masked<'a>),
    /// Terraform knows it when it has applied.
    Later,
}

/// Before and after at one place, with the marks that terraform puts on them.
#[derive(Clone, Copy)]
struct Place<'a> {
    before: Option<Masked<'a>>,
    after: Option<Masked<'a>>,
    unknown: &'a Value,
}

pub(super) fn all(change: &Change) -> Vec<Difference<'_>> {
    let mut found = Vec::new();
    let appears_or_goes =
        change.before.is_null() || (change.after.is_null() && !later(&change.after_unknown));
    if !appears_or_goes {
        let before = Some(Masked::new(&change.before, &change.before_sensitive));
        let after = Some(Masked::new(&change.after, &change.after_sensitive));
        walk(Place { before, after, unknown: &change.after_unknown }, String::new(), &mut found);
    }
    found
}

fn later(unknown: &Value) -> bool {
    *unknown == Value::Bool(true)
}

fn walk<'a>(place: Place<'a>, path: String, found: &mut Vec<Difference<'a>>) {
    let place = place.marked_alike();
    let (before, after) = (side(place.before), side(place.after));
    if later(place.unknown) {
        found.push(Difference { path, before, after: Side::Later });
        return;
    }
    match (place.before.map(open), place.after.map(open)) {
        (Some(Some(Value::Object(one))), Some(Some(Value::Object(other)))) => {
            let unknown = place.unknown.as_object().into_iter().flat_map(|unknown| unknown.keys());
            let keys: BTreeSet<&String> = one.keys().chain(other.keys()).chain(unknown).collect();
            for key in keys {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(place.member(key.as_str()), path, found);
            }
        }
        (Some(Some(Value::Array(one))), Some(Some(Value::Array(other)))) if one.len() == other.len() => {
            for at in 0..one.len() {
                walk(place.member(at), format!("{path}[{at}]"), found);
            }
        }
        _ if value(before) == value(after) => {}
        _ => found.push(Difference { path, before, after }),
    }
}

/// The value, where its parts may be looked at one by one.
fn open(masked: Masked<'_>) -> Option<&Value> {
    (!masked.is_sensitive()).then(|| masked.json())
}

/// Null and absent are the same to Terraform.
fn side(masked: Option<Masked<'_>>) -> Side<'_> {
    masked.filter(|masked| !masked.json().is_null()).map_or(Side::Absent, Side::Known)
}

fn value(side: Side<'_>) -> Option<&Value> {
    match side {
        Side::Known(masked) => Some(masked.json()),
        Side::Absent | Side::Later => None,
    }
}

impl<'a> Place<'a> {
    /// What is sensitive on one side is not shown on the other one either.
    fn marked_alike(self) -> Place<'a> {
        if ![self.before, self.after].into_iter().flatten().any(Masked::is_sensitive) {
            return self;
        }
        Place { before: self.before.map(Masked::hidden), after: self.after.map(Masked::hidden), ..self }
    }

    fn member(self, key: impl serde_json::value::Index + Copy) -> Place<'a> {
        Place {
            before: self.before.and_then(|before| before.find(key)),
            after: self.after.and_then(|after| after.find(key)),
            unknown: self.unknown.get(key).unwrap_or(&Value::Null),
        }
    }
}

/// A path as terraform prints it: names and numbers.
pub(super) fn path(steps: &[Value]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Value::String(name) if path.is_empty() => path.push_str(name),
            Value::String(name) => path.push_str(&format!(".{name}")),
            other => path.push_str(&format!("[{other}]")),
        }
    }
    path
}

impl fmt::Display for Side<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Side::Absent => f.write_str("(absent)"),
            Side::Known(masked) if masked.is_sensitive() => f.write_str("(sensitive)"),
            Side::Known(masked) => write!(f, "{masked}"),
            Side::Later => f.write_str("(known after apply)"),
        }
    }
}

impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colon = if self.path.is_empty() { "" } else { ": " };
        write!(f, "{}{colon}{} -> {}", self.path, self.before, self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn lines(change: Value) -> Vec<String> {
        let change: Change = serde_json::from_value(change).unwrap();
        change.differences().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn nested_values_are_named_by_their_path() {
        let change = json!({
            "actions": ["update"],
            "before": { "rule": [{ "port": 80, "open": true }], "name": "a" },
            "after": { "rule": [{ "port": 443, "open": true }], "name": "a" }
        });
        assert_eq!(lines(change), ["rule[0].port: 80 -> 443"]);
    }

    #[test]
    fn a_value_that_becomes_sensitive_is_shown_on_neither_side() {
        for mark in ["before_sensitive", "after_sensitive"] {
            let change = json!({
                "actions": ["update"], "before": { "key": "old" }, "after": { "key": "new" }, mark: { "key": true }
            });
            assert_eq!(lines(change), ["key: (sensitive) -> (sensitive)"], "{mark}");
        }
    }

    #[test]
    fn what_is_made_or_goes_has_no_differences() {
        for change in [
            json!({ "actions": ["create"], "before": null, "after": { "name": "a" } }),
            json!({ "actions": ["delete"], "before": { "name": "a" }, "after": null }),
        ] {
            assert_eq!(lines(change), Vec::<String>::new());
        }
    }

    proptest! {
        #[test]
        fn exactly_the_members_that_differ_are_found(
            before in prop::collection::btree_map("[a-e]", 0..3_u8, 0..5),
            after in prop::collection::btree_map("[a-e]", 0..3_u8, 0..5),
        ) {
            let mut expected: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            expected.retain(|key| before.get(*key) != after.get(*key));
            let change: Change =
                serde_json::from_value(json!({ "actions": ["update"], "before": before, "after": after })).unwrap();
            let found: Vec<String> = change.differences().into_iter().map(|difference| difference.path).collect();
            prop_assert_eq!(found, expected.into_iter().cloned().collect::<Vec<_>>());
        }
    }
}
