//! Actions of other services in the policy of a resource.

use crate::iam::PolicyKind;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM037",
    name: "foreign-action",
    summary: "the policy of a resource names an action of another service",
    rationale: "The policy of a queue is asked about the queue alone. S3, SQS, SNS and others refuse a policy with an action of \
                another service; where it is taken it has no effect.",
    remedy: "put the action in the policy of the resource that it is for, or of whoever calls it",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": [\"SQS:SendMessage\", \"*\"], \"Resource\": \"*\"}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_s3_bucket_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": [\"s3:GetObject\", \"sqs:SendMessage\"], \"Resource\": \"arn:aws:s3:::b/*\"}}"}}}}"#,
        at: &[r#"\"sqs:SendMessage\""#],
    }],
    check,
};

/// Carriers of policies about resources of one service, and the prefixes of the actions that are asked of them (Service
/// Authorization Reference).
const SERVICES: &[(&str, &[&str])] = &[
    ("aws_backup_vault_policy", &["backup"]),
    ("aws_cloudwatch_event_bus_policy", &["events"]),
    ("aws_dynamodb_resource_policy", &["dynamodb"]),
    ("aws_ecr_registry_policy", &["ecr"]),
    ("aws_ecr_repository_policy", &["ecr"]),
    ("aws_ecrpublic_repository_policy", &["ecr-public"]),
    ("aws_efs_file_system_policy", &["elasticfilesystem"]),
    ("aws_elasticsearch_domain_policy", &["es"]),
    ("aws_kinesis_resource_policy", &["kinesis"]),
    ("aws_kms_key", &["kms"]),
    ("aws_kms_key_policy", &["kms"]),
    ("aws_opensearch_domain_policy", &["es"]),
    ("aws_s3_access_point", &["s3"]),
    ("aws_s3_bucket_policy", &["s3", "s3express"]),
    ("aws_s3control_access_point_policy", &["s3"]),
    ("aws_secretsmanager_secret", &["secretsmanager"]),
    ("aws_secretsmanager_secret_policy", &["secretsmanager"]),
    ("aws_sns_topic", &["sns"]),
    ("aws_sns_topic_policy", &["sns"]),
    ("aws_sqs_queue", &["sqs"]),
    ("aws_sqs_queue_policy", &["sqs"]),
];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements().filter(|(policy, _)| policy.kind == PolicyKind::Resource)
    {
        let Some((_, prefixes)) = SERVICES.iter().find(|(carrier, _)| *carrier == policy.carrier) else {
            continue; // of several services, or of one that is not known to refuse others
        };
        for text in statement.named_actions() {
            let Some((prefix, _)) = text.literal().and_then(|written| written.split_once(':')) else {
                continue; // every action, or another rule's
            };
            if prefix != "*" && !prefixes.iter().any(|own| own.eq_ignore_ascii_case(prefix)) {
                let what = format!(
                    "this policy is asked about `{}` only, not about `{prefix}`",
                    prefixes.join("`, `")
                );
                judgement.report(Finding::new(&RULE, text.span(), &policy.address, what));
            }
        }
    }
}
