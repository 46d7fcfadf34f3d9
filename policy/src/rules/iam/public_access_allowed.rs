//! The switches of Amazon S3 that keep buckets from becoming public.

use crate::known::Known;
use crate::node::Value;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM063",
    name: "public-access-not-blocked",
    summary: "the public access block of a bucket or an account leaves a way to make it public",
    rationale: "The four settings hold whatever a policy or a list says, now and later. Each that is off is a way for \
                one wrong statement to show the bucket to everybody.",
    remedy: "set all four to `true`; serve what is public through CloudFront with an origin access control",
    sources: &[
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_s3_bucket_public_access_block": {"b": {"bucket": "b", "block_public_acls": true, "block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true}}}}"#,
        r#"{"resource": {"aws_s3_bucket": {"b": {"bucket": "b"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_s3_bucket_public_access_block": {"b": {"bucket": "b", "block_public_acls": true, "block_public_policy": false, "ignore_public_acls": true, "restrict_public_buckets": true}}}}"#,
            at: &["false"],
        },
        Bad {
            document: r#"{"resource": {"aws_s3_account_public_access_block": {"all": {"block_public_acls": true, "ignore_public_acls": true}}}}"#,
            at: &[r#""all""#],
        },
    ],
    check,
};

const CARRIERS: &[&str] = &["aws_s3_account_public_access_block", "aws_s3_bucket_public_access_block"];

/// The settings; each is off where it is not set (hashicorp/aws, `aws_s3_bucket_public_access_block`).
const SETTINGS: &[&str] =
    &["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for block in
        subject.blocks.iter().filter(|block| CARRIERS.iter().any(|carrier| block.is_resource(carrier)))
    {
        let mut left_out = Vec::new();
        for setting in SETTINGS {
            match block.argument(setting) {
                Known::Absent => left_out.push(format!("`{setting}`")),
                Known::Is(node) => {
                    let is_off = matches!(node.value, Value::Bool(false)) || node.literal() == Some("false");
                    if is_off {
                        let message = format!("`{setting}` is off");
                        judgement.report(Finding::new(&RULE, node.span, block.address(), message));
                    }
                }
                Known::Later(later) => {
                    judgement.undecided(later.span, format!("whether `{setting}` is on is known only later"));
                }
            }
        }
        if !left_out.is_empty() {
            let message = format!("{} is not set, which is off", left_out.join(", "));
            judgement.report(Finding::new(&RULE, block.span, block.address(), message));
        }
    }
}
