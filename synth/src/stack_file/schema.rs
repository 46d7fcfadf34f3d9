//! The JSON Schema of stack files: made of the constructs' own types.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::model::StackFile;
use crate::sorted::sorted;

/// The schema, JSON Schema 2020-12. `x-help` and `x-see` are what messages say beside the rule.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12()
        .with_transform(RecursiveTransform(words))
        .with_transform(RecursiveTransform(choices))
        .with_transform(RecursiveTransform(without_null));
    let mut schema = SchemaGenerator::new(settings).into_root_schema_for::<StackFile>();
    schema.insert("title".to_owned(), json!("synth stack file"));
    sorted(schema.to_value())
}

/// A choice of described words becomes a plain list of them, of which a validator can name all.
fn words(schema: &mut Schema) {
    let Some(Value::Array(variants)) = schema.get("oneOf") else { return };
    let words: Option<Vec<Value>> = variants.iter().map(|variant| variant.get("const").cloned()).collect();
    let Some(words) = words else { return };
    schema.remove("oneOf");
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("enum".to_owned(), Value::Array(words));
}

/// A choice of objects with one property each becomes one object of which exactly one property is set: so that
/// a validator can say what is wrong inside the chosen one.
fn choices(schema: &mut Schema) {
    let Some(Value::Array(variants)) = schema.get("oneOf") else { return };
    let mut properties = Map::new();
    for variant in variants {
        let Some(Value::Object(of)) = variant.get("properties") else { return };
        let (Some((name, inner)), 1) = (of.iter().next(), of.len()) else { return };
        let mut inner = inner.clone();
        if let (Some(inner), Some(description)) = (inner.as_object_mut(), variant.get("description")) {
            inner.insert("description".to_owned(), description.clone());
        }
        properties.insert(name.clone(), inner);
    }
    schema.remove("oneOf");
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema.insert("minProperties".to_owned(), json!(1));
    schema.insert("maxProperties".to_owned(), json!(1));
}

/// What is optional may be left out; it is not written as `null`.
fn without_null(schema: &mut Schema) {
    if schema.get("default") == Some(&Value::Null) {
        schema.remove("default");
    }
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    let Some(Value::Array(variants)) = schema.get("anyOf") else { return };
    let left: Vec<&Value> = variants.iter().filter(|variant| **variant != json!({"type": "null"})).collect();
    let [Value::Object(only)] = left.as_slice() else { return };
    let only = only.clone();
    schema.remove("anyOf");
    for (key, value) in only {
        if schema.get(&key).is_none() {
            schema.insert(key, value);
        }
    }
}
