//! JSON with its members by name. `serde_json` keeps them as they were written where any crate of a build asks for
//! `preserve_order`, and equal input has to give equal bytes in every build.

use std::collections::BTreeMap;

use serde_json::Value;

/// The value, with the members of each object by name.
pub(crate) fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<String, Value> =
                members.into_iter().map(|(name, member)| (name, sorted(member))).collect();
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_by_name_at_every_depth() {
        let value = json!({ "b": [{ "d": 1, "c": 2 }], "a": null });
        assert_eq!(sorted(value).to_string(), r#"{"a":null,"b":[{"c":2,"d":1}]}"#);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(members in prop::collection::hash_map("[a-z]{0,3}", any::<i64>(), 0..8)) {
            let value = Value::Object(members.into_iter().map(|(name, number)| (name, json!([number]))).collect());
            prop_assert_eq!(sorted(value.clone()), value);
        }
    }
}
