//! What is there already: blocks about existing objects, and comments.

use localstack_tests::Failure;
use serde_json::json;
use synth::{Check, Local, Map, Number, Output, Removal, Set, TerraformData, Value, Variable, object};

use crate::synthesized::{applies, validate};
use crate::{says, terraform_says, written};

#[test]
fn moved_import_removed_and_check_are_arrays_of_blocks() -> Result<(), Failure> {
    let document = written(|stack| {
        let data = stack.add("new", TerraformData::new());
        stack.moved("terraform_data.old", data);
        stack.removed("terraform_data.forgotten", Removal::Forget);
        stack.removed("terraform_data.destroyed", Removal::Destroy);
        stack.import(data, "an-id");
        let ids = Value::<Map<String>>::from([("a", "id-of-a")]);
        let keys: Value<Set<String>> = ["a"].into();
        let several = stack.add_for_each("several", keys, |_| TerraformData::new());
        stack.import_each(several, ids);
        let n = stack.add("n", Variable::<Number>::new().default(1));
        stack.add("few", Check::that(Value::from(n).below(2), "too many"));
    })?;
    assert_eq!(document["moved"], json!([{ "from": "terraform_data.old", "to": "terraform_data.new" }]));
    let each = json!({ "for_each": { "a": "id-of-a" }, "id": "${each.value}", "to": "terraform_data.several[each.key]" });
    assert_eq!(document["import"], json!([{ "id": "an-id", "to": "terraform_data.new" }, each]));
    let removed = |name: &str, destroy: bool| json!({ "from": format!("terraform_data.{name}"), "lifecycle": { "destroy": destroy } });
    assert_eq!(document["removed"], json!([removed("forgotten", false), removed("destroyed", true)]));
    assert_eq!(document["check"]["few"]["assert"][0]["error_message"], "too many");
    assert_eq!(document["terraform"]["required_version"], ">= 1.7");
    validate("existing", &document.to_string(), &[])?;

    let template = json!({ "moved": [{ "from": "${terraform_data.a}", "to": "terraform_data.b" }] });
    says(&terraform_says("template", &template)?, "A single static variable reference is required");
    Ok(())
}

#[test]
fn a_key_of_two_slashes_is_data_and_never_a_comment() -> Result<(), Failure> {
    let state = applies("slashes", &[], |stack| {
        let map = Value::<Map<String>>::from([("//", "kept"), ("a", "b")]);
        let map = stack.add("//", Local::of(map));
        stack.add("map", Output::of(map));
        stack.add("object", Output::of(object! { "//" => 1 }));
        let nested = stack.add("//", Variable::of_type("any").default(object! { "//" => "default" }));
        stack.add("default", Output::of(nested));
    })?;
    assert_eq!(state.output("map"), Some(&json!({ "//": "kept", "a": "b" })));
    assert_eq!(state.output("object"), Some(&json!({ "//": 1 })));
    assert_eq!(state.output("default"), Some(&json!({ "//": "default" })));

    let label = json!({ "output": { "//": "a comment" } });
    says(&terraform_says("label", &label)?, "Incorrect JSON value type");
    Ok(())
}
