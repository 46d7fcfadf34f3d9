//! Buckets that answer without TLS.

use std::sync::Arc;

use crate::iam::PolicyKind::Resource;
use crate::iam::{Condition, Effect, Policy, Statement};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM070",
    name: "insecure-transport",
    summary: "the policy of a bucket does not deny requests without TLS",
    rationale: "Amazon S3 answers plain HTTP too: who listens on the way reads and changes what is sent.",
    remedy: "add a statement that denies `s3:*` to everybody where `aws:SecureTransport` is `false`",
    sources: &[
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit",
    ],
    severity: Severity::Suggestion,
    good: &[
        r#"{"resource": {"aws_s3_bucket_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"aws:SecureTransport\": \"false\"}}}}"}}}}"#,
        r#"{"resource": {"aws_s3_bucket_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": {\"NumericLessThan\": {\"s3:TlsVersion\": \"1.2\"}}}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_s3_bucket_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::b/*\"}}"}}}}"#,
        at: &["{"],
    }],
    check,
};

/// The carriers of policies of whole buckets.
const CARRIERS: [&str; 2] = ["aws_s3_bucket", "aws_s3_bucket_policy"];

fn check(subject: &Subject, judgement: &mut Judgement) {
    let carriers =
        subject.blocks.iter().filter(|block| CARRIERS.iter().any(|carrier| block.is_resource(carrier)));
    for carrier in carriers {
        let address = carrier.address();
        let is_its_own = |policy: &&Arc<Policy>| policy.kind == Resource && policy.address == address;
        for policy in subject.policies.iter().filter(is_its_own) {
            let is_known = policy.statements.iter().all(|one| !matches!(one.effect, Known::Later(_)));
            if is_known && !policy.statements.iter().any(demands_tls) {
                let span = policy.span.opening();
                let message = "this policy does not deny requests without TLS";
                judgement.report(Finding::new(&RULE, span, &address, message));
            }
        }
    }
}

/// Whether a statement denies everybody what comes without TLS; one whose condition is known only later may.
fn demands_tls(statement: &Statement) -> bool {
    let is_of_transport = |condition: &Condition| {
        let key = condition.key.to_ascii_lowercase();
        key == "aws:securetransport" || key == "s3:tlsversion"
    };
    match &statement.condition {
        Known::Is(conditions) => {
            statement.effect == Known::Is(Effect::Deny) && conditions.iter().any(is_of_transport)
        }
        Known::Later(_) => statement.effect == Known::Is(Effect::Deny),
        Known::Absent => false,
    }
}
