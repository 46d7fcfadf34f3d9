//! An application load balancer that answers HTTPS.

use std::collections::BTreeMap;

use synth_aws::elbv2::{
    self, LbAccessLogs, ListenerDefaultAction, ListenerDefaultActionFixedResponse,
    ListenerDefaultActionRedirect, ListenerRuleAction, ListenerRuleCondition,
    ListenerRuleConditionPathPattern,
};
use synth_core::{Construct, Handle, NodeId, Of, Place, Problem, Ref, Scope, THIS, Value};

use super::metric::Metrics;
use super::path;
use super::targets::{TargetsHandle, check_name};
use crate::network::Placement;

/// The policy that AWS recommends: TLS 1.3 and 1.2 (Elastic Load Balancing User Guide for Application Load Balancers,
/// "Security policies for your Application Load Balancer").
const TLS_POLICY: &str = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/// A load balancer that sends requests to targets by their paths. HTTP is redirected to HTTPS, invalid headers are
/// dropped, and AWS refuses to delete it.
#[derive(Clone, Debug)]
pub struct LoadBalancer {
    name: Value<String>,
    placement: Placement,
    certificate: Value<String>,
    scheme: Scheme,
    routes: BTreeMap<u16, (String, TargetsHandle)>,
    taken_twice: Vec<u16>,
    otherwise: Option<TargetsHandle>,
    tls_policy: Value<String>,
    deletion_protection: Value<bool>,
    access_logs: Option<(Value<String>, Value<String>)>,
}

/// Who can reach a load balancer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// The internet: it belongs into public subnets.
    #[default]
    Internet,
    /// The VPC, and what is connected to it.
    Internal,
}

impl LoadBalancer {
    /// A load balancer with a certificate, by its ARN. What no route takes is answered with 404.
    pub fn new(
        name: impl Into<Value<String>>,
        placement: Placement,
        certificate: impl Into<Value<String>>,
    ) -> Self {
        LoadBalancer {
            name: name.into(),
            placement,
            certificate: certificate.into(),
            scheme: Scheme::default(),
            routes: BTreeMap::new(),
            taken_twice: Vec::new(),
            otherwise: None,
            tls_policy: TLS_POLICY.into(),
            deletion_protection: true.into(),
            access_logs: None,
        }
    }

    /// Sends requests whose path fits a pattern (`/api/*`) to targets. Patterns are tried by rising priorities (1 to
    /// 50000), which are the rules' names too: leave room between them, and another one moves none.
    #[must_use]
    pub fn route(mut self, priority: u16, pattern: &str, targets: TargetsHandle) -> Self {
        if self.routes.insert(priority, (pattern.to_owned(), targets)).is_some() {
            self.taken_twice.push(priority);
        }
        self
    }

    /// Sends what no route takes to targets.
    #[must_use]
    pub fn otherwise(mut self, targets: TargetsHandle) -> Self {
        self.otherwise = Some(targets);
        self
    }

    /// Who can reach it.
    #[must_use]
    pub fn scheme(mut self, scheme: Scheme) -> Self {
        self.scheme = scheme;
        self
    }

    /// Another policy of TLS versions and ciphers.
    #[must_use]
    pub fn tls_policy(mut self, policy: impl Into<Value<String>>) -> Self {
        self.tls_policy = policy.into();
        self
    }

    /// Whether AWS refuses to delete it; unless you say otherwise, it does.
    #[must_use]
    pub fn deletion_protection(mut self, protected: impl Into<Value<bool>>) -> Self {
        self.deletion_protection = protected.into();
        self
    }

    /// Writes each request down in a bucket, by its name, below a prefix. The bucket must let the service write
    /// (Elastic Load Balancing User Guide for Application Load Balancers, "Enable access logs").
    #[must_use]
    pub fn access_logs(mut self, bucket: impl Into<Value<String>>, prefix: impl Into<Value<String>>) -> Self {
        self.access_logs = Some((bucket.into(), prefix.into()));
        self
    }

    fn check(&self, scope: &mut Scope<'_>) {
        check_name(scope, "a load balancer's", &self.name);
        self.placement.check(
            scope,
            2,
            "Elastic Load Balancing API Reference, \"CreateLoadBalancer\": Subnets",
        );
        for priority in &self.taken_twice {
            scope.refuse(
                Problem::new(format!("two routes have the priority {priority}"))
                    .at(format!("/routes/{priority}"))
                    .help("give one of them another: requests go to the first route that fits"),
            );
        }
        path::check(&self.routes, scope);
    }

    fn add_balancer(&self, scope: &mut Scope<'_>) -> elbv2::LbHandle {
        let mut balancer = elbv2::Lb::new()
            .name(&self.name)
            .load_balancer_type("application")
            .internal(self.scheme == Scheme::Internal)
            .subnets(self.placement.subnets.clone())
            .security_groups(self.placement.groups.clone())
            .drop_invalid_header_fields(true)
            .enable_deletion_protection(&self.deletion_protection);
        if let Some((bucket, prefix)) = &self.access_logs {
            balancer = balancer.access_logs(LbAccessLogs::new().bucket(bucket).prefix(prefix).enabled(true));
        }
        scope.add(THIS, balancer)
    }

    fn add_listeners(&self, balancer: elbv2::LbHandle, scope: &mut Scope<'_>) -> elbv2::ListenerHandle {
        let to_https =
            ListenerDefaultActionRedirect::new().port("443").protocol("HTTPS").status_code("HTTP_301");
        let http = elbv2::Listener::new()
            .load_balancer_arn(balancer.arn())
            .port(80)
            .protocol("HTTP")
            .default_action(ListenerDefaultAction::new().type_("redirect").redirect(to_https));
        scope.add("http", http);
        let action = match self.otherwise {
            Some(targets) => ListenerDefaultAction::new().type_("forward").target_group_arn(targets.arn()),
            None => {
                let not_found = ListenerDefaultActionFixedResponse::new()
                    .content_type("text/plain")
                    .message_body("Not found")
                    .status_code("404");
                ListenerDefaultAction::new().type_("fixed-response").fixed_response(not_found)
            }
        };
        let https = elbv2::Listener::new()
            .load_balancer_arn(balancer.arn())
            .port(443)
            .protocol("HTTPS")
            .ssl_policy(&self.tls_policy)
            .certificate_arn(&self.certificate)
            .default_action(action);
        scope.add("https", https)
    }
}

impl Construct for LoadBalancer {
    type Handle = LoadBalancerHandle;

    fn build(self, place: Place<'_, '_>) -> LoadBalancerHandle {
        let mut scope = place.construct(LoadBalancerHandle::KIND);
        self.check(&mut scope);
        let balancer = self.add_balancer(&mut scope);
        let https = self.add_listeners(balancer, &mut scope);
        for (priority, (pattern, targets)) in &self.routes {
            let path = ListenerRuleConditionPathPattern::new().values([pattern.as_str()]);
            let rule = elbv2::ListenerRule::new()
                .listener_arn(https.arn())
                .priority(*priority)
                .condition(ListenerRuleCondition::new().path_pattern(path))
                .action(ListenerRuleAction::new().type_("forward").target_group_arn(targets.arn()));
            scope.add(format!("route_{priority}"), rule);
        }
        scope.export("arn", balancer.arn());
        scope.export("arn_suffix", balancer.arn_suffix());
        scope.export("domain", balancer.dns_name());
        scope.export("zone_id", balancer.zone_id());
        LoadBalancerHandle(scope.node())
    }
}

/// A load balancer of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadBalancerHandle(NodeId);

impl Handle for LoadBalancerHandle {
    const KIND: &'static str = "load_balancer";

    fn node(self) -> NodeId {
        self.0
    }
}

impl LoadBalancerHandle {
    /// The load balancer's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The name under which it answers.
    pub fn domain(self) -> Ref<String> {
        Of::Handle(self).export("domain")
    }

    /// The hosted zone of that name, for an alias.
    pub fn zone_id(self) -> Ref<String> {
        Of::Handle(self).export("zone_id")
    }

    /// Its metrics, for alarms.
    pub fn metrics(self) -> Metrics {
        Metrics::of(Of::Handle(self).export::<String>("arn_suffix"))
    }
}
