//! Any text comes back from terraform as it was written: through plain values, templates, map keys and expressions.

mod synthesized;

use localstack_tests::Failure;
use localstack_tests::terraform::State;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};
use synth::{App, List, Map, Output, Value, Variable, concat, functions, resolve};

/// How many texts one run asks terraform about.
const TEXTS: usize = 2_000;

/// Texts of what templates, strings and JSON give a meaning to, and of all else.
fn texts() -> Result<Vec<String>, Failure> {
    let special = r#"[$%{}"\\\n\r\t\u{feff}~a#/*'-]{0,8}"#;
    let strategy = proptest::prop_oneof![3 => special, 1 => "\\PC{0,8}", 1 => "[\\x01-\\x7f]{0,8}"];
    let mut runner = TestRunner::deterministic();
    let drawn = (0..TEXTS).map(|_| strategy.new_tree(&mut runner).map(|tree| tree.current()));
    let mut texts = drawn.collect::<Result<Vec<String>, _>>().map_err(|reason| reason.to_string())?;
    // Terraform brings every string into Unicode's normal form C ("Strings and Templates").
    texts.retain(|text| unicode_normalization::is_nfc(text));
    texts.sort();
    texts.dedup();
    Ok(texts)
}

#[test]
fn any_text_comes_back_unchanged() -> Result<(), Failure> {
    let texts = texts()?;
    let mut app = App::new();
    let mut stack = app.stack("literals");
    let x = stack.add("x", Variable::<String>::new().default("X"));
    let list: Value<List<String>> = texts.iter().map(String::as_str).collect();
    let keys: Value<Map<String>> = texts.iter().map(|text| (text.as_str(), "value")).collect();
    let around: Value<List<String>> =
        texts.iter().map(|text| concat([text.as_str().into(), (&x).into(), text.as_str().into()])).collect();
    stack.add("plain", Output::of(list.clone()));
    stack.add("in_an_expression", Output::of(functions::jsonencode(list)));
    stack.add("keys", Output::of(keys.clone()));
    stack.add("keys_in_an_expression", Output::of(functions::jsonencode(keys)));
    stack.add("in_a_template", Output::of(around.clone()));
    stack.add("in_a_template_in_an_expression", Output::of(functions::jsonencode(around)));
    stack.add("default", Variable::<String>::new().default(texts.concat()));
    let documents = resolve(app)?;
    let [document] = documents.as_slice() else { return Err("expected one document".into()) };
    let state = State::read(&synthesized::apply("literals", &document.json, &[])?)?;

    let output = |name: &str| state.output(name).cloned().unwrap_or_default();
    let encoded = |name: &str| -> Result<Json, Failure> {
        Ok(serde_json::from_str(output(name).as_str().ok_or_else(|| format!("no output `{name}`"))?)?)
    };
    let list = json!(texts);
    let keys = Json::Object(texts.iter().map(|text| (text.clone(), json!("value"))).collect());
    let around = json!(texts.iter().map(|text| format!("{text}X{text}")).collect::<Vec<_>>());
    same("plain", &list, &output("plain"))?;
    same("in an expression", &list, &encoded("in_an_expression")?)?;
    same("as keys", &keys, &output("keys"))?;
    same("as keys in an expression", &keys, &encoded("keys_in_an_expression")?)?;
    same("in a template", &around, &output("in_a_template"))?;
    same("in a template in an expression", &around, &encoded("in_a_template_in_an_expression")?)
}

/// Names the first difference, not thousands of texts.
fn same(place: &str, written: &Json, read: &Json) -> Result<(), Failure> {
    if written == read {
        return Ok(());
    }
    let pairs: Vec<(String, String)> = match (written, read) {
        (Json::Array(written), Json::Array(read)) => {
            written.iter().zip(read).map(|(a, b)| (a.to_string(), b.to_string())).collect()
        }
        (Json::Object(written), Json::Object(read)) => {
            written.keys().cloned().zip(read.keys().cloned()).collect()
        }
        _ => Vec::new(),
    };
    let first = pairs.into_iter().find(|(written, read)| written != read);
    Err(format!("{place}: written and read differ, first in {first:?}").into())
}
