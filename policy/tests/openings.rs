//! Resources that are opened without a policy: by arguments, lists, switches that are off.

use policy::{Report, Sources, check};
use serde_json::{Value, json};

fn judge(resources: &Value) -> Report {
    let mut sources = Sources::default();
    let file = sources.add("t.tf.json", json!({"resource": resources}).to_string());
    check(&sources, &[file])
}

/// The rules that are broken, and every reason of doubt.
fn said(type_name: &str, body: &Value) -> (Vec<&'static str>, Vec<String>) {
    let report = judge(&json!({type_name: {"x": body}}));
    let rules = report.findings.iter().map(|finding| finding.rule.id).collect();
    (rules, report.undecided.into_iter().map(|later| later.why).collect())
}

fn nothing() -> (Vec<&'static str>, Vec<String>) {
    (Vec::new(), Vec::new())
}

#[test]
fn canned_lists_of_strangers_are_public_and_the_others_are_not() {
    for acl in ["public-read", "public-read-write", "authenticated-read"] {
        assert_eq!(said("aws_s3_bucket_acl", &json!({"acl": acl})).0, ["IAM061"], "{acl}");
        assert_eq!(said("aws_s3_bucket", &json!({"acl": acl})).0, ["IAM061"], "{acl}");
    }
    for acl in ["private", "log-delivery-write", "bucket-owner-full-control", ""] {
        assert_eq!(said("aws_s3_bucket_acl", &json!({"acl": acl})), nothing(), "{acl}");
    }
    assert_eq!(said("aws_s3_bucket_acl", &json!({"acl": null})), nothing());
}

#[test]
fn what_is_shared_with_whom_is_undecided_where_it_is_known_only_later() {
    let why = vec!["whom `acl` admits is known only later".to_owned()];
    assert_eq!(said("aws_s3_bucket_acl", &json!({"acl": "${var.acl}"})), (vec![], why));
}

#[test]
fn either_side_of_a_condition_is_judged() {
    let body = json!({"acl": "${var.open ? \"public-read\" : \"private\"}"});
    assert_eq!(said("aws_s3_bucket_acl", &body).0, ["IAM061"]);
}

#[test]
fn every_spelling_of_nested_blocks_is_read() {
    let uri = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    let grant = json!({"permission": "READ", "grantee": {"type": "Group", "uri": uri}});
    for policy in [json!({"grant": grant}), json!([{"grant": [grant]}])] {
        let body = json!({"access_control_policy": policy});
        assert_eq!(said("aws_s3_bucket_acl", &body).0, ["IAM061"], "{body}");
    }
}

#[test]
fn a_layer_that_is_shared_within_an_organization_is_not_public() {
    let body = |organization: Value| json!({"principal": "*", "organization_id": organization});
    assert_eq!(said("aws_lambda_layer_version_permission", &body(json!("o-abcdefghij"))), nothing());
    for none in [json!(null), json!("")] {
        assert_eq!(said("aws_lambda_layer_version_permission", &body(none)).0, ["IAM061"]);
    }
}

#[test]
fn an_endpoint_without_credentials_is_reported_and_one_with_an_authorizer_is_not() {
    for (type_name, argument, with) in [
        ("aws_lambda_function_url", "authorization_type", "AWS_IAM"),
        ("aws_api_gateway_method", "authorization", "CUSTOM"),
    ] {
        let body = |value: &str| json!({argument: value, "http_method": "POST"});
        assert_eq!(said(type_name, &body("NONE")).0, ["IAM062"], "{type_name}");
        assert_eq!(said(type_name, &body(with)), nothing(), "{type_name}");
        let why = vec!["whether callers need credentials is known only later".to_owned()];
        assert_eq!(said(type_name, &body("${var.x}")), (vec![], why), "{type_name}");
    }
}

#[test]
fn routes_of_websockets_after_the_first_need_no_authorizer() {
    for (key, rules) in
        [("$connect", vec!["IAM062"]), ("$disconnect", vec![]), ("send", vec![]), ("GET /", vec!["IAM062"])]
    {
        assert_eq!(said("aws_apigatewayv2_route", &json!({"route_key": key})).0, rules, "{key}");
    }
}

#[test]
fn a_public_access_block_with_a_way_left_is_reported_once_a_place() {
    let body =
        json!({"block_public_acls": false, "block_public_policy": "false", "ignore_public_acls": true});
    let report = judge(&json!({"aws_s3_bucket_public_access_block": {"x": body}}));
    let mut messages: Vec<&str> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
    messages.sort_unstable();
    let expected = [
        "`block_public_acls` is off",
        "`block_public_policy` is off",
        "`restrict_public_buckets` is not set, which is off",
    ];
    assert_eq!(messages, expected);
}
