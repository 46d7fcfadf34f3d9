//! What hashicorp/aws does not have: attributes of nested types, and blocks of a map, by schemas that are given.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use synth_check::{Schemas, Source, check};

/// The schemas that the bindings are tested with.
fn schemas() -> Schemas {
    let mut schemas = Schemas::embedded();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bindings/tests/schemas");
    for name in ["framework.json", "maps.json"] {
        schemas.add(&fs::read_to_string(folder.join(name)).unwrap()).unwrap();
    }
    schemas
}

const MAPS: &str = r#""terraform": {"required_providers": {"maps": {"source": "acme/maps"}}}"#;
const AWSCC: &str = r#""terraform": {"required_providers": {"awscc": {"source": "hashicorp/awscc"}}}"#;

/// The messages of what is wrong with a router.
fn router(body: &str) -> Vec<String> {
    said(&format!(r#"{{{MAPS}, "resource": {{"maps_router": {{"r": {body}}}}}}}"#))
}

fn said(text: &str) -> Vec<String> {
    let report = check(&[Source { name: "main.tf.json", text }], &schemas());
    assert!(report.undecided.is_empty(), "{report}");
    report.findings.into_iter().map(|finding| finding.message).collect()
}

#[test]
fn blocks_of_a_map_are_keyed_by_their_labels() {
    let clean = r#"{"name": "x", "limit": [{"rate": 1}, {"rate": 2}],
        "route": {"a": {"target": "t"}, "b": {"target": "t", "weight": {"w": {"value": "3"}}}},
        "peers": {"p": {"address": "a", "ports": [1]}}, "settings": {"k": "v"}, "group": {"label": "l"}}"#;
    assert_eq!(router(clean), [""; 0]);
}

#[test]
fn mistakes_in_blocks_of_a_map_are_found() {
    let wrong = r#"{"name": "x", "limit": [{"rate": 1}, {"rate": 2}],
        "route": {"a": {"weight": {"w": {"value": "heavy"}}}, "b": {"target": "t", "colour": 1, "state": "s"}}}"#;
    let mut said = router(wrong);
    said.sort();
    assert_eq!(
        said,
        [
            "`state` is decided by the provider",
            "a number is needed, and this text is none",
            "the required argument `target` is not set",
            "there is no argument or block `colour` here",
        ]
    );
}

#[test]
fn the_least_and_the_most_blocks_are_counted() {
    let none = r#"{"name": "x", "limit": {"rate": 1}}"#;
    let mut said = router(none);
    said.sort();
    assert_eq!(
        said,
        [
            "at least 1 block `route` must stand here, found 0",
            "at least 2 blocks `limit` must stand here, found 1",
        ]
    );
    let many = r#"{"name": "x", "route": {"a": {"target": "t"}}, "limit": [{"rate": 1}, {"rate": 1}, {"rate": 1},
        {"rate": 1}, {"rate": 1}]}"#;
    assert_eq!(router(many), ["at most 4 blocks `limit` may stand here, found 5"]);
}

#[test]
fn a_map_of_objects_is_judged_by_its_values() {
    let wrong = r#"{"name": "x", "limit": [{"rate": 1}, {"rate": 2}], "route": {"a": {"target": "t"}},
        "peers": {"p": {"address": ["a"]}}}"#;
    let mut said = router(wrong);
    said.sort();
    assert_eq!(said, ["a string is needed, and this is an array", "the object needs an attribute `ports`"]);
}

#[test]
fn references_lead_into_blocks_of_a_map() {
    let router = r#"{"name": "x", "limit": [{"rate": 1}, {"rate": 2}], "route": {"a": {"target": "t"}}}"#;
    let text = format!(
        r#"{{{MAPS}, "resource": {{"maps_router": {{"r": {router}}}}}, "locals": {{
        "known": "${{maps_router.r.route[\"a\"].state}}", "unknown": "${{maps_router.r.route[\"a\"].stat}}"}}}}"#
    );
    assert_eq!(said(&text), ["there is no attribute `stat`"]);
}

#[test]
fn a_provider_is_configured_by_blocks_of_a_map() {
    let text = format!(r#"{{{MAPS}, "provider": {{"maps": {{"feature": {{"a": {{"enabled": []}}}}}}}}}}"#);
    assert_eq!(said(&text), ["a bool is needed, and this is an array"]);
}

#[test]
fn attributes_of_a_nested_type_are_judged_inside() {
    let provider = |role: &str| format!(r#"{{{AWSCC}, "provider": {{"awscc": {{"assume_role": {role}}}}}}}"#);
    assert_eq!(said(&provider(r#"{"role_arn": "a", "transitive_tag_keys": ["k"]}"#)), [""; 0]);
    assert_eq!(said(&provider(r#"{"role_arn": ["a"]}"#)), ["a string is needed, and this is an array"]);
    assert_eq!(said(&provider("{}")), ["the object needs an attribute `role_arn`"]);
    assert_eq!(said(&provider(r#"{"role_arn": "a", "role": 1}"#)), ["the object has no attribute `role`"]);
    assert_eq!(said(&provider(r#"[{"role_arn": "a"}]"#)), ["an object is needed, and this is an array"]);
    assert_eq!(said(&provider(r#""${null}""#)), [""; 0]);
}

#[test]
fn nested_types_of_a_resource_are_judged_at_every_depth() {
    let template = |body: &str| {
        said(&format!(r#"{{{AWSCC}, "resource": {{"awscc_fis_experiment_template": {{"t": {{{body}}}}}}}}}"#))
    };
    let stop = r#""stop_conditions": [{"source": "none"}]"#;
    let log = |more: &str| format!(r#""log_configuration": {{"log_schema_version": 1{more}}}"#);
    let clean = r#", "s3_configuration": {"bucket_name": "b"}"#;
    assert_eq!(template(&format!("{stop}, {}", log(clean))), [""; 0]);
    let read_only = r#", "s3_configuration": {"bucket_name": "b", "token": "t"}"#;
    assert_eq!(template(&format!("{stop}, {}", log(read_only))), ["`token` is decided by the provider"]);
    let null = r#", "s3_configuration": {"bucket_name": null}"#;
    assert_eq!(template(&format!("{stop}, {}", log(null))), ["the object needs an attribute `bucket_name`"]);
    let actions = r#""actions": {"a": {"action_id": "x", "start_after": "b"}, "c": {}}"#;
    let mut wrong = template(&format!("{stop}, {}, {actions}", log("")));
    wrong.sort();
    assert_eq!(
        wrong,
        ["a list is needed, and this is a string", "the object needs an attribute `action_id`"]
    );
}
