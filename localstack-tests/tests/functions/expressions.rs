//! Terraform computes `for` expressions, indexes, splats, text and functions of providers as they are meant.

use localstack_tests::Failure;
use localstack_tests::terraform::{State, Step};
use serde_json::{Value as Json, json};
use synth::aws::functions as aws;
use synth::{App, List, Local, Map, Number, Output, Scope, Value, conditional, functions, resolve, text};

use crate::folder;

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
    let documents = resolve(app)?;
    let [document] = documents.as_slice() else { return Err("expected one document".into()) };
    let mut terraform = folder::of("expressions", &document.json)?;
    terraform.run(Step::Apply, &["-json", "-auto-approve", "-input=false"], &|| Ok(()))?;
    let state = State::read(&terraform.run(Step::Show, &["-json"], &|| Ok(()))?)?;
    terraform.folder().remove()?;
    let given: Vec<Expected> =
        expected.iter().map(|(name, _)| (*name, state.output(name).cloned().unwrap_or_default())).collect();
    assert_eq!(given, expected);
    Ok(())
}
