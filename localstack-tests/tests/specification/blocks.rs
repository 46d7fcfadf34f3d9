//! Nested blocks and objects, as the provider's schema has them.

use localstack_tests::Failure;
use serde_json::json;
use synth_aws::ssm;

use crate::{provider, refused, says, terraform_says, written, wrong};

#[test]
fn no_blocks_are_none_and_one_is_one() -> Result<(), Failure> {
    let document = written(provider::no_blocks)?;
    let policies = &document["data"]["aws_iam_policy_document"];
    assert_eq!(policies["none"], json!({ "statement": [] }));
    assert_eq!(policies["unset"], json!({}));
    assert_eq!(policies["one"]["statement"].as_array().map(Vec::len), Some(1));
    provider::accepts("no_blocks")?;
    // One empty block each, which lacks what the block requires.
    for wrong in ["an_empty_object_is_a_block", "a_null_in_a_list_is_a_block"] {
        provider::refuses(wrong, "Missing required argument")?;
    }
    Ok(())
}

#[test]
fn the_number_of_blocks_is_limited() -> Result<(), Failure> {
    provider::refuses("too_many_blocks", "Too many ")?;
    let target = || ssm::AssociationTargets::new().key("tag:a").values(["b"]);
    let said = refused(|stack| {
        let targets: Vec<ssm::AssociationTargets> = (0..6).map(|_| target()).collect();
        stack.add("patches", ssm::Association::new().name("patch").targets(targets));
    });
    says(&said, "`targets` stands 6 times where Terraform accepts at most 5");
    wrong::does_not_compile("the_number_of_blocks_is_limited", "[SecretRotationRotationRules; 2]");
    Ok(())
}

#[test]
fn blocks_of_an_expression_are_dynamic() -> Result<(), Failure> {
    provider::accepts("dynamic")?;
    provider::refuses("blocks_of_an_expression", "Incorrect JSON value type")?;
    wrong::does_not_compile("blocks_of_an_expression_are_dynamic", "From<Ref<List<Any>>>");
    Ok(())
}

#[test]
fn dynamic_blocks_nest_and_follow_static_ones() -> Result<(), Failure> {
    let document = written(provider::dynamic)?;
    let policy = &document["data"]["aws_iam_policy_document"]["policy"];
    // Documents are sorted, and Terraform reads `dynamic` before `statement`: the static one goes with the others.
    let (first, dynamic) = (&policy["dynamic"]["statement"][0], &policy["dynamic"]["statement"][1]);
    assert_eq!((&policy["statement"], &first["for_each"]), (&json!(null), &json!([true])));
    assert_eq!((&dynamic["iterator"], &dynamic["for_each"]), (&json!("one"), &json!("${var.services}")));
    assert_eq!(dynamic["content"]["dynamic"]["principals"][0]["iterator"], "kind");
    provider::accepts("dynamic")?;
    let lifecycle = json!({ "dynamic": { "precondition": { "for_each": [], "content": {} } } });
    let inside = json!({ "resource": { "terraform_data": { "d": { "lifecycle": lifecycle } } } });
    says(&terraform_says("inside", &inside)?, "No argument or block type is named \"dynamic\"");
    wrong::does_not_compile(
        "dynamic_blocks_nest_and_follow_static_ones",
        "expected `&str`, found `Ref<String>`",
    );
    Ok(())
}

#[test]
fn attributes_as_blocks_have_every_key() -> Result<(), Failure> {
    let document = written(provider::attributes_as_blocks)?;
    let ingress = &document["resource"]["aws_security_group"]["group"]["ingress"][0];
    assert_eq!((&ingress["from_port"], &ingress["description"]), (&json!(443), &json!(null)));
    assert_eq!(document["resource"]["aws_security_group"]["closed"]["ingress"], json!([]));
    provider::accepts("attributes_as_blocks")?;
    provider::refuses("an_attribute_as_block_with_a_missing_key", "Incorrect attribute value type")?;
    Ok(())
}

#[test]
fn keys_that_an_object_has_not_do_not_compile() -> Result<(), Failure> {
    // Terraform drops such a key without a word.
    let object = json!({ "type": "object({a = string})", "default": { "a": "x", "b": "y" } });
    let dropped = json!({ "variable": { "v": object }, "output": { "o": { "value": "${var.v}" } } });
    assert_eq!(terraform_says("dropped", &dropped)?, "");
    wrong::does_not_compile(
        "keys_that_an_object_has_not_do_not_compile",
        "no method named `descriptoin` found",
    );
    Ok(())
}

#[test]
fn the_element_of_a_set_is_reached_without_an_index() -> Result<(), Failure> {
    let document = written(provider::set)?;
    let name = &document["resource"]["aws_route53_record"]["proof"]["name"];
    assert_eq!(
        name,
        "${one(aws_acm_certificate.certificate.domain_validation_options).resource_record_name}"
    );
    provider::accepts("set")?;
    provider::refuses("an_index_of_a_set", "Elements of a set are identified only by their value")?;
    wrong::does_not_compile("the_element_of_a_set_is_reached_without_an_index", "no method named `at` found");
    Ok(())
}
