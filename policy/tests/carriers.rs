//! Every argument of hashicorp/aws that could hold an IAM policy is known: as one that does, or as
//! one that holds something else.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use policy::iam::{PolicyKind, arguments_of};
use policy::{Report, Sources, check};
use serde_json::Value;

/// Parts of names that say that the value is the name, number or choice of a policy.
const NO_DOCUMENTS: &[&str] = &[
    "alpn_policy",
    "auto_import_policy",
    "behavior",
    "bypass_policy",
    "cache_policy_id",
    "image_pull_policy",
    "dns_policy",
    "https_policy",
    "padding_policy",
    "policy_arn",
    "policy_attachment",
    "policy_id",
    "policy_name",
    "policy_runtime",
    "policy_scope",
    "policy_table_id",
    "policy_type",
    "policy_url",
    "policy_version",
    "policy_reference_name",
    "policy_revision",
    "policy_store_id",
    "policy_instance_id",
    "policy_template_id",
    "protection_policy",
    "protocol_policy",
    "referrer_policy",
    "routing_policy",
    "security_policy",
    "sizing_policy",
    "snapshot_policy",
    "ssl_policy",
    "termination_policy",
    "tls_policy",
    "tls_security_policy",
    "language_selection_policy",
    "stream_exception_policy",
    "data_deletion_policy",
    "base_policy_region",
];

/// Arguments that hold documents in other languages.
const OTHER_LANGUAGES: &[&str] = &[
    // Stack policies of CloudFormation.
    "aws_cloudformation_stack.policy_body",
    // Headers that web browsers read.
    "aws_alb_listener.routing_http_response_content_security_policy_header_value",
    "aws_lb_listener.routing_http_response_content_security_policy_header_value",
    "aws_cloudfront_response_headers_policy.security_headers_config.content_security_policy.content_security_policy",
    // Data protection, subscriptions and indices of CloudWatch Logs and SNS.
    "aws_cloudwatch_log_account_policy.policy_document",
    "aws_cloudwatch_log_data_protection_policy.policy_document",
    "aws_cloudwatch_log_index_policy.policy_document",
    "aws_sns_topic_data_protection_policy.policy",
    // Guard rules of AWS Config.
    "aws_config_config_rule.source.custom_policy_details.policy_text",
    "aws_config_organization_custom_policy_rule.policy_text",
    // Lifecycles.
    "aws_ecr_lifecycle_policy.policy",
    "aws_ecr_repository_creation_template.lifecycle_policy",
    // Scaling.
    "aws_emr_cluster.core_instance_group.autoscaling_policy",
    "aws_emr_instance_group.autoscaling_policy",
    // The name of an IoT policy.
    "aws_iot_policy_attachment.policy",
    // A choice of two words.
    "aws_kendra_index.user_context_policy",
    "aws_quicksight_data_set.row_level_permission_data_set.permission_policy",
    "aws_ses_receipt_filter.policy",
    // Core networks.
    "aws_networkmanager_core_network.base_policy_document",
    "aws_networkmanager_core_network_policy_attachment.policy_document",
    // Collections of OpenSearch Serverless.
    "aws_opensearchserverless_access_policy.policy",
    "aws_opensearchserverless_lifecycle_policy.policy",
    "aws_opensearchserverless_security_policy.policy",
    // Delivery, filters and redrive of topics and queues.
    "aws_sns_topic.archive_policy",
    "aws_sns_topic.delivery_policy",
    "aws_sns_topic_subscription.delivery_policy",
    "aws_sns_topic_subscription.filter_policy",
    "aws_sns_topic_subscription.redrive_policy",
    "aws_sns_topic_subscription.replay_policy",
    "aws_sqs_queue.redrive_allow_policy",
    "aws_sqs_queue.redrive_policy",
    "aws_sqs_queue_redrive_allow_policy.redrive_allow_policy",
    "aws_sqs_queue_redrive_policy.redrive_policy",
    // Notifications of file shares.
    "aws_storagegateway_nfs_file_share.notification_policy",
    "aws_storagegateway_smb_file_share.notification_policy",
    // Cedar.
    "aws_verifiedaccess_endpoint.policy_document",
    "aws_verifiedaccess_group.policy_document",
    // Settings of Chrome.
    "aws_workspacesweb_browser_settings.browser_policy",
];

/// Every string of the provider's resources that can be set and that has a policy in its name.
fn candidates() -> BTreeSet<(String, Vec<String>)> {
    let schema =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../synth/bindings/schemas/hashicorp-aws-5.100.0.json.gz");
    let schema = flate2::read::GzDecoder::new(File::open(schema).unwrap());
    let schema: Value = serde_json::from_reader(schema).unwrap();
    let mut found = BTreeSet::new();
    for provider in schema["provider_schemas"].as_object().unwrap().values() {
        for (name, resource) in provider["resource_schemas"].as_object().unwrap() {
            body(name, &mut Vec::new(), &resource["block"], &mut found);
        }
    }
    found
}

fn body(name: &str, path: &mut Vec<String>, schema: &Value, found: &mut BTreeSet<(String, Vec<String>)>) {
    for (argument, attribute) in schema["attributes"].as_object().into_iter().flatten() {
        path.push(argument.clone());
        let can_be_set = attribute["optional"] == true || attribute["required"] == true;
        let named = argument.contains("policy") || argument.contains("policies");
        if named && can_be_set && attribute["type"] == "string" {
            found.insert((name.to_owned(), path.clone()));
        }
        body(name, path, &attribute["nested_type"], found);
        path.pop();
    }
    for (argument, block) in schema["block_types"].as_object().into_iter().flatten() {
        path.push(argument.clone());
        body(name, path, &block["block"], found);
        path.pop();
    }
}

#[test]
fn every_argument_that_could_hold_a_policy_is_known() {
    let unknown: Vec<String> = candidates()
        .into_iter()
        .filter(|(name, path)| !arguments_of(name).any(|(carrier, _)| carrier == path.as_slice()))
        .filter(|(_, path)| !NO_DOCUMENTS.iter().any(|part| path.last().unwrap().contains(part)))
        .map(|(name, path)| format!("{name}.{}", path.join(".")))
        .filter(|argument| !OTHER_LANGUAGES.contains(&argument.as_str()))
        .collect();
    assert_eq!(unknown, [""; 0]);
}

#[test]
fn every_argument_of_another_language_is_one_of_the_provider() {
    let all: BTreeSet<String> =
        candidates().into_iter().map(|(name, path)| format!("{name}.{}", path.join("."))).collect();
    for argument in OTHER_LANGUAGES {
        assert!(all.contains(*argument), "{argument}");
    }
}

fn judge(document: &str) -> Report {
    let mut sources = Sources::default();
    let file = sources.add("t.tf.json", document);
    check(&sources, &[file])
}

/// What a policy that allows all to everybody is told in an argument.
fn told(name: &str, path: &[String]) -> usize {
    let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}"#;
    let innermost = serde_json::json!(policy);
    let value = path.iter().rev().fold(innermost, |value, step| serde_json::json!({step: value}));
    let report = judge(&serde_json::json!({"resource": {name: {"x": value}}}).to_string());
    let allows_all = ["IAM002", "IAM005"];
    report.findings.iter().filter(|finding| allows_all.contains(&finding.rule.id)).count()
}

#[test]
fn a_policy_is_read_in_every_argument_that_holds_one() {
    let mut count = 0;
    for (name, path) in candidates() {
        for (_, kind) in arguments_of(&name).filter(|(carrier, _)| *carrier == path.as_slice()) {
            let grants = matches!(kind, PolicyKind::Identity | PolicyKind::Trust | PolicyKind::Resource);
            assert_eq!(told(&name, &path) > 0, grants, "{name}.{}", path.join("."));
            count += 1;
        }
    }
    // All of the table but `content` of `aws_organizations_policy`, which says no policy by name.
    assert_eq!(count, 74);
}

#[test]
fn a_policy_that_only_limits_grants_nothing() {
    let policy = r#""policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}""#;
    let with = |attaching: &str| {
        let report =
            judge(&format!(r#"{{"resource": {{"aws_iam_policy": {{"b": {{{policy}}}}}, {attaching}}}}}"#));
        report.findings.len()
    };
    let role = r#""aws_iam_role": {"r": {"permissions_boundary": "${aws_iam_policy.b.arn}"}}"#;
    let attached = r#""aws_iam_role_policy_attachment": {"a": {"policy_arn": "${aws_iam_policy.b.arn}"}}"#;
    assert_eq!(with(role), 0);
    assert_eq!(with(&format!("{role}, {attached}")), 1);
}

#[test]
fn only_some_policies_of_an_organization_are_policies_of_iam() {
    let is_judged = |kind: &str| {
        let document = format!(
            r#"{{"resource": {{"aws_organizations_policy": {{"p": {{{kind}"content": "{{\"tags\": {{}}}}"}}}}}}}}"#
        );
        !judge(&document).findings.is_empty()
    };
    assert!(is_judged("") && !is_judged(r#""type": "TAG_POLICY", "#));
}

#[test]
fn an_unknown_attachment_is_undecided_and_a_declared_one_is_not() {
    for (arn, doubts) in [
        ("var.p", 1),
        ("aws_iam_policy.p.arn", 0),
        ("var.a ? aws_iam_policy.p.arn : null", 0),
        ("local.p", 1),
    ] {
        let document = format!(
            r#"{{"resource": {{"aws_iam_role_policy_attachment": {{"a": {{"policy_arn": "${{{arn}}}"}}}}}}}}"#
        );
        assert_eq!(judge(&document).undecided.len(), doubts, "{arn}");
    }
}
