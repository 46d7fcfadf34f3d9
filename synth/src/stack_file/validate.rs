//! Holds a file against the schema, and says what is wrong in the author's words.

use command_line::nearest;
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;
use strsim::damerau_levenshtein;

use super::document::{Document, Found, escaped};
use super::mistake::Mistakes;
use super::schema::schema;

/// Reports everything that the schema does not allow.
pub(super) fn against_schema(document: &Document) -> Result<(), Mistakes> {
    let schema = schema();
    let validator = match Validator::new(&schema) {
        Ok(validator) => validator,
        Err(error) => return Err(document.mistakes(vec![(String::new(), error.to_string(), None, None)])),
    };
    let found: Vec<Found> =
        validator.iter_errors(&document.value).flat_map(|error| describe(&error, &schema)).collect();
    if found.is_empty() { Ok(()) } else { Err(document.mistakes(found)) }
}

/// What one error means. Values are repeated only where they cannot be secrets: names and numbers.
fn describe(error: &ValidationError<'_>, schema: &Value) -> Vec<Found> {
    let pointer = error.instance_path().as_str().to_owned();
    let rule = error.schema_path().as_str().rsplit_once('/').map_or("", |(rule, _)| rule);
    let rule = schema.pointer(rule);
    let note = |key: &str| rule.and_then(|rule| rule.get(key)).and_then(Value::as_str).map(str::to_owned);
    let value = error.instance();
    let mut help = note("x-help");
    let message = match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            return unexpected.iter().map(|name| unknown(&pointer, name, rule)).collect();
        }
        Kind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            help = help.or_else(|| about(rule, property));
            format!("`{property}` is missing")
        }
        Kind::Enum { options } => {
            return vec![outside(pointer, value, options, note("x-help"), note("x-see"))];
        }
        Kind::Minimum { limit } => format!("{value} is below the minimum, {limit}"),
        Kind::Maximum { limit } => format!("{value} is above the maximum, {limit}"),
        Kind::MinProperties { .. } => format!("one of {} is missing", properties(rule).join(", ")),
        Kind::MaxProperties { .. } => format!("only one of {} can be given", properties(rule).join(", ")),
        Kind::Type { .. } => {
            if value.is_null() {
                help =
                    help.or_else(|| Some("what belongs to it stands below it, indented further".to_owned()));
            }
            format!("expected {}, and this is {}", expected(rule), kind(value))
        }
        Kind::Pattern { .. } if value.is_string() => "this text cannot stand here".to_owned(),
        _ => error.masked().to_string(),
    };
    vec![(pointer, message, help, note("x-see"))]
}

/// What the schema says of a property.
fn about(rule: Option<&Value>, property: &str) -> Option<String> {
    let about = rule?.get("properties")?.get(property)?.get("description")?.as_str()?;
    let about = about.split("\n\n").next().unwrap_or(about);
    Some(format!("`{property}`: {}", about.trim_end_matches('.')))
}

fn unknown(pointer: &str, name: &str, rule: Option<&Value>) -> Found {
    let known = properties(rule);
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", known.join(", ")),
    };
    (format!("{pointer}/{}", escaped(name)), format!("`{name}` is not known here"), Some(help), None)
}

fn outside(
    pointer: String,
    value: &Value,
    options: &Value,
    help: Option<String>,
    see: Option<String>,
) -> Found {
    let options: Vec<String> = options.as_array().into_iter().flatten().map(spelled).collect();
    let given = spelled(value);
    let distance = |option: &str| damerau_levenshtein(&option.to_lowercase(), &given.to_lowercase());
    let begins_alike = |option: &&String| {
        let begins = |word: &str| word.to_lowercase().chars().take(3).collect::<String>();
        begins(option) == begins(&given)
    };
    let near = options.iter().filter(|option| distance(option) <= 3).min_by_key(|option| distance(option));
    let meant = match near.or_else(|| options.iter().find(begins_alike)) {
        Some(option) if value.is_string() => format!("did you mean `{option}`? "),
        _ => String::new(),
    };
    let help = help.unwrap_or_else(|| "one of".to_owned());
    let message = match value {
        // Longer text could be a secret that slipped into the wrong place.
        Value::String(text) if text.len() > 24 => {
            "this text is not one of the values accepted here".to_owned()
        }
        Value::String(_) | Value::Number(_) => format!("`{given}` is not one of the values accepted here"),
        other => format!("one of some values is accepted here, and this is {}", kind(other)),
    };
    (pointer, message, Some(format!("{meant}{help}: {}", options.join(", "))), see)
}

/// A word or number as an author writes it.
fn spelled(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string().trim_end_matches(".0").to_owned(),
        other => other.to_string(),
    }
}

fn properties(rule: Option<&Value>) -> Vec<String> {
    let properties = rule.and_then(|rule| rule.get("properties")).and_then(Value::as_object);
    properties.into_iter().flat_map(|properties| properties.keys().cloned()).collect()
}

fn expected(rule: Option<&Value>) -> String {
    match rule.and_then(|rule| rule.get("type")) {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "another type".to_owned(),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "empty",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
