//! Where requests go, and what is kept of the answers.

use synth_aws::cloudfront::{
    self, DistributionDefaultCacheBehavior as DefaultBehavior,
    DistributionOrderedCacheBehavior as OrderedBehavior, DistributionOrigin,
    DistributionOriginCustomOriginConfig,
};
use synth_core::{Ref, Scope, Value, Yes};

use crate::dns::name::Named;
use crate::s3::BucketHandle;

/// Policies that AWS keeps (Amazon CloudFront Developer Guide, "Use managed cache policies", "Use managed origin request
/// policies", "Use managed response headers policies").
const CACHING_OPTIMIZED: &str = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const CACHING_DISABLED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ALL_VIEWER_EXCEPT_HOST_HEADER: &str = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
/// `Strict-Transport-Security`, `X-Content-Type-Options`, `X-Frame-Options`, `Referrer-Policy`, `X-XSS-Protection`.
const SECURITY_HEADERS: &str = "67f7725c-6f97-4210-82d7-5512b31e9d03";

const READING: [&str; 2] = ["GET", "HEAD"];
const ALL_METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// Where requests go. Plain HTTP is sent to HTTPS, answers are compressed, and have AWS's security headers.
#[derive(Clone, Debug, PartialEq)]
pub enum Behavior {
    /// Objects of a private bucket, by their keys, kept at the edge as long as their headers say.
    Files(BucketHandle),
    /// A service, by its domain: every method, over HTTPS, nothing kept.
    Service(Value<String>),
}

impl From<BucketHandle> for Behavior {
    fn from(bucket: BucketHandle) -> Self {
        Behavior::Files(bucket)
    }
}

impl Behavior {
    /// A service that answers at a domain, without a scheme.
    pub fn service(domain: impl Into<Value<String>>) -> Self {
        Behavior::Service(domain.into())
    }

    /// The domain that the origin answers at; it is the origin's name too.
    fn domain(&self) -> Value<String> {
        match self {
            Behavior::Files(bucket) => bucket.domain().into(),
            Behavior::Service(domain) => domain.clone(),
        }
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        if let Behavior::Service(domain) = self {
            Named::Host.check(scope, "/service", domain);
        }
    }

    /// Methods, cache policy, origin request policy.
    fn policies(&self) -> (&'static [&'static str], &'static str, Option<&'static str>) {
        match self {
            Behavior::Files(_) => (&READING, CACHING_OPTIMIZED, None),
            Behavior::Service(_) => (&ALL_METHODS, CACHING_DISABLED, Some(ALL_VIEWER_EXCEPT_HOST_HEADER)),
        }
    }

    pub(super) fn origin(&self, access: Option<Ref<String>>) -> DistributionOrigin<Yes, Yes> {
        let origin = DistributionOrigin::new().domain_name(self.domain()).origin_id(self.domain());
        match (self, access) {
            (Behavior::Files(_), Some(access)) => origin.origin_access_control_id(access),
            (Behavior::Files(_), None) => origin,
            (Behavior::Service(_), _) => origin.custom_origin_config(
                DistributionOriginCustomOriginConfig::new()
                    .http_port(80)
                    .https_port(443)
                    .origin_protocol_policy("https-only")
                    .origin_ssl_protocols(["TLSv1.2"]),
            ),
        }
    }

    pub(super) fn default(&self) -> DefaultBehavior<Yes, Yes, Yes, Yes> {
        let (methods, cache, request) = self.policies();
        let behavior = DefaultBehavior::new()
            .target_origin_id(self.domain())
            .allowed_methods(methods.to_vec())
            .cached_methods(READING)
            .cache_policy_id(cache)
            .response_headers_policy_id(SECURITY_HEADERS)
            .viewer_protocol_policy("redirect-to-https")
            .compress(true);
        match request {
            Some(policy) => behavior.origin_request_policy_id(policy),
            None => behavior,
        }
    }

    pub(super) fn ordered(&self, pattern: &str) -> OrderedBehavior<Yes, Yes, Yes, Yes, Yes> {
        let (methods, cache, request) = self.policies();
        let behavior = OrderedBehavior::new()
            .path_pattern(pattern)
            .target_origin_id(self.domain())
            .allowed_methods(methods.to_vec())
            .cached_methods(READING)
            .cache_policy_id(cache)
            .response_headers_policy_id(SECURITY_HEADERS)
            .viewer_protocol_policy("redirect-to-https")
            .compress(true);
        match request {
            Some(policy) => behavior.origin_request_policy_id(policy),
            None => behavior,
        }
    }
}

/// Lets CloudFront sign its requests to private buckets (Amazon CloudFront Developer Guide, "Restrict access to an
/// Amazon S3 origin").
pub(super) fn access_control(name: &Value<String>) -> cloudfront::OriginAccessControl<Yes, Yes, Yes, Yes> {
    cloudfront::OriginAccessControl::new()
        .name(name)
        .origin_access_control_origin_type("s3")
        .signing_behavior("always")
        .signing_protocol("sigv4")
}
