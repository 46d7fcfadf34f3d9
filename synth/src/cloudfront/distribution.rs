//! A distribution of Amazon CloudFront.

use synth_aws::cloudfront;
use synth_core::{
    Condition, Construct, Effect, Handle, MetaArguments as _, NodeId, Of, Party, Place, ProviderHandle, Ref,
    Scope, Statement, THIS, Value, functions,
};

use super::behavior::{Behavior, access_control};
use super::domains::Domains;
use super::logging::Logging;
use super::paths::Paths;
use crate::certificate::CertificateHandle;
use crate::limit::{Limit, Preconditions, Texts};
use crate::s3::BucketHandle;

/// Where in the world answers are kept: the fewer places, the cheaper (Amazon CloudFront Developer Guide, "Choose the
/// price class for a CloudFront distribution").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PriceClass {
    /// North America, Europe and Israel.
    Fewest,
    /// Those, and all but the dearest.
    Most,
    /// Everywhere.
    #[default]
    All,
}

impl PriceClass {
    fn name(self) -> &'static str {
        match self {
            PriceClass::Fewest => "PriceClass_100",
            PriceClass::Most => "PriceClass_200",
            PriceClass::All => "PriceClass_All",
        }
    }
}

/// Answers requests near to those who ask: over HTTPS, from private buckets that let nobody else in, and from services.
#[derive(Clone, Debug)]
pub struct Distribution {
    name: Value<String>,
    paths: Paths,
    single_page_app: bool,
    domains: Option<Domains>,
    logs: Option<BucketHandle>,
    us_east_1: Option<ProviderHandle>,
    price_class: PriceClass,
}

impl Distribution {
    /// A distribution that answers all requests alike: from a bucket, or from a service. The name is for people.
    pub fn new(name: impl Into<Value<String>>, rest: impl Into<Behavior>) -> Self {
        Distribution {
            name: name.into(),
            paths: Paths { rest: rest.into(), ordered: Vec::new() },
            single_page_app: false,
            domains: None,
            logs: None,
            us_east_1: None,
            price_class: PriceClass::default(),
        }
    }

    /// Answers requests of a path in another way: `/files/*`. Of several patterns that fit, the first one counts. A
    /// bucket's objects have the whole path as their keys: `files/one.pdf`.
    #[must_use]
    pub fn path(mut self, pattern: &str, behavior: impl Into<Behavior>) -> Self {
        self.paths.ordered.push((pattern.to_owned(), behavior.into()));
        self
    }

    /// Answers every path that the bucket has nothing for with `index.html`, whose script knows what to show.
    #[must_use]
    pub fn single_page_app(mut self) -> Self {
        self.single_page_app = true;
        self
    }

    /// Answers to names of our own, which a certificate in us-east-1 covers.
    #[must_use]
    pub fn domains<N: Into<Value<String>>>(
        mut self,
        certificate: CertificateHandle,
        names: impl IntoIterator<Item = N>,
    ) -> Self {
        self.domains = Some(Domains { certificate, names: names.into_iter().map(Into::into).collect() });
        self
    }

    /// Has who asked for what written into a bucket.
    #[must_use]
    pub fn logs_to(mut self, bucket: BucketHandle) -> Self {
        self.logs = Some(bucket);
        self
    }

    /// The provider's configuration for us-east-1, where the default one is for another region: the logs of CloudFront
    /// are delivered from there.
    #[must_use]
    pub fn in_us_east_1(mut self, provider: ProviderHandle) -> Self {
        self.us_east_1 = Some(provider);
        self
    }

    /// Where in the world answers are kept.
    #[must_use]
    pub fn price_class(mut self, class: PriceClass) -> Self {
        self.price_class = class;
        self
    }

    fn check(&self, scope: &mut Scope<'_>) -> Preconditions {
        self.paths.check(scope);
        if self.single_page_app {
            self.paths.warn_of_error_pages(scope);
        }
        if let Some(domains) = &self.domains {
            domains.check(scope);
        }
        check_name(scope, &self.name)
    }
}

/// What CloudFront and CloudWatch Logs both take as a name: the distribution's parts are called after it (Amazon
/// CloudWatch Logs API Reference, "PutDeliverySource": name; Amazon CloudFront API Reference,
/// "OriginAccessControlConfig": Name).
fn check_name(scope: &mut Scope<'_>, name: &Value<String>) -> Preconditions {
    let limit = Limit {
        property: "/name",
        what: "a distribution's name",
        source: "Amazon CloudWatch Logs API Reference, \"PutDeliverySource\": name",
    };
    let fit = |name: &str| {
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        (1..=60).contains(&name.len()) && name.chars().all(legal)
    };
    let condition = functions::matches("^[a-zA-Z0-9_-]{1,60}$", name);
    limit.text(
        scope,
        name,
        Texts { fit, condition, in_words: "1 to 60 letters, digits, `-` or `_`".to_owned() },
    )
}

impl Construct for Distribution {
    type Handle = DistributionHandle;

    fn build(self, place: Place<'_, '_>) -> DistributionHandle {
        let mut scope = place.construct(DistributionHandle::KIND);
        let conditions = self.check(&mut scope);
        let buckets = self.paths.buckets();
        let access = (!buckets.is_empty()).then(|| scope.add(THIS, access_control(&self.name)).id());
        let origins = self.paths.origins().into_iter().map(|one| one.origin(access.clone()));
        let mut distribution = cloudfront::Distribution::new()
            .comment(&self.name)
            .enabled(true)
            .is_ipv6_enabled(true)
            .http_version("http2and3")
            .price_class(self.price_class.name())
            .origin(origins.collect::<Vec<_>>())
            .default_cache_behavior(self.paths.rest.default())
            .restrictions(anywhere())
            .viewer_certificate(match &self.domains {
                Some(domains) => domains.viewer_certificate(),
                None => cloudfront::DistributionViewerCertificate::new().cloudfront_default_certificate(true),
            });
        if !self.paths.ordered.is_empty() {
            let ordered = self.paths.ordered.iter().map(|(path, behavior)| behavior.ordered(path));
            distribution = distribution.ordered_cache_behavior(ordered.collect::<Vec<_>>());
        }
        if let Behavior::Files(_) = self.paths.rest {
            distribution = distribution.default_root_object("index.html");
        }
        if self.single_page_app {
            distribution = distribution.custom_error_response([403, 404].map(index_instead));
        }
        if let Some(domains) = &self.domains {
            distribution = distribution.aliases(domains.names.clone());
            if let Some((condition, message)) = domains.condition(scope.look()) {
                distribution = distribution.precondition(condition, message);
            }
        }
        let distribution = scope.add(THIS, conditions.on(distribution));
        scope.export("arn", distribution.arn());
        scope.export("id", distribution.id());
        scope.export("domain", distribution.domain_name());
        scope.export("zone_id", distribution.hosted_zone_id());
        for (bucket, prefixes) in buckets {
            scope.attach(bucket, reads(bucket, &prefixes, distribution.arn().into()));
            if let Some(key) = bucket.key() {
                scope.attach(key, key.decryptable_for("cloudfront.amazonaws.com", distribution.arn().into()));
            }
        }
        if let Some(bucket) = self.logs {
            Logging { bucket, provider: self.us_east_1 }.add(&mut scope, &self.name, distribution.arn());
        }
        DistributionHandle(scope.node())
    }
}

/// A bucket says that there is no such object by 403 to who may not list it, and by 404 to who may.
fn index_instead(code: i64) -> cloudfront::DistributionCustomErrorResponse<synth_core::Yes> {
    cloudfront::DistributionCustomErrorResponse::new()
        .error_code(code)
        .response_code(200)
        .response_page_path("/index.html")
        .error_caching_min_ttl(10)
}

fn anywhere() -> cloudfront::DistributionRestrictions<synth_core::Yes> {
    let none = cloudfront::DistributionRestrictionsGeoRestriction::new().restriction_type("none");
    cloudfront::DistributionRestrictions::new().geo_restriction(none)
}

/// Only this distribution reads, and only what it can be asked for (Amazon CloudFront Developer Guide, "Restrict access
/// to an Amazon S3 origin").
fn reads(bucket: BucketHandle, prefixes: &[&str], distribution: Value<String>) -> Statement {
    let whole = prefixes.contains(&"");
    let objects = prefixes.iter().filter(|prefix| !whole || prefix.is_empty());
    Statement {
        effect: Effect::Allow,
        party: Party::Service("cloudfront.amazonaws.com"),
        actions: vec!["s3:GetObject"],
        resources: objects.map(|prefix| bucket.under(*prefix).arn()).collect(),
        conditions: vec![Condition {
            operator: "StringEquals",
            key: "aws:SourceArn",
            values: vec![distribution],
        }],
    }
}

/// A distribution of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistributionHandle(NodeId);

impl Handle for DistributionHandle {
    const KIND: &'static str = "distribution";

    fn node(self) -> NodeId {
        self.0
    }
}

impl DistributionHandle {
    /// The distribution's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The distribution's id: what an invalidation is for.
    pub fn id(self) -> Ref<String> {
        Of::Handle(self).export("id")
    }

    /// The domain that CloudFront gave the distribution.
    pub fn domain(self) -> Ref<String> {
        Of::Handle(self).export("domain")
    }

    /// The hosted zone that AWS keeps the domain in, for an alias.
    pub fn zone_id(self) -> Ref<String> {
        Of::Handle(self).export("zone_id")
    }
}
