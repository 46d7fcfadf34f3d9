//! Values that must not be seen.

use localstack_tests::Failure;
use serde_json::{Value as Json, json};
use synth::{Local, Output, TerraformData, Value, Variable};

use crate::synthesized::validates;
use crate::{provider, refused, says, terraform_says, wrong};

#[test]
fn an_ephemeral_value_goes_only_where_nothing_keeps_it() -> Result<(), Failure> {
    provider::accepts("ephemeral")?;
    let variable = json!({ "e": { "ephemeral": true, "default": "x" } });
    let kept =
        json!({ "variable": variable, "resource": { "terraform_data": { "d": { "input": "${var.e}" } } } });
    says(&terraform_says("kept", &kept)?, "Invalid use of ephemeral value");
    let shown = json!({ "variable": variable, "output": { "o": { "value": "${var.e}" } } });
    says(&terraform_says("shown", &shown)?, "Ephemeral value not allowed");
    let row = "an_ephemeral_value_goes_only_where_nothing_keeps_it";
    wrong::does_not_compile(row, "From<Ephemeral<String>>");
    Ok(())
}

#[test]
fn a_write_only_argument_takes_no_literal() -> Result<(), Failure> {
    provider::accepts("ephemeral")?;
    let document = crate::written(provider::ephemeral)?;
    let version = &document["resource"]["aws_secretsmanager_secret_version"]["database"];
    assert_eq!(version["secret_string_wo"], "${local.password}");
    assert_eq!(version["secret_string_wo_version"], 1);
    assert_eq!(document["terraform"]["required_version"], ">= 1.11");
    wrong::does_not_compile(
        "a_write_only_argument_takes_no_literal",
        "cannot be used for a write-only argument: plaintext would stand in the configuration",
    );
    Ok(())
}

#[test]
fn a_sensitive_value_in_an_output_is_marked() -> Result<(), Failure> {
    let said = refused(|stack| {
        let secret = stack.add("secret", Variable::<String>::new().sensitive());
        stack.add("shown", Output::of(Value::<String>::of(secret.into_term())));
    });
    says(&said, "the output shows `s/secret`, which is sensitive: use `Output::of_sensitive`");
    wrong::does_not_compile("a_sensitive_value_in_an_output_is_marked", "From<Sensitive<String>>");
    let variable: Json = json!({ "s": { "sensitive": true, "default": "x" } });
    let unmarked = json!({ "variable": variable, "output": { "o": { "value": "${var.s}" } } });
    says(&terraform_says("unmarked", &unmarked)?, "Output refers to sensitive values");
    validates("sensitive", |stack| {
        let secret = stack.add("secret", Variable::<String>::new().sensitive());
        stack.add("hidden", Output::of_sensitive(secret.clone()));
        let local = stack.add("local", Local::of_sensitive(secret.clone().map(synth::functions::upper)));
        stack.add("local", Output::of_sensitive(local));
        stack.add("revealed", Output::of(secret.reveal("a test")));
        stack.add("data", TerraformData::new());
    })
}
