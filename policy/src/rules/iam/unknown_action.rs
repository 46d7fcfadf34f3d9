//! Actions that do not exist.

use command_line::nearest;

use crate::iam::actions;
use crate::iam::catalogue::{service, services};
use crate::iam::pattern;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM015",
    name: "unknown-action",
    summary: "a statement names an action or a service that AWS does not have",
    rationale: "An action that does not exist is never asked for: an Allow of it grants nothing, and a Deny of it protects \
                nothing. Names of API operations are not always those of actions.",
    remedy: "take the names from the Service Authorization Reference",
    sources: &[
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": [\"SQS:sendmessage\", \"s3:Get*\", \"*\", \"*:*\"], \"Resource\": \"*\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = {Effect = \"Allow\", Action = [\"s3:Get${var.what}\", \"${var.service}:Do\"], Resource = \"*\"}})}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:GetObjekt\", \"s3:ListObjectsV2\", \"s3:Frobnicate*\"], \"Resource\": \"arn:aws:s3:::b/*\"}}"}}}}"#,
            at: &[r#"\"s3:GetObjekt\""#, r#"\"s3:ListObjectsV2\""#, r#"\"s3:Frobnicate*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"NotAction\": [\"secretmanager:GetSecretValue\", \"cloudwatchlogs:PutLogEvents\", \"s3GetObject\"], \"Resource\": \"*\"}}"}}}}"#,
            at: &[
                r#"\"secretmanager:GetSecretValue\""#,
                r#"\"cloudwatchlogs:PutLogEvents\""#,
                r#"\"s3GetObject\""#,
            ],
        },
    ],
    check,
};

/// Names that services have elsewhere (consoles, SDKs, Terraform), and the prefixes of their actions (Service Authorization
/// Reference, "Actions, resources, and condition keys").
const SERVICES: &[(&str, &str)] = &[
    ("alb", "elasticloadbalancing"),
    ("apigatewayv2", "apigateway"),
    ("athenas", "athena"),
    ("beanstalk", "elasticbeanstalk"),
    ("cloudwatchevents", "events"),
    ("cloudwatchlogs", "logs"),
    ("cognito", "cognito-idp"),
    ("cognitoidp", "cognito-idp"),
    ("docdb", "rds"),
    ("ebs-volume", "ec2"),
    ("efs", "elasticfilesystem"),
    ("elasticsearch", "es"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("elasticloadbalancingv2", "elasticloadbalancing"),
    ("emr", "elasticmapreduce"),
    ("eventbridge", "events"),
    ("msk", "kafka"),
    ("neptune", "rds"),
    ("opensearch", "es"),
    ("parameterstore", "ssm"),
    ("secrets-manager", "secretsmanager"),
    ("sfn", "states"),
    ("stepfunctions", "states"),
    ("systemsmanager", "ssm"),
    ("transitgateway", "ec2"),
    ("vpc", "ec2"),
];

/// API operations that are allowed by actions of other names (S3 user guide, "Required permissions for Amazon S3 API
/// operations"; SQS and SNS developer guides, "API permissions"; Lambda developer guide, "Identity-based policies").
const OPERATIONS: &[(&str, &str)] = &[
    ("dynamodb:TransactGetItems", "dynamodb:GetItem"),
    ("dynamodb:TransactWriteItems", "dynamodb:PutItem"),
    ("lambda:Invoke", "lambda:InvokeFunction"),
    ("s3:CompleteMultipartUpload", "s3:PutObject"),
    ("s3:CopyObject", "s3:PutObject"),
    ("s3:CreateMultipartUpload", "s3:PutObject"),
    ("s3:DeleteBucketEncryption", "s3:PutEncryptionConfiguration"),
    ("s3:DeleteObjects", "s3:DeleteObject"),
    ("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"),
    ("s3:GetBucketLifecycle", "s3:GetLifecycleConfiguration"),
    ("s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"),
    ("s3:GetBucketReplication", "s3:GetReplicationConfiguration"),
    ("s3:HeadBucket", "s3:ListBucket"),
    ("s3:HeadObject", "s3:GetObject"),
    ("s3:ListBuckets", "s3:ListAllMyBuckets"),
    ("s3:ListMultipartUploads", "s3:ListBucketMultipartUploads"),
    ("s3:ListObjects", "s3:ListBucket"),
    ("s3:ListObjectsV2", "s3:ListBucket"),
    ("s3:ListObjectVersions", "s3:ListBucketVersions"),
    ("s3:ListParts", "s3:ListMultipartUploadParts"),
    ("s3:PutBucketEncryption", "s3:PutEncryptionConfiguration"),
    ("s3:PutBucketLifecycle", "s3:PutLifecycleConfiguration"),
    ("s3:PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration"),
    ("s3:PutBucketReplication", "s3:PutReplicationConfiguration"),
    ("s3:SelectObjectContent", "s3:GetObject"),
    ("s3:UploadPart", "s3:PutObject"),
    ("sns:PublishBatch", "sns:Publish"),
    ("sqs:ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility"),
    ("sqs:DeleteMessageBatch", "sqs:DeleteMessage"),
    ("sqs:SendMessageBatch", "sqs:SendMessage"),
];

/// Actions that AWS's own guides ask for although the Service Authorization Reference does not have them (OpenSearch Service
/// developer guide, "Monitoring OpenSearch logs with Amazon CloudWatch Logs").
const DOCUMENTED: &[&str] = &["logs:PutLogEventsBatch"];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements() {
        for text in statement.named_actions() {
            if let Some(written) = text.literal()
                && let Some((what, instead)) = wrong(written)
            {
                judgement.report(Finding::new(&RULE, text.span(), &policy.address, what).instead(instead));
            }
        }
    }
}

/// What is wrong with an action, and what to write.
fn wrong(written: &str) -> Option<(String, String)> {
    let is_documented = || DOCUMENTED.iter().any(|action| action.eq_ignore_ascii_case(written));
    if matches!(written, "*" | "*:*") || is_documented() {
        return None;
    }
    let Some((prefix, name)) = written.split_once(':') else {
        let what = format!("`{written}` has no service: an action is `service:Action`");
        return Some((what, "write the service's prefix before it, such as `s3:GetObject`".to_owned()));
    };
    if pattern::is_wild(prefix) {
        let none = services().all(|service| !pattern::matches(prefix, service.prefix));
        let what = format!("no service matches `{prefix}`");
        return none.then(|| (what, "write the service's prefix, such as `s3`".to_owned()));
    }
    if service(prefix).is_none() {
        return Some((format!("there is no service `{prefix}`"), meant_service(prefix, name)));
    }
    if !actions::matching(written)?.is_empty() {
        return None;
    }
    let what = if pattern::is_wild(name) {
        format!("`{written}` matches no action of `{prefix}`")
    } else {
        format!("`{prefix}` has no action `{name}`")
    };
    Some((what, meant_action(prefix, name, written)))
}

fn meant_service(prefix: &str, name: &str) -> String {
    let known =
        SERVICES.iter().find(|(other, _)| other.eq_ignore_ascii_case(prefix)).map(|(_, known)| *known);
    match known.or_else(|| nearest(prefix, services().map(|service| service.prefix))) {
        Some(service) => format!("did you mean `{service}:{name}`?"),
        None => RULE.remedy.to_owned(),
    }
}

fn meant_action(prefix: &str, name: &str, written: &str) -> String {
    if let Some((_, action)) =
        OPERATIONS.iter().find(|(operation, _)| operation.eq_ignore_ascii_case(written))
    {
        return format!("that operation is allowed by `{action}`");
    }
    let own = service(prefix).into_iter().flat_map(|service| &service.actions).map(|action| action.name);
    if let Some(action) = nearest(name.trim_end_matches('*'), own) {
        return format!("did you mean `{prefix}:{action}`?");
    }
    let mut elsewhere = services().filter(|service| service.action(name).is_some());
    match (elsewhere.next(), elsewhere.next()) {
        (Some(service), None) => format!("did you mean `{}:{name}`?", service.prefix),
        _ => RULE.remedy.to_owned(),
    }
}
