//! Names of elements.

use localstack_tests::Failure;
use serde_json::json;
use synth::{Map, Output, TerraformData, Value};

use crate::synthesized::apply;
use crate::{refused, says, terraform_says, written};

/// Ids that are no names, and ids that look alike once they are names.
const IDS: &[&str] = &[
    "1abc", "1a", "é", "a.b", "ab", "a b", "a-b", "a_b", "a__b", "a/b", "-", "_", "//", "${x}", "\"", "日本",
    "a\n",
];

#[test]
fn any_id_becomes_a_legal_name() -> Result<(), Failure> {
    let document = written(|stack| {
        for id in IDS {
            stack.add(*id, TerraformData::new().input::<String>(*id));
        }
    })?;
    let named = document["resource"]["terraform_data"].as_object().cloned().unwrap_or_default();
    assert_eq!(named.len(), IDS.len());
    apply("names", &document.to_string(), &[])?;

    for illegal in ["1a", "a.b", "a b", ""] {
        let document = json!({ "resource": { "terraform_data": { illegal: {} } } });
        says(&terraform_says("illegal", &document)?, "Invalid resource name");
    }
    let said = refused(|stack| {
        stack.add("", TerraformData::new());
    });
    says(&said, "an id is empty");
    Ok(())
}

#[test]
fn duplicates_are_refused() -> Result<(), Failure> {
    let said = refused(|stack| {
        stack.add("a", TerraformData::new());
        stack.add("a", TerraformData::new());
    });
    says(&said, "there are two of `terraform_data` named `s/a`");
    let said = refused(|stack| {
        stack.add("tags", Output::of(Value::<Map<String>>::from([("a", "1"), ("a", "2")])));
    });
    says(&said, "`value` has the key `a` twice");
    // An argument that is set again replaces the first: there is one.
    let again = written(|stack| {
        stack.add("a", TerraformData::new().input::<String>("1").input::<String>("2"));
    })?;
    assert_eq!(again["resource"]["terraform_data"]["a"], json!({ "input": "2" }));
    Ok(())
}
