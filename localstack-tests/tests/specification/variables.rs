//! Variables, numbers, and what else Terraform takes as it is written.

use localstack_tests::Failure;
use serde_json::json;
use synth::{Check, Module, Number, Output, TerraformData, Value, Variable, object};

use crate::synthesized::{applies, apply, document};
use crate::{refused, says, terraform_says, written, wrong};

#[test]
fn defaults_and_descriptions_are_literal() -> Result<(), Failure> {
    let state = applies("variables", &[], |stack| {
        let text = stack.add("text", Variable::new().default("$${x} ${y} %{z}").description("${a} %{b}"));
        stack.add("text", Output::of::<String>(text).description("${a} %{b}"));
    })?;
    assert_eq!(state.output("text"), Some(&json!("$${x} ${y} %{z}")));

    let said = refused(|stack| {
        let data = stack.add("data", TerraformData::new());
        stack.add("of", Variable::<String>::new().default(data.id()));
    });
    says(&said, "`default` must be a literal: Terraform evaluates no expressions there");
    wrong::does_not_compile("defaults_and_descriptions_are_literal", "SmolStr: From<Ref<String>>");
    Ok(())
}

#[test]
fn types_of_variables_are_terraforms() -> Result<(), Failure> {
    let state = applies("constraints", &[], |stack| {
        let constraint = "object({name = string, size = optional(number, 3)})";
        let object = stack.add("object", Variable::of_type(constraint).default(object! { "name" => "n" }));
        stack.add("object", Output::of(object));
    })?;
    assert_eq!(state.output("object"), Some(&json!({ "name": "n", "size": 3 })));

    for kind in ["int", "float", "${string}"] {
        let document = json!({ "variable": { "v": { "type": kind } } });
        says(&terraform_says("constraint", &document)?, "Invalid type specification");
        let said = refused(|stack| drop(stack.add("v", Variable::of_type(kind))));
        says(&said, &format!("`type` is `{kind}`, which "));
    }
    Ok(())
}

#[test]
fn conditions_refer_to_something() -> Result<(), Failure> {
    let refers = written(|stack| {
        let n = stack.add("n", Variable::<Number>::new().default(1));
        stack.add("few", Check::that(Value::from(n).below(2), "too many"));
    })?;
    let assertions = json!([{ "condition": "${var.n < 2}", "error_message": "too many" }]);
    assert_eq!(refers["check"]["few"]["assert"], assertions);
    apply("conditions", &refers.to_string(), &[])?;

    let rules = json!([{ "condition": true, "error_message": "Never." }]);
    let literal = json!({ "variable": { "v": { "validation": rules } } });
    says(&terraform_says("literal", &literal)?, "Invalid variable validation condition");
    let said = refused(|stack| stack.add("few", Check::that(true, "never")));
    says(&said, "a condition of `assert` refers to nothing: it would check nothing");
    Ok(())
}

#[test]
fn the_terraform_block_and_sources_of_modules_are_literal() -> Result<(), Failure> {
    let document = written(|stack| {
        stack.backend(synth::Backend::http("https://example.com/${state}"));
        stack.add("m", Module::new("./${a folder}").version("${any}"));
    })?;
    assert_eq!(document["terraform"]["backend"]["http"]["address"], "https://example.com/${state}");
    assert_eq!(document["module"]["m"]["source"], "./${a folder}");

    let evaluated = json!({ "locals": { "v": "1" }, "terraform": { "required_version": "${local.v}" } });
    says(&terraform_says("evaluated", &evaluated)?, "Invalid version constraint");
    let module = r#"{"output": {"o": {"value": 1}}}"#;
    let state = applies("sources", &[("${a folder}/main.tf.json", module)], |stack| {
        let module = stack.add("m", Module::new("./${a folder}"));
        stack.add("o", Output::of(module.output::<Number>("o")));
    })?;
    assert_eq!(state.output("o"), Some(&json!(1)));
    Ok(())
}

#[test]
fn numbers_keep_every_digit() -> Result<(), Failure> {
    let document = document(|stack| {
        stack.add("above", Output::of::<Number>(9_007_199_254_740_993_i64));
        stack.add("far", Output::of::<Number>(u128::MAX));
        let variable = stack.add("variable", Variable::<Number>::new().default(i64::MIN));
        stack.add("variable", Output::of::<Number>(variable));
    })?;
    let shown = apply("numbers", &document, &[])?;
    for digits in ["9007199254740993", "340282366920938463463374607431768211455", "-9223372036854775808"] {
        assert!(shown.contains(&format!("\"value\":{digits}")), "{digits} in {shown}");
    }
    let said = refused(|stack| stack.add("nan", Output::of::<Number>(f64::NAN)));
    says(&said, "`value` is NaN, which Terraform has no number for");
    Ok(())
}
