//! Meta-arguments: what Terraform reads as plain text, as a literal, or as a collection of a kind.

use localstack_tests::Failure;
use serde_json::json;
use synth::{
    Lifecycle, List, Local, Map, MetaArguments, Module, Number, Output, Provisioner, Removal, Set,
    TerraformData, Value, Variable, functions,
};

use crate::synthesized::{applies, apply, validate};
use crate::{refused, says, terraform_says, written, wrong};

#[test]
fn references_are_plain_text_where_terraform_wants_them() -> Result<(), Failure> {
    let module = r#"{"resource": {"terraform_data": {"d": {}}}}"#;
    let document = written(|stack| {
        let first = stack.add("first", TerraformData::new());
        let replaced = Lifecycle::new().replace_when_changed(first).replace_when(first.id());
        let provisioner = Provisioner::local_exec("true").when_destroyed();
        let second = TerraformData::new().depends_on(first).lifecycle(replaced).provisioner(provisioner);
        let second = stack.add("second", second);
        stack.add("module", Module::new("./m").depends_on(second));
        stack.moved("terraform_data.old", first);
        stack.removed("terraform_data.gone", Removal::Forget);
        stack.add("o", Output::of(second.id()).depends_on(first));
    })?;
    let second = &document["resource"]["terraform_data"]["second"];
    assert_eq!(second["depends_on"], json!(["terraform_data.first"]));
    let triggers = json!(["terraform_data.first", "terraform_data.first.id"]);
    assert_eq!(second["lifecycle"]["replace_triggered_by"], triggers);
    assert_eq!(second["provisioner"][0]["local-exec"]["when"], "destroy");
    assert_eq!(document["output"]["o"]["depends_on"], json!(["terraform_data.first"]));
    assert_eq!(document["module"]["module"]["depends_on"], json!(["terraform_data.second"]));
    validate("plain", &document.to_string(), &[("m/main.tf.json", module)])?;

    let attribute = json!({ "resource": { "terraform_data": { "a": {}, "b": { "depends_on": ["terraform_data.a.id"] } } } });
    says(&terraform_says("attribute", &attribute)?, "Invalid depends_on reference");
    wrong::does_not_compile(
        "references_are_plain_text_where_terraform_wants_them",
        "the trait bound `Ref<String>: Handle` is not satisfied",
    );
    let said = refused(|stack| {
        let data = stack.add("data", TerraformData::new());
        stack.moved("${terraform_data.old}", data);
    });
    says(&said, "`from` is `${terraform_data.old}`, which is an expression: Terraform wants an address");
    Ok(())
}

#[test]
fn ignored_changes_are_all_or_paths() -> Result<(), Failure> {
    let document = written(|stack| {
        let all = Lifecycle::new().ignore_all_changes().ignore_changes("input");
        stack.add("all", TerraformData::new().lifecycle(all));
        let some = Lifecycle::new().ignore_changes("input").ignore_changes("triggers_replace[\"a.b\"]");
        stack.add("some", TerraformData::new().lifecycle(some));
    })?;
    let ignored = |name: &str| &document["resource"]["terraform_data"][name]["lifecycle"]["ignore_changes"];
    assert_eq!(ignored("all"), "all");
    assert_eq!(ignored("some"), &json!(["input", "triggers_replace[\"a.b\"]"]));
    apply("ignored", &document.to_string(), &[])?;

    for (wildcard, complaint) in [("all", "Unsupported attribute"), ("*", "Invalid ignore_changes wildcard")]
    {
        let lifecycle = json!({ "ignore_changes": [wildcard] });
        let document = json!({ "resource": { "terraform_data": { "d": { "lifecycle": lifecycle } } } });
        says(&terraform_says("wildcard", &document)?, complaint);
        let said = refused(|stack| {
            let lifecycle = Lifecycle::new().ignore_changes(wildcard);
            stack.add("d", TerraformData::new().lifecycle(lifecycle));
        });
        says(&said, &format!("`ignore_changes` has `{wildcard}` in a list of arguments"));
    }
    Ok(())
}

#[test]
fn prevent_destroy_and_sensitive_are_literal() -> Result<(), Failure> {
    let document = written(|stack| {
        let data = TerraformData::new().lifecycle(Lifecycle::new().prevent_destroy());
        stack.add("kept", data);
        let token = stack.add("token", Variable::<String>::new().sensitive());
        stack.add("token", Output::of_sensitive(token));
    })?;
    assert_eq!(document["resource"]["terraform_data"]["kept"]["lifecycle"]["prevent_destroy"], true);
    assert_eq!(
        (&document["variable"]["token"]["sensitive"], &document["output"]["token"]["sensitive"]),
        (&json!(true), &json!(true))
    );
    validate("literal", &document.to_string(), &[])?;

    let lifecycle = json!({ "prevent_destroy": "${true}" });
    let document = json!({ "resource": { "terraform_data": { "d": { "lifecycle": lifecycle } } } });
    says(&terraform_says("expression", &document)?, "Unsuitable value type");
    wrong::does_not_compile(
        "prevent_destroy_and_sensitive_are_literal",
        "takes 0 arguments but 1 argument was supplied",
    );
    Ok(())
}

#[test]
fn for_each_goes_through_maps_and_sets() -> Result<(), Failure> {
    let state = applies("each", &[], |stack| {
        let set: Value<Set<String>> = ["b", "a"].into();
        let named = stack.add_for_each("named", set, |each| TerraformData::new().input::<String>(each.key()));
        let map = Value::<Map<Number>>::from([("x", 1)]);
        let keyed =
            stack.add_for_each("keyed", map, |each| TerraformData::new().input::<Number>(each.value()));
        let list = stack.add("list", Local::of(Value::<List<String>>::from(["c"])));
        let listed = stack.add_for_each("listed", functions::toset(list), |_| TerraformData::new());
        stack.add("named", Output::of(named.all(|data| data.output::<String>())));
        stack.add("keyed", Output::of(keyed.all(|data| data.output::<Number>())));
        stack.add("listed", Output::of(functions::length(listed.all(|data| data.id()))));
    })?;
    let output = |name: &str| state.output(name).cloned().unwrap_or_default();
    assert_eq!(output("named"), json!({ "a": "a", "b": "b" }));
    assert_eq!((output("keyed"), output("listed")), (json!({ "x": 1 }), json!(1)));

    let array = json!({ "resource": { "terraform_data": { "d": { "for_each": ["a"] } } } });
    says(&terraform_says("array", &array)?, "Invalid for_each argument");
    let both = json!({ "resource": { "terraform_data": { "d": { "for_each": {}, "count": 1 } } } });
    says(&terraform_says("both", &both)?, "Invalid combination of \"count\" and \"for_each\"");
    wrong::does_not_compile("for_each_goes_through_maps_and_sets", "Value<List<String>>: Entries<_>");
    wrong::does_not_compile("for_each_goes_through_maps_and_sets", "Sensitive<Map<String>>: Entries<_>");
    Ok(())
}
