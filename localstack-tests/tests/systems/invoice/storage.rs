//! The buckets.

use localstack_tests::Failure;
use serde_json::{Value, json};

use super::Looked;
use crate::policy;

/// Each bucket's part of the name, its stack, and the part of the bucket that has its access logs.
const BUCKETS: [(&str, Option<&str>); 5] = [
    ("files", Some("storage-logs")),
    ("exports", Some("storage-logs")),
    ("frontend", Some("cdn-logs")),
    ("storage-logs", None),
    ("cdn-logs", None),
];

impl Looked<'_> {
    pub(super) fn bucket(&self, part: &str) -> String {
        format!("invoice-processing-{part}-{}", self.environment.name)
    }

    /// The answer about a bucket: `encryption`, `versioning`.
    fn of_bucket(&self, bucket: &str, about: &str) -> Result<Value, Failure> {
        Ok(self.aws.get("s3", &format!("/{bucket}?{about}="))?)
    }
}

pub(super) fn buckets_are_private(looked: &Looked<'_>) -> Result<(), Failure> {
    for (part, logs) in BUCKETS {
        let bucket = looked.bucket(part);
        let encryption = looked.of_bucket(&bucket, "encryption")?;
        let by_default = &encryption["Rule"]["ApplyServerSideEncryptionByDefault"];
        assert_eq!(by_default["SSEAlgorithm"], "AES256", "{bucket}");
        let blocked = looked.of_bucket(&bucket, "publicAccessBlock")?;
        let all = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];
        assert!(all.iter().all(|each| blocked[each] == "true"), "{bucket}: {blocked}");
        assert_eq!(looked.of_bucket(&bucket, "versioning")?["Status"], "Enabled", "{bucket}");
        let owned = looked.of_bucket(&bucket, "ownershipControls")?;
        assert_eq!(owned["Rule"]["ObjectOwnership"], "BucketOwnerEnforced", "{bucket}");
        let logging = looked.of_bucket(&bucket, "logging")?;
        let target = logging["LoggingEnabled"]["TargetBucket"].as_str().map(str::to_owned);
        assert_eq!(target, logs.map(|part| looked.bucket(part)), "{bucket}");
        let statements = policy::statements(&looked.of_bucket(&bucket, "policy")?);
        let (arn, condition) =
            (format!("arn:aws:s3:::{bucket}"), json!({ "Bool": { "aws:SecureTransport": ["false"] } }));
        assert!(
            statements.contains(&format!("Deny s3:* on {arn},{arn}/* to * if {condition}")),
            "{statements:?}"
        );
    }
    let rules = looked.of_bucket(&looked.bucket("exports"), "lifecycle")?;
    let ids: Vec<&Value> = rules["Rule"].as_array().into_iter().flatten().map(|rule| &rule["ID"]).collect();
    assert_eq!(ids, ["incomplete-uploads", "old-versions", "expiry-1"]);
    Ok(())
}
