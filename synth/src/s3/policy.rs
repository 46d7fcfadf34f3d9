//! What a bucket's own policy says.

use synth_aws::s3;
use synth_core::{Condition, Effect, Party, Statement, Tree, Value};

use super::bucket::BucketHandle;
use super::objects::Objects;
use crate::resource_policy;

/// Nobody reaches the bucket without TLS (AWS Security Hub User Guide, control S3.5).
pub(super) fn only_by_tls(bucket: BucketHandle) -> Statement {
    Statement {
        effect: Effect::Deny,
        party: Party::Everybody,
        actions: vec!["s3:*"],
        resources: vec![bucket.arn().into(), bucket.arn() + "/*"],
        conditions: vec![Condition {
            operator: "Bool",
            key: "aws:SecureTransport",
            values: vec!["false".into()],
        }],
    }
}

/// S3 may write the access logs of one bucket of this account (Amazon S3 User Guide, "Enabling Amazon S3 server access
/// logging": Permissions for log delivery).
pub(super) fn takes_logs_of(source: BucketHandle, logs: &Objects, account: Value<String>) -> Statement {
    Statement {
        effect: Effect::Allow,
        party: Party::Service("logging.s3.amazonaws.com"),
        actions: vec!["s3:PutObject"],
        resources: vec![logs.arn()],
        conditions: vec![
            Condition { operator: "ArnLike", key: "aws:SourceArn", values: vec![source.arn().into()] },
            Condition { operator: "StringEquals", key: "aws:SourceAccount", values: vec![account] },
        ],
    }
}

/// Writes every bucket's policy.
pub(super) fn write(tree: &mut Tree) {
    for policy in resource_policy::merge::<BucketHandle>(tree) {
        let (place, id) = policy.place;
        let name = BucketHandle::name_of(policy.of);
        tree.scope(place).add(id, s3::BucketPolicy::new().bucket(name).policy(policy.document));
    }
}
