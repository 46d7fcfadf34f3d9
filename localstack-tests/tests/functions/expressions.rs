//! Terraform computes `for` expressions, indexes, splats, text and functions of providers as they are meant.

use localstack_tests::Failure;
use localstack_tests::terraform::State;
use serde_json::{Value as Json, json};
use synth::aws::functions as aws;
use synth::{
    App, Backend, List, Local, Map, Number, Output, Scope, TerraformData, Value, conditional, functions,
    null, text,
};
use synth_testing::Synthesized;

use crate::synthesized;

/// An output and the value that it must have.
type Expected = (&'static str, Json);

fn collections(stack: &mut Scope<'_>) -> Vec<Expected> {
    let names = stack.add("names", Local::of(Value::<List<String>>::from(["web", "api", "db"])));
    let sizes = stack.add("sizes", Local::of(Value::<Map<Number>>::from([("small", 1), ("large", 9)])));
    stack.add("mapped", Output::of(names.clone().map_each(|name| text!("{}!", name))));
    stack.add("indexed", Output::of(names.clone().map_indexed(|index, name| text!("{}{}", index, name))));
    stack.add("filtered", Output::of(names.clone().filter(|name| functions::length(name).at_least(3))));
    let lengths = names.clone().to_map(|name| (name.clone(), functions::length(name)));
    stack.add("lengths", Output::of(lengths));
    let grouped = names.clone().group_by(|name| functions::format("%d", [functions::length(name)]));
    stack.add("grouped", Output::of(grouped));
    let pairs = names.clone().map_each(|a| names.clone().map_each(|b| text!("{}{}", &a, b)));
    stack.add("pairs", Output::of(functions::slice(functions::flatten(pairs), 0, 2)));
    stack.add("doubled", Output::of(sizes.clone().map_values(|_, size| size.times(2).negated())));
    stack.add("large", Output::of(sizes.clone().filter(|_, size| size.above(1))));
    let unique = functions::toset(names.clone()).filter(|name| name.differs("db"));
    stack.add("unique", Output::of(unique));
    vec![
        ("mapped", json!(["web!", "api!", "db!"])),
        ("indexed", json!(["0web", "1api", "2db"])),
        ("filtered", json!(["web", "api"])),
        ("lengths", json!({ "web": 3, "api": 3, "db": 2 })),
        ("grouped", json!({ "3": ["web", "api"], "2": ["db"] })),
        ("pairs", json!(["webweb", "webapi"])),
        ("doubled", json!({ "small": -2, "large": -18 })),
        ("large", json!({ "large": 9 })),
        ("unique", json!(["api", "web"])),
    ]
}

fn single_values(stack: &mut Scope<'_>) -> Vec<Expected> {
    let names = stack.add("few", Local::of(Value::<List<String>>::from(["a", "b"])));
    let empty = functions::length(names.clone()).equals(0);
    let known: Value<List<String>> = ["x"].into();
    stack.add("indexed_choice", Output::of(conditional(empty.clone(), known, &names).at(1)));
    let sizes: Value<Map<Number>> = [("${one}", 1)].into();
    stack.add("keyed_literal", Output::of(sizes.key("${one}")));
    stack.add("splat", Output::of(names.clone().at(0).splat()));
    let absent = conditional(empty.clone(), "given", null());
    stack.add("absent", Output::of(functions::coalesce((absent, "default"))));
    stack.add("negated", Output::of(empty.negated()));
    stack.add("text", Output::of(text!("{{{}}} ${{x}} {}", names.at(0), 7)));
    let arn = aws::arn_parse("arn:aws:iam::123456789012:role/path/name");
    stack.add("account", Output::of(arn.account_id()));
    stack.add("trimmed", Output::of(aws::trim_iam_role_path("arn:aws:iam::123456789012:role/path/name")));
    stack.add("built", Output::of(aws::arn_build("aws", "s3", "", "", text!("{}/*", arn.resource()))));
    vec![
        ("indexed_choice", json!("b")),
        ("keyed_literal", json!(1)),
        ("splat", json!(["a"])),
        ("absent", json!("default")),
        ("negated", json!(true)),
        ("text", json!("{a} ${x} 7")),
        ("account", json!("123456789012")),
        ("trimmed", json!("arn:aws:iam::123456789012:role/name")),
        ("built", json!("arn:aws:s3:::role/path/name/*")),
    ]
}

#[test]
fn expressions_compute_what_they_say() -> Result<(), Failure> {
    let mut app = App::new();
    let mut stack = app.stack("expressions");
    let expected = [collections(&mut stack), single_values(&mut stack)].concat();
    let expressions = Synthesized::app(app).pop().ok_or("no stack")?;
    expressions.valid();
    let state = State::read(&synthesized::apply("expressions", expressions.text(), &[])?)?;
    let given: Vec<Expected> =
        expected.iter().map(|(name, _)| (*name, state.output(name).cloned().unwrap_or_default())).collect();
    assert_eq!(given, expected);
    Ok(())
}

#[test]
fn a_stack_of_a_test_is_planned_wherever_its_state_is() -> Result<(), Failure> {
    let program = synthesized::engine()?.program;
    let stack = Synthesized::stack(|stack| {
        let name = stack.add("name", Local::of(Value::from("shop")));
        stack.backend(Backend::http("http://localhost:1"));
        stack.add("data", TerraformData::new().input::<String>(name));
    });
    stack.plans(&program);
    let broken = Synthesized::stack(|stack| stack.add("number", Output::of(functions::tonumber("x"))));
    let panic = std::panic::catch_unwind(|| broken.plans(&program)).err().ok_or("it was planned")?;
    let said = panic.downcast_ref::<String>().ok_or("it says nothing")?;
    assert!(said.starts_with("terraform cannot plan the stack") && said.contains("tonumber"), "{said}");
    Ok(())
}
