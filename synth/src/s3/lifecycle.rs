//! What becomes of a bucket's objects by themselves.

use synth_aws::s3::{
    BucketLifecycleConfiguration, BucketLifecycleConfigurationRule as Rule,
    BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload as AbortIncompleteUpload,
    BucketLifecycleConfigurationRuleExpiration as Expiration,
    BucketLifecycleConfigurationRuleFilter as Filter,
    BucketLifecycleConfigurationRuleNoncurrentVersionExpiration as OldVersions,
};
use synth_core::{Known, Number, Problem, Scope, Value, Yes};

/// Days after which the parts of an upload that was never finished are deleted: nobody sees them, and they cost
/// (Amazon S3 User Guide, "Configuring a bucket lifecycle configuration to delete incomplete multipart uploads").
const DAYS_OF_AN_UPLOAD: i64 = 7;

/// Deletes objects by themselves.
#[derive(Clone, Debug)]
pub struct Expiry {
    prefix: Value<String>,
    days: Value<Number>,
}

impl Expiry {
    /// Deletes every object a number of days after it was made.
    pub fn after_days(days: impl Into<Value<Number>>) -> Self {
        Expiry { prefix: "".into(), days: days.into() }
    }

    /// Deletes only the objects whose keys begin with `prefix`: `exports/`.
    #[must_use]
    pub fn under(mut self, prefix: impl Into<Value<String>>) -> Self {
        self.prefix = prefix.into();
        self
    }
}

/// All that a bucket's objects undergo.
#[derive(Clone, Debug, Default)]
pub(super) struct Lifecycle {
    pub(super) expiries: Vec<Expiry>,
    pub(super) old_versions: Option<Value<Number>>,
}

impl Lifecycle {
    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        for days in self.expiries.iter().map(|expiry| &expiry.days).chain(&self.old_versions) {
            if let Known::Is(days) = days.known()
                && days < 1
            {
                scope.refuse(
                    Problem::new(format!("objects cannot be deleted after {days} days"))
                        .help("write 1 or more")
                        .source("Amazon S3 API Reference, \"LifecycleExpiration\": Days"),
                );
            }
        }
    }

    pub(super) fn configuration(self, bucket: Value<String>) -> BucketLifecycleConfiguration<Yes> {
        let uploads = AbortIncompleteUpload::new().days_after_initiation(DAYS_OF_AN_UPLOAD);
        let mut rules =
            vec![rule("incomplete-uploads", "".into()).abort_incomplete_multipart_upload(uploads)];
        if let Some(days) = self.old_versions {
            let versions = OldVersions::new().noncurrent_days(days);
            rules.push(rule("old-versions", "".into()).noncurrent_version_expiration(versions));
        }
        for (number, Expiry { prefix, days }) in (1..).zip(self.expiries) {
            let id = format!("expiry-{number}");
            rules.push(rule(&id, prefix).expiration(Expiration::new().days(days)));
        }
        BucketLifecycleConfiguration::new().bucket(bucket).rule(rules)
    }
}

fn rule(id: &str, prefix: Value<String>) -> Rule<Yes, Yes> {
    Rule::new().id(id).status("Enabled").filter(Filter::new().prefix(prefix))
}
