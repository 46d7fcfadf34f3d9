//! Objects of a bucket that a principal may do something with.

use synth_core::{Grant, Known, Term, Value};

use super::bucket::BucketHandle;
use crate::iam::Principal;

/// The objects of a bucket whose keys begin alike.
#[derive(Clone, Debug)]
pub struct Objects {
    bucket: BucketHandle,
    prefix: Value<String>,
}

impl Objects {
    pub(super) fn new(bucket: BucketHandle, prefix: Value<String>) -> Self {
        Objects { bucket, prefix: literal(prefix) }
    }

    /// Lets a principal read the objects, by their keys.
    #[must_use = "a grant exists only after `scope.grant_all(…)`"]
    pub fn grant_read(&self, principal: &impl Principal) -> Vec<Grant> {
        self.grant(principal, &["s3:GetObject"], &["kms:Decrypt"])
    }

    /// Lets a principal make objects and replace them, also in parts.
    #[must_use = "a grant exists only after `scope.grant_all(…)`"]
    pub fn grant_write(&self, principal: &impl Principal) -> Vec<Grant> {
        // An upload in parts reads back what it encrypted (Amazon S3 User Guide, "Multipart upload API and
        // permissions").
        self.grant(
            principal,
            &["s3:AbortMultipartUpload", "s3:PutObject"],
            &["kms:Decrypt", "kms:GenerateDataKey"],
        )
    }

    /// Lets a principal delete the objects; their old versions stay.
    #[must_use = "a grant exists only after `scope.grant_all(…)`"]
    pub fn grant_delete(&self, principal: &impl Principal) -> Vec<Grant> {
        self.grant(principal, &["s3:DeleteObject"], &[])
    }

    /// Lets a principal list the objects' keys.
    #[must_use = "a grant exists only after `scope.grant_all(…)`"]
    pub fn grant_list(&self, principal: &impl Principal) -> Grant {
        let prefix = self.prefix.clone() + "*";
        Grant::new(principal.principal(), ["s3:ListBucket"], [self.bucket.arn()]).when(
            "StringLike",
            "s3:prefix",
            [prefix],
        )
    }

    fn grant(
        &self,
        principal: &impl Principal,
        on_objects: &[&'static str],
        on_key: &[&'static str],
    ) -> Vec<Grant> {
        let to = principal.principal();
        let mut grants = vec![Grant::new(to, on_objects.iter().copied(), [self.arn()])];
        if let Some(key) = self.bucket.key().filter(|_| !on_key.is_empty()) {
            let service = Value::from("s3.") + self.bucket.region() + ".amazonaws.com";
            let on_key = Grant::new(to, on_key.iter().copied(), [key.arn()]);
            grants.push(on_key.when("StringEquals", "kms:ViaService", [service]));
        }
        grants
    }

    /// The objects' names as policies write them.
    pub(crate) fn arn(&self) -> Value<String> {
        self.bucket.arn() + "/" + &self.prefix + "*"
    }
}

/// A prefix that policies take by the letter: `*`, `?` and `$` are characters of keys too, and policies write those
/// as `${*}` (IAM User Guide, "IAM policy elements: Variables and tags").
fn literal(prefix: Value<String>) -> Value<String> {
    match prefix.known() {
        Known::Later => prefix,
        Known::Is(text) => {
            let escaped = text.chars().map(|c| match c {
                '*' | '?' | '$' => format!("${{{c}}}"),
                other => other.to_string(),
            });
            Value::of(Term::text(escaped.collect::<String>()))
        }
    }
}
