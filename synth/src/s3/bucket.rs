//! A bucket of Amazon S3.

use synth_aws::s3;
use synth_core::{
    Construct, Handle, Known, MetaArguments as _, NodeId, Number, Of, Place, Problem, Ref, Scope, THIS, Term,
    Tree, Value,
};

use super::lifecycle::{Expiry, Lifecycle};
use super::objects::Objects;
use super::{name, policy};
use crate::account;
use crate::kms::KeyHandle;

/// A private bucket: encrypted, without public access, reached by TLS alone, its objects its owner's, each with its
/// old versions.
#[derive(Clone, Debug)]
pub struct Bucket {
    name: Value<String>,
    key: Option<KeyHandle>,
    logs: Option<BucketHandle>,
    lifecycle: Lifecycle,
    emptied: bool,
}

impl Bucket {
    /// A bucket of that name, which no other bucket in the world has.
    pub fn new(name: impl Into<Value<String>>) -> Self {
        Bucket { name: name.into(), key: None, logs: None, lifecycle: Lifecycle::default(), emptied: false }
    }

    /// Encrypts objects with a key of ours; without one, with S3's own (AES256). Whoever may read or write objects
    /// may use the key for them.
    #[must_use]
    pub fn encrypted_with(mut self, key: KeyHandle) -> Self {
        self.key = Some(key);
        self
    }

    /// Has S3 write who did what with the bucket into another bucket of the same region, under this one's name.
    #[must_use]
    pub fn logs_to(mut self, logs: BucketHandle) -> Self {
        self.logs = Some(logs);
        self
    }

    /// Deletes objects by themselves.
    #[must_use]
    pub fn expire(mut self, expiry: Expiry) -> Self {
        self.lifecycle.expiries.push(expiry);
        self
    }

    /// Deletes old versions of objects a number of days after they were replaced or deleted; else they stay.
    #[must_use]
    pub fn keep_old_versions(mut self, days: impl Into<Value<Number>>) -> Self {
        self.lifecycle.old_versions = Some(days.into());
        self
    }

    /// Deletes the bucket's objects with the bucket; else a bucket with objects cannot be destroyed.
    #[must_use]
    pub fn emptied_on_destroy(mut self) -> Self {
        self.emptied = true;
        self
    }
}

impl Construct for Bucket {
    type Handle = BucketHandle;

    fn build(self, place: Place<'_, '_>) -> BucketHandle {
        let mut scope = place.construct(BucketHandle::KIND);
        let conditions = name::check(&mut scope, &self.name);
        self.lifecycle.check(&mut scope);
        let mut bucket = s3::Bucket::new().bucket(&self.name);
        if self.emptied {
            bucket = bucket.force_destroy(true);
        }
        let bucket = scope.add(THIS, conditions.on(bucket));
        scope.export("arn", bucket.arn());
        scope.export("name", bucket.bucket());
        scope.export("domain", bucket.bucket_regional_domain_name());
        scope.export("region", bucket.region());
        keep_private(&mut scope, bucket);
        encrypt(&mut scope, bucket, self.key);
        let versions = s3::BucketVersioningVersioningConfiguration::new().status("Enabled");
        let versions = s3::BucketVersioning::new().bucket(bucket.id()).versioning_configuration(versions);
        let versions = scope.add(THIS, versions);
        // Rules about old versions hold for a bucket that has them.
        scope.add(THIS, self.lifecycle.configuration(bucket.id().into()).depends_on(versions));
        let handle = BucketHandle { node: scope.node(), key: self.key };
        scope.attach(handle, policy::only_by_tls(handle));
        scope.once("bucket_policies", policy::write);
        if let Some(logs) = self.logs {
            write_logs(&mut scope, handle, logs, &self.name);
        }
        handle
    }
}

/// Nothing in the bucket is anybody else's, and nothing is public, whatever an ACL or a policy says (Amazon S3 User
/// Guide, "Blocking public access to your Amazon S3 storage", "Controlling ownership of objects").
fn keep_private(scope: &mut Scope<'_>, bucket: s3::BucketHandle) {
    let block = s3::BucketPublicAccessBlock::new()
        .bucket(bucket.id())
        .block_public_acls(true)
        .block_public_policy(true)
        .ignore_public_acls(true)
        .restrict_public_buckets(true);
    scope.add(THIS, block);
    let rule = s3::BucketOwnershipControlsRule::new().object_ownership("BucketOwnerEnforced");
    scope.add(THIS, s3::BucketOwnershipControls::new().bucket(bucket.id()).rule(rule));
}

fn encrypt(scope: &mut Scope<'_>, bucket: s3::BucketHandle, key: Option<KeyHandle>) {
    use s3::BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault as ByDefault;

    let rule = s3::BucketServerSideEncryptionConfigurationRule::new();
    let rule = match key {
        None => rule.apply_server_side_encryption_by_default(ByDefault::new().sse_algorithm("AES256")),
        Some(key) => rule
            .apply_server_side_encryption_by_default(
                ByDefault::new().sse_algorithm("aws:kms").kms_master_key_id(key.arn()),
            )
            // One call of KMS for many objects (Amazon S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3
            // Bucket Keys").
            .bucket_key_enabled(true),
    };
    scope.add(THIS, s3::BucketServerSideEncryptionConfiguration::new().bucket(bucket.id()).rule([rule]));
}

fn write_logs(scope: &mut Scope<'_>, bucket: BucketHandle, logs: BucketHandle, name: &Value<String>) {
    if logs.key.is_some() {
        scope.refuse(
            Problem::new("access logs cannot be written to a bucket that is encrypted with a key of KMS")
                .at("/logs_to")
                .help("write them to a bucket without `encrypted_with`")
                .source("Amazon S3 User Guide, \"Enabling Amazon S3 server access logging\""),
        );
    }
    let account = account::current(scope);
    let prefix = name.clone() + "/";
    let logging =
        s3::BucketLogging::new().bucket(bucket.name()).target_bucket(logs.name()).target_prefix(&prefix);
    scope.add(THIS, logging);
    scope.attach(logs, policy::takes_logs_of(bucket, &logs.under(prefix), account.into()));
    let regions = [bucket, logs].map(|bucket| bucket.configured_region(scope.look()));
    if let [Known::Is(of), Known::Is(to)] = regions
        && of != to
    {
        let problem =
            Problem::new(format!("access logs of a bucket in {of} cannot be written to a bucket in {to}"))
                .at("/logs_to")
                .help(format!("write them to a bucket in {of}"))
                .source("Amazon S3 User Guide, \"Enabling Amazon S3 server access logging\"");
        scope.refuse(problem);
    }
}

/// A bucket of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BucketHandle {
    node: NodeId,
    key: Option<KeyHandle>,
}

impl Handle for BucketHandle {
    const KIND: &'static str = "bucket";

    fn node(self) -> NodeId {
        self.node
    }
}

impl BucketHandle {
    /// The bucket's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The bucket's name.
    pub fn name(self) -> Ref<String> {
        BucketHandle::name_of(self.node)
    }

    /// The domain that the bucket answers at in its region.
    pub fn domain(self) -> Ref<String> {
        Of::Handle(self).export("domain")
    }

    /// The bucket's region.
    pub fn region(self) -> Ref<String> {
        Of::Handle(self).export("region")
    }

    /// Every object of the bucket, for a grant.
    pub fn objects(self) -> Objects {
        self.under("")
    }

    /// The objects whose keys begin with `prefix`, such as `uploads/`, for a grant. Every character of it is meant as
    /// it is written.
    pub fn under(self, prefix: impl Into<Value<String>>) -> Objects {
        Objects::new(self, prefix.into())
    }

    /// The key that objects are encrypted with, if it is one of ours.
    pub(crate) fn key(self) -> Option<KeyHandle> {
        self.key
    }

    /// The name of the bucket behind a node.
    pub(super) fn name_of(node: NodeId) -> Ref<String> {
        Of::Handle(BucketHandle { node, key: None }).export("name")
    }

    /// The region that the bucket's provider is configured with, where that is written out.
    fn configured_region(self, tree: &Tree) -> Known<&str> {
        match tree.provider_argument(self, "aws_s3_bucket", "region") {
            Some(Term::Text(region)) => Known::Is(region),
            Some(_) | None => Known::Later,
        }
    }
}
