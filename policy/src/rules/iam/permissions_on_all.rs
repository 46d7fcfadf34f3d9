//! `s3:PutBucketPolicy` on `*`.

use crate::iam::grant::Concern;
use crate::rules::breadth::report_on_every_resource;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM041",
    name: "permissions-on-all",
    summary: "permissions of every resource may be changed",
    rationale: "AWS gives these actions the access level \"Permissions management\": their holder may open a resource to \
                the world, or widen its own access. On `*` that is every one in the account.",
    remedy: "leave such actions to the role that deploys, and name what it deploys",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:PutBucketPolicy\", \"Resource\": \"arn:aws:s3:::shop-assets\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"kms:CreateGrant\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"kms:GrantIsForAWSResource\": \"true\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_s3_bucket": {"assets": {}}, "aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:PutBucketPolicy\", \"s3:PutBucketAcl\"], \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"s3:PutBucketPolicy\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:Put*\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"s3:Put*\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_on_every_resource(
        &RULE,
        &[Concern::Permissions],
        "all permissions may be changed",
        subject,
        judgement,
    );
}
