//! Policies that are larger than AWS takes.

use crate::iam::{Policy, PolicyKind};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM028",
    name: "policy-too-large",
    summary: "a policy has more characters than its kind may have",
    rationale: "AWS refuses a policy over its quota when it is applied. White space does not count for IAM's own policies; what \
                is known only later comes on top.",
    remedy: "join statements with equal elements, use fewer and wider ARNs of one prefix, or attach two policies",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}"}}}}"#,
    ],
    bad: &[Bad { document: LARGE, at: &["{"] }],
    check,
};

/// A trust policy of more than 2,048 characters.
const LARGE: &str = include_str!("../../../fixtures/rules/large-trust-policy.tf.json");

/// The characters that the policy of a carrier may have, and what they are the quota of (IAM user guide, "IAM and AWS STS
/// quotas"; AWS Organizations user guide, "Quotas"; the developer guides of S3, KMS, Amazon ECR, Secrets Manager and SNS; IAM
/// Identity Center user guide, "Quotas"; AWS PrivateLink guide, "Quotas").
const QUOTAS: &[(&str, usize, &str)] = &[
    ("aws_ecr_repository_policy", 10_240, "a repository policy"),
    ("aws_iam_group_policy", 5_120, "the inline policies of a group together"),
    ("aws_iam_policy", 6_144, "a managed policy"),
    ("aws_iam_role_policy", 10_240, "the inline policies of a role together"),
    ("aws_iam_user_policy", 2_048, "the inline policies of a user together"),
    ("aws_kms_key", 32_768, "a key policy"),
    ("aws_kms_key_policy", 32_768, "a key policy"),
    ("aws_organizations_policy", 5_120, "a policy of an organization"),
    ("aws_s3_bucket_policy", 20_480, "a bucket policy"),
    ("aws_secretsmanager_secret_policy", 20_480, "the policy of a secret"),
    ("aws_sns_topic_policy", 30_720, "a topic policy"),
    ("aws_ssoadmin_permission_set_inline_policy", 32_768, "the inline policy of a permission set"),
    ("aws_vpc_endpoint", 20_480, "an endpoint policy"),
    ("aws_vpc_endpoint_policy", 20_480, "an endpoint policy"),
];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for policy in &subject.policies {
        if let Some((quota, whose)) = quota(policy)
            && policy.size > quota
        {
            let what =
                format!("this policy has at least {} characters; {whose} may have {quota}", policy.size);
            judgement.report(Finding::new(&RULE, policy.span.opening(), &policy.address, what));
        }
    }
}

fn quota(policy: &Policy) -> Option<(usize, &'static str)> {
    match (policy.carrier.as_str(), policy.kind) {
        ("aws_iam_role", PolicyKind::Trust) => {
            Some((2_048, "a trust policy, unless the account's quota was raised,"))
        }
        ("aws_iam_role", _) => Some((10_240, "the inline policies of a role together")),
        (carrier, _) => {
            let row = QUOTAS.iter().find(|(known, ..)| *known == carrier);
            row.map(|(_, quota, whose)| (*quota, *whose))
        }
    }
}
