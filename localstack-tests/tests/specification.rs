//! What a synthesizer of Terraform JSON must get right, row by row, each asked of terraform itself.

mod synthesized;

use localstack_tests::Failure;
use serde_json::{Value as Json, json};
use synth::aws::{self, iam, secretsmanager};
use synth::{
    Blocks, Expression, Lifecycle, List, Local, MetaArguments, Number, Output, Scope, Term, TerraformData,
    Value, Variable, object,
};
use synthesized::{applies, apply, document, validates};

fn refused(build: impl FnOnce(&mut Scope<'_>)) -> String {
    match document(build) {
        Ok(json) => format!("nothing was refused: {json}"),
        Err(problems) => problems.to_string(),
    }
}

#[test]
fn a_whole_reference_keeps_its_type() -> Result<(), Failure> {
    let state = applies("types", &[], |stack| {
        let list = stack.add("list", Local::of(Value::<List<Number>>::from([1, 2])));
        stack.add("list", Output::of(list));
        let object = stack.add("object", Local::of(object! { "a" => 1, "b" => ["x"], "c" => true }));
        stack.add("object", Output::of(object));
    })?;
    assert_eq!(state.output("list"), Some(&json!([1, 2])));
    assert_eq!(state.output("object"), Some(&json!({ "a": 1, "b": ["x"], "c": true })));
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
    Ok(())
}

#[test]
fn defaults_descriptions_and_type_constraints_are_literal() -> Result<(), Failure> {
    let state = applies("variables", &[], |stack| {
        let text = stack.add("text", Variable::new().default("$${x} ${y} %{z}").description("${a} %{b}"));
        stack.add("text", Output::of::<String>(text).description("${a} %{b}"));
        let constraint = "object({name = string, size = optional(number, 3)})";
        let object = stack.add("object", Variable::of_type(constraint).default(object! { "name" => "n" }));
        stack.add("object", Output::of(object));
    })?;
    assert_eq!(state.output("text"), Some(&json!("$${x} ${y} %{z}")));
    assert_eq!(state.output("object"), Some(&json!({ "name": "n", "size": 3 })));
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
    Ok(())
}

#[test]
fn every_change_can_be_ignored() -> Result<(), Failure> {
    validates("ignored", |stack| {
        stack.add("all", TerraformData::new().lifecycle(Lifecycle::new().ignore_all_changes()));
        let one = Lifecycle::new().ignore_changes("input").ignore_changes("triggers_replace[\"a.b\"]");
        stack.add("some", TerraformData::new().lifecycle(one));
    })
}

#[test]
fn no_blocks_are_none_and_one_is_one() -> Result<(), Failure> {
    validates("blocks", |stack| {
        aws::Provider::new().region("us-east-1").configure(stack);
        let none: Vec<iam::data::PolicyDocumentStatement> = Vec::new();
        stack.add("none", iam::data::PolicyDocument::new().statement(Blocks::from(none)));
        let one = iam::data::PolicyDocumentStatement::new().actions(["s3:ListAllMyBuckets"]).resources(["*"]);
        stack.add("one", iam::data::PolicyDocument::new().statement(one));
    })
}

#[test]
fn an_ephemeral_value_reaches_a_write_only_argument() -> Result<(), Failure> {
    validates("ephemeral", |stack| {
        aws::Provider::new().region("us-east-1").configure(stack);
        let password = stack.add("password", secretsmanager::ephemeral::RandomPassword::new());
        let local = stack.add("password", Local::of_ephemeral(password.random_password()));
        let secret = stack.add("database", secretsmanager::Secret::new().name("database"));
        let version = secretsmanager::SecretVersion::new()
            .secret_id(secret.id())
            .secret_string_wo(local)
            .secret_string_wo_version(1);
        stack.add("database", version);
    })
}

#[test]
fn a_second_default_configuration_is_refused() {
    let said = refused(|stack| {
        aws::Provider::new().region("us-east-1").configure(stack);
        aws::Provider::new().region("us-west-2").configure(stack);
    });
    assert!(said.contains("there are two of `aws`"), "{said}");
}

#[test]
fn a_sensitive_value_in_an_output_is_marked_or_refused() -> Result<(), Failure> {
    let said = refused(|stack| {
        let secret = stack.add("secret", Variable::<String>::new().sensitive());
        stack.add("shown", Output::of(Value::<String>::of(secret.into_term())));
    });
    assert!(said.contains("the output shows `s/secret`, which is sensitive"), "{said}");
    validates("sensitive", |stack| {
        let secret = stack.add("secret", Variable::<String>::new().sensitive());
        stack.add("hidden", Output::of_sensitive(secret.clone()));
        stack.add("revealed", Output::of(secret.reveal("a test")));
    })
}

#[test]
fn text_that_looks_like_a_reference_is_text() -> Result<(), Failure> {
    let state = applies("looks", &[], |stack| {
        stack.add("x", Local::of(Value::from("not me")));
        for (name, text) in
            [("interpolation", "${local.x}"), ("directive", "%{ if true }a%{ endif }"), ("bare", "local.x")]
        {
            stack.add(name, Output::of(Value::from(text)));
        }
    })?;
    let output = |name: &str| state.output(name).and_then(Json::as_str).unwrap_or_default();
    assert_eq!(output("interpolation"), "${local.x}");
    assert_eq!(output("directive"), "%{ if true }a%{ endif }");
    assert_eq!(output("bare"), "local.x");
    Ok(())
}
