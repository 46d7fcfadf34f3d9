//! A name of a hosted zone that stands for something of AWS.

use synth_aws::{apprunner, route53};
use synth_core::{Construct, MetaArguments as _, Place, Scope, THIS, Value};

use super::name::Named;
use super::record;
use super::zone::ZoneHandle;
use crate::app_runner::CustomDomainHandle;
use crate::cloudfront::DistributionHandle;
use crate::load_balancer::LoadBalancerHandle;

/// A name that answers with the addresses of something of AWS, at no charge, and at the zone's own name too
/// (Amazon Route 53 Developer Guide, "Choosing between alias and non-alias records").
#[derive(Clone, Debug)]
pub struct Alias {
    zone: ZoneHandle,
    name: Value<String>,
    target: AliasTarget,
}

/// What a name can stand for.
#[derive(Clone, Debug)]
pub enum AliasTarget {
    /// A distribution: it has addresses of IPv4 and IPv6.
    Distribution(DistributionHandle),
    /// An App Runner service.
    AppRunner {
        /// The domain that App Runner gave the service, or wants the name to point to.
        domain: Value<String>,
    },
    /// A load balancer.
    LoadBalancer {
        /// Its domain.
        domain: Value<String>,
        /// The hosted zone that AWS keeps its domain in.
        zone_id: Value<String>,
    },
}

impl From<DistributionHandle> for AliasTarget {
    fn from(distribution: DistributionHandle) -> Self {
        AliasTarget::Distribution(distribution)
    }
}

impl From<LoadBalancerHandle> for AliasTarget {
    fn from(balancer: LoadBalancerHandle) -> Self {
        AliasTarget::LoadBalancer { domain: balancer.domain().into(), zone_id: balancer.zone_id().into() }
    }
}

impl From<CustomDomainHandle> for AliasTarget {
    fn from(domain: CustomDomainHandle) -> Self {
        AliasTarget::AppRunner { domain: domain.dns_target().into() }
    }
}

impl Alias {
    /// Has `name` answer with the target's addresses.
    pub fn new(zone: ZoneHandle, name: impl Into<Value<String>>, target: impl Into<AliasTarget>) -> Self {
        Alias { zone, name: name.into(), target: target.into() }
    }
}

impl AliasTarget {
    /// Domain, hosted zone, and the record types that the target has addresses for.
    fn parts(self, scope: &mut Scope<'_>) -> (Value<String>, Value<String>, &'static [&'static str]) {
        match self {
            AliasTarget::Distribution(distribution) => {
                (distribution.domain().into(), distribution.zone_id().into(), &["A", "AAAA"])
            }
            AliasTarget::AppRunner { domain } => {
                let zone = scope.add(THIS, apprunner::data::HostedZoneId::new());
                (domain, zone.id().into(), &["A"])
            }
            AliasTarget::LoadBalancer { domain, zone_id } => (domain, zone_id, &["A"]),
        }
    }
}

impl Construct for Alias {
    type Handle = ();

    fn build(self, place: Place<'_, '_>) {
        let mut scope = place.construct("alias");
        Named::Record.check(&mut scope, "/name", &self.name);
        self.zone.check(&mut scope, "/name", &self.name);
        let (domain, zone_id, kinds) = self.target.parts(&mut scope);
        for kind in kinds {
            let target = route53::RecordAlias::new()
                .name(&domain)
                .zone_id(&zone_id)
                // CloudFront has no health to look at, and one answer is no choice
                // ("ChangeResourceRecordSets": EvaluateTargetHealth).
                .evaluate_target_health(false);
            let mut record =
                route53::Record::new().zone_id(self.zone.id()).name(&self.name).type_(*kind).alias(target);
            for (condition, message) in record::conditions(self.zone, &self.name) {
                record = record.precondition(condition, message);
            }
            scope.add(kind.to_ascii_lowercase(), record);
        }
    }
}
