//! What other synthesizers were seen to get wrong.

use std::time::Duration;

use cpu_time::ThreadTime;
use localstack_tests::Failure;
use localstack_tests::terraform::Step;
use serde_json::{Value as Json, json};
use synth::{
    App, Lifecycle, List, Map, MetaArguments, Number, Output, Record, TerraformData, Value, Variable, concat,
    functions, object, resolve, resolve_recorded, text,
};

use crate::synthesized::{applies, folder, validate};
use crate::{says, terraform_says, written, wrong};

#[test]
fn text_of_a_user_is_never_evaluated() -> Result<(), Failure> {
    let state = applies("users", &[], |stack| {
        stack.add("HOST", Variable::<String>::new().default("evaluated"));
        stack.add("shell", Output::of(Value::from("echo ${HOST} ${var.HOST}")));
        stack.add("date", Output::of(Value::from("%{Y}-%{m}")));
        let data = TerraformData::new().input::<Map<String>>([("${var.HOST}", "%{X}")]);
        let data = stack.add("data", data);
        stack.add("data", Output::of(data.output::<Map<String>>()));
    })?;
    let output = |name: &str| state.output(name).cloned().unwrap_or_default();
    assert_eq!((output("shell"), output("date")), (json!("echo ${HOST} ${var.HOST}"), json!("%{Y}-%{m}")));
    assert_eq!(output("data"), json!({ "${var.HOST}": "%{X}" }));
    Ok(())
}

#[test]
fn every_way_to_write_text_escapes_both_signs() -> Result<(), Failure> {
    let state = applies("ways", &[], |stack| {
        let x = stack.add("x", Variable::<String>::new().default("X"));
        let texts: Value<List<String>> = Value::from([
            text!("%{{a}} ${{b}} {}", &x),
            concat(["%{a} ${b} ".into(), (&x).into()]),
            Value::from("%{a} ${b} ") + x.clone(),
            functions::format("%s", ["%{a} ${b} X"]),
            functions::replace("%{a} ${b} Y", "Y", &x),
        ]);
        stack.add("texts", Output::of(texts));
    })?;
    assert_eq!(state.output("texts"), Some(&json!(vec!["%{a} ${b} X"; 5])));
    Ok(())
}

#[test]
fn a_dollar_before_a_reference_does_not_swallow_it() -> Result<(), Failure> {
    let document = written(|stack| {
        let n = stack.add("n", Variable::<String>::new());
        stack.add("o", Output::of(text!("${}", n)));
    })?;
    assert_eq!(document["output"]["o"]["value"], "${\"$\"}${var.n}");
    let swallowed = json!({ "locals": { "n": "5" }, "output": { "o": { "value": "$${local.n}" } } });
    assert_eq!(terraform_says("swallowed", &swallowed)?, "", "terraform takes it for text, without a word");
    Ok(())
}

#[test]
fn dependencies_of_outputs_are_plain_text() -> Result<(), Failure> {
    let document = written(|stack| {
        let data = stack.add("data", TerraformData::new());
        let id = Output::of(Value::from("ready")).depends_on(data);
        stack.add("id", id.precondition(Value::from(data.id()).differs(""), "It has no id."));
    })?;
    assert_eq!(document["output"]["id"]["depends_on"], json!(["terraform_data.data"]));
    validate("dependencies", &document.to_string(), &[])?;
    let template = json!({ "output": { "o": { "value": 1, "depends_on": ["${terraform_data.data}"] } } });
    says(&terraform_says("template", &template)?, "A single static variable reference is required");
    Ok(())
}

#[test]
fn triggers_of_replacement_are_plain_text() -> Result<(), Failure> {
    let document = written(|stack| {
        let data = stack.add("data", TerraformData::new());
        let lifecycle = Lifecycle::new().replace_when_changed(data);
        stack.add("replaced", TerraformData::new().lifecycle(lifecycle));
    })?;
    let lifecycle = &document["resource"]["terraform_data"]["replaced"]["lifecycle"];
    assert_eq!(lifecycle["replace_triggered_by"], json!(["terraform_data.data"]));
    validate("triggers", &document.to_string(), &[])?;
    let lifecycle = json!({ "replace_triggered_by": ["${terraform_data.a}"] });
    let template = json!({ "resource": { "terraform_data": { "a": {}, "b": { "lifecycle": lifecycle } } } });
    says(&terraform_says("template", &template)?, "Expected the start of an expression");
    Ok(())
}

#[test]
fn ids_that_look_alike_stay_apart() -> Result<(), Failure> {
    let document = written(|stack| {
        for id in ["a.b", "ab", "a_b", "a-b", "s/ab/x", "s/a/b/x", "sabx"] {
            stack.add(id, TerraformData::new().input::<String>(id));
        }
    })?;
    let named = document["resource"]["terraform_data"].as_object().cloned().unwrap_or_default();
    assert_eq!(named.len(), 7);
    validate("alike", &document.to_string(), &[])
}

#[test]
fn ids_that_are_no_names_become_names() -> Result<(), Failure> {
    let document = written(|stack| {
        stack.add("1abc", TerraformData::new());
        stack.add("é", Output::of(Value::from("e")));
        stack.add("1.é", Variable::<String>::new());
    })?;
    validate("nameable", &document.to_string(), &[])
}

#[test]
fn arithmetic_on_a_number_that_comes_later_is_computed_later() -> Result<(), Failure> {
    let state = applies("later", &[], |stack| {
        let data = stack.add("data", TerraformData::new().input::<Number>(20));
        let later = Value::from(data.output::<Number>());
        stack.add("sum", Output::of(later.clone().plus(1).times(2)));
        stack.add("small", Output::of(later.below(21)));
    })?;
    assert_eq!((state.output("sum"), state.output("small")), (Some(&json!(42)), Some(&json!(true))));
    wrong::does_not_compile(
        "arithmetic_on_a_number_that_comes_later_is_computed_later",
        "cannot add `{integer}` to `Ref<Number>`",
    );
    Ok(())
}

#[test]
fn references_have_no_methods_of_strings() -> Result<(), Failure> {
    let state = applies("methods", &[], |stack| {
        let data = stack.add("data", TerraformData::new().input::<String>("a-b"));
        let parts = functions::split("-", data.output::<String>());
        stack.add("first", Output::of(functions::upper(parts.at(0))));
    })?;
    assert_eq!(state.output("first"), Some(&json!("A")));
    let row = "references_have_no_methods_of_strings";
    wrong::does_not_compile(row, "no method named `to_uppercase` found for struct `Ref<T>`");
    wrong::does_not_compile(row, "no method named `split` found for struct `Ref<T>`");
    Ok(())
}

#[test]
fn integers_above_two_to_the_53_keep_their_digits() -> Result<(), Failure> {
    let state = applies("digits", &[], |stack| {
        stack.add("text", Output::of(functions::tostring(Value::<Number>::from(9_007_199_254_740_993_i64))));
    })?;
    assert_eq!(state.output("text"), Some(&json!("9007199254740993")));
    Ok(())
}

#[test]
fn an_unmarked_output_of_a_sensitive_value_does_not_compile() -> Result<(), Failure> {
    let row = "an_unmarked_output_of_a_sensitive_value_does_not_compile";
    wrong::does_not_compile(row, "From<Sensitive<String>>");
    let document = written(|stack| {
        let token = stack.add("token", Variable::<String>::new().sensitive());
        stack.add("token", Output::of_sensitive(token.map(|token| text!("Bearer {}", token))));
    })?;
    assert_eq!(document["output"]["token"], json!({ "sensitive": true, "value": "Bearer ${var.token}" }));
    validate("marked", &document.to_string(), &[])
}

#[test]
fn variables_have_no_rust_types() -> Result<(), Failure> {
    wrong::does_not_compile(
        "variables_have_no_rust_types",
        "the trait bound `i64: VariableType` is not satisfied",
    );
    let document = written(|stack| drop(stack.add("n", Variable::<Number>::new().default(1))))?;
    assert_eq!(document["variable"]["n"]["type"], "number");
    validate("typed", &document.to_string(), &[])
}

#[test]
fn text_that_looks_like_a_reference_is_text() -> Result<(), Failure> {
    const TEXTS: &[&str] = &[
        "${local.x}",
        "%{ if true }a%{ endif }",
        "local.x",
        "${TfToken[TOKEN.0]}",
        "\0synth:0\0",
        "___24_",
        "var.x",
        "{{x}}",
        "${}",
    ];
    let state = applies("looks", &[], |stack| {
        stack.add("x", synth::Local::of(Value::from("not me")));
        stack.add("texts", Output::of(TEXTS.iter().copied().collect::<Value<List<String>>>()));
    })?;
    assert_eq!(state.output("texts"), Some(&json!(TEXTS)));
    Ok(())
}

/// The least processor time of three syntheses of resources that each refer to another one.
fn cost(resources: usize) -> Result<Duration, Failure> {
    let mut least = Duration::MAX;
    for _ in 0..3 {
        let mut app = App::new();
        let mut stack = app.stack("s");
        let mut last = stack.add("first", TerraformData::new());
        let start = ThreadTime::now();
        for number in 0..resources {
            last = stack.add(format!("r{number}"), TerraformData::new().input::<String>(last.id()));
        }
        resolve(app)?;
        least = least.min(start.elapsed());
    }
    Ok(least)
}

#[test]
fn ten_times_the_resources_take_about_ten_times_the_time() -> Result<(), Failure> {
    let (few, many) = (cost(1_000)?, cost(10_000)?);
    // Quadratic would be a hundred times; sorting, memory and a busy machine take some.
    assert!(many < 40 * few, "{few:?} became {many:?}");
    Ok(())
}

#[test]
fn unset_arguments_are_not_written() -> Result<(), Failure> {
    let document = written(|stack| {
        stack.add("data", TerraformData::new());
        stack.add("v", Variable::<String>::new());
        stack.add("o", Output::of(object! { "null" => synth::null::<String>() }));
    })?;
    assert_eq!(document["resource"]["terraform_data"]["data"], json!({}));
    assert_eq!(document["variable"]["v"], json!({ "nullable": false, "type": "string" }));
    assert_eq!(document["output"]["o"]["value"], json!({ "null": null }), "a null of the author's stays");
    validate("unset", &document.to_string(), &[])
}

#[test]
fn a_missing_required_argument_does_not_compile() {
    let row = "a_missing_required_argument_does_not_compile";
    wrong::does_not_compile(row, "required argument `name` is not set");
}

#[test]
fn a_renamed_construct_keeps_its_resource() -> Result<(), Failure> {
    let mut record = Record::default();
    let mut document = |id: &'static str| -> Result<String, Failure> {
        let mut app = App::new();
        app.stack("s").add(id, TerraformData::new().input::<String>("kept"));
        let mut documents = resolve_recorded(app, &mut record)?;
        Ok(documents.pop().ok_or("no document")?.json)
    };
    let (before, after) = (document("before")?, document("after")?);
    let mut terraform = folder("renamed", &before, &[])?;
    terraform.run(Step::Apply, &["-json", "-auto-approve", "-input=false"], &|| Ok(()))?;
    std::fs::write(terraform.folder().path().join("main.tf.json"), &after)?;
    let planned = terraform.run(Step::Plan, &["-json", "-input=false"], &|| Ok(()))?;
    terraform.folder().remove()?;
    let summary = planned.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
    let changes = summary.filter_map(|line| line.get("changes").cloned()).next_back().unwrap_or_default();
    assert_eq!((&changes["add"], &changes["remove"]), (&json!(0), &json!(0)), "{planned}");
    says(&after, "\"from\": \"terraform_data.before\"");
    Ok(())
}
