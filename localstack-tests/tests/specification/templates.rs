//! Templates: what is text, and what Terraform evaluates.

use localstack_tests::Failure;
use serde_json::{Value as Json, json};
use synth::{
    Expression, List, Local, Map, Number, Output, Ref, Term, Value, Variable, functions, object, text,
};

use crate::synthesized::applies;
use crate::{says, terraform_says, wrong};

#[test]
fn a_whole_interpolation_keeps_its_type() -> Result<(), Failure> {
    let state = applies("types", &[], |stack| {
        let list = stack.add("list", Local::of(Value::<List<Number>>::from([1, 2])));
        stack.add("list", Output::of(list));
        let object = stack.add("object", Local::of(object! { "a" => 1, "b" => ["x"], "c" => true }));
        stack.add("object", Output::of(object));
    })?;
    assert_eq!(state.output("list"), Some(&json!([1, 2])));
    assert_eq!(state.output("object"), Some(&json!({ "a": 1, "b": ["x"], "c": true })));

    let around = json!({ "locals": { "l": [1] }, "output": { "o": { "value": "x${local.l}" } } });
    says(&terraform_says("around", &around)?, "Invalid template interpolation value");
    wrong::does_not_compile(
        "a_whole_interpolation_keeps_its_type",
        "`Ref<List<Number>>` cannot stand in text",
    );
    Ok(())
}

#[test]
fn literal_text_is_escaped() -> Result<(), Failure> {
    const TEXTS: &[&str] =
        &["${local.x}", "%{if true}a%{endif}", "$", "%", "$$", "%%", "$${x}", "%%{x}", "$$${x}", "a$", "{}"];
    let state = applies("escaped", &[], |stack| {
        stack.add("x", Local::of(Value::from("evaluated")));
        stack.add("texts", Output::of(TEXTS.iter().copied().collect::<Value<List<String>>>()));
    })?;
    assert_eq!(state.output("texts"), Some(&json!(TEXTS)));

    let unescaped = json!({ "output": { "o": { "value": "${HOST}" } } });
    says(&terraform_says("unescaped", &unescaped)?, "Invalid reference");
    Ok(())
}

#[test]
fn a_dollar_right_before_a_reference_is_text() -> Result<(), Failure> {
    let state = applies("dollar", &[], |stack| {
        let price = stack.add("price", Local::of(Value::from("5")));
        stack.add("dollar", Output::of(text!("${}", price.clone())));
        stack.add("percent", Output::of(text!("%{}", price.clone())));
        stack.add("joined", Output::of(Value::from("$$") + price.clone()));
        stack.add("in_an_expression", Output::of(functions::upper(text!("a${}", price))));
    })?;
    let output = |name: &str| state.output(name).cloned().unwrap_or_default();
    assert_eq!((output("dollar"), output("percent")), (json!("$5"), json!("%5")));
    assert_eq!((output("joined"), output("in_an_expression")), (json!("$$5"), json!("A$5")));
    Ok(())
}

#[test]
fn keys_of_objects_in_expressions_are_escaped() -> Result<(), Failure> {
    let state = applies("keys", &[], |stack| {
        stack.add("x", Local::of(Value::from("evaluated")));
        let map = Value::<Map<String>>::from([("${local.x}", "a"), ("%{x", "b"), ("\"", "c"), ("a b", "d")]);
        stack.add("keys", Output::of(functions::keys(map.clone())));
        stack.add("map", Output::of(map));
    })?;
    assert_eq!(state.output("keys"), Some(&json!(["\"", "${local.x}", "%{x", "a b"])));
    assert_eq!(state.output("map"), Some(&json!({ "${local.x}": "a", "%{x": "b", "\"": "c", "a b": "d" })));
    Ok(())
}

#[test]
fn strings_in_expressions_are_escaped() -> Result<(), Failure> {
    let text = "\"quoted\" \\x41 \\n ${local.x} %{x} line\nbreak\ttab\r\u{1}\u{7f}é";
    let state = applies("strings", &[], |stack| {
        stack.add("text", Output::of(functions::jsonencode(Value::from(text))));
    })?;
    let encoded = state.output("text").and_then(Json::as_str).unwrap_or_default();
    assert_eq!(serde_json::from_str::<String>(encoded)?, text);
    for (name, broken) in [("newline", "${upper(\"a\nb\")}"), ("escape", "${upper(\"\\x41\")}")] {
        let said = terraform_says(name, &json!({ "output": { "o": { "value": broken } } }))?;
        says(&said, if name == "newline" { "Invalid multi-line string" } else { "Invalid escape sequence" });
    }
    Ok(())
}

#[test]
fn operators_are_set_apart_and_odd_members_are_quoted() -> Result<(), Failure> {
    let state = applies("operators", &[], |stack| {
        let x: Value<Number> = stack.add("x-1", Variable::<Number>::new().default(5)).into();
        stack.add("difference", Output::of::<Number>(x.clone().minus(1)));
        stack.add("quotient", Output::of::<Number>(x.clone().plus(1).divided_by(x.minus(2))));
        let object = stack.add("object", Local::of(object! { "0a" => 7, "b c" => 8, "${x}" => 9 }));
        for (name, member) in [("digit", "0a"), ("space", "b c"), ("template", "${x}")] {
            let Term::Expression(whole) = object.term().clone() else { return };
            let member: Value<Number> = Value::of(Expression::Attribute(Box::new(whole), member.into()));
            stack.add(name, Output::of(member));
        }
    })?;
    let output = |name: &str| state.output(name).cloned().unwrap_or_default();
    assert_eq!((output("difference"), output("quotient")), (json!(4), json!(2)));
    assert_eq!((output("digit"), output("space"), output("template")), (json!(7), json!(8), json!(9)));

    let unquoted = json!({ "locals": { "o": { "0a": 1 } }, "output": { "o": { "value": "${local.o.0a}" } } });
    says(&terraform_says("unquoted", &unquoted)?, "Extra characters after interpolation expression");
    Ok(())
}

#[test]
fn json_that_holds_references_is_encoded_by_terraform() -> Result<(), Failure> {
    let state = applies("json", &[], |stack| {
        let name: Ref<String> = stack.add("name", Variable::<String>::new().default("a \"quoted\" name"));
        stack.add("policy", Output::of(functions::jsonencode(object! { "Name" => name, "${x}" => "%{y}" })));
    })?;
    let policy = state.output("policy").and_then(Json::as_str).unwrap_or_default();
    let expected = json!({ "Name": "a \"quoted\" name", "${x}": "%{y}" });
    assert_eq!(serde_json::from_str::<Json>(policy)?, expected);

    let serialized = json!({
        "locals": { "name": "a \"quoted\" name" },
        "output": { "o": { "value": "${jsondecode(\"{\\\"Name\\\":\\\"${local.name}\\\"}\")}" } }
    });
    says(&terraform_says("serialized", &serialized)?, "Error in function call");
    Ok(())
}
