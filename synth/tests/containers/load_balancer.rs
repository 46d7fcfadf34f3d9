//! Load balancers and their targets.

use serde_json::json;
use synth::alarm::{Count, Milliseconds};
use synth::aws::{cloudwatch, elbv2};
use synth::load_balancer::{HealthCheck, LoadBalancer, Scheme, Targets, TargetsHandle};
use synth::network::Placement;
use synth::{Alarm, Scope, Variable};

use super::{messages, placement, stack};

const CERTIFICATE: &str = "arn:aws:acm:us-east-1:111111111111:certificate/1";

fn targets(stack: &mut Scope<'_>, id: &'static str, port: u16) -> TargetsHandle {
    stack.add(id, Targets::new(id, "vpc-1", port, HealthCheck::path("/health")))
}

fn balancer() -> LoadBalancer {
    LoadBalancer::new("shop", placement(), CERTIFICATE)
}

#[test]
fn http_leads_to_https_and_what_nobody_takes_is_not_found() {
    let stack = stack(|stack| {
        stack.add("balancer", balancer());
    });
    stack.has_resource::<elbv2::Lb>(json!({
        "name": "shop", "internal": false, "load_balancer_type": "application",
        "subnets": ["subnet-1", "subnet-2"], "security_groups": ["sg-1"],
        "drop_invalid_header_fields": true, "enable_deletion_protection": true, "access_logs": null,
    }));
    stack.has_resource::<elbv2::Listener>(json!({
        "port": 80, "protocol": "HTTP", "certificate_arn": null,
        "default_action": {
            "type": "redirect",
            "redirect": { "port": "443", "protocol": "HTTPS", "status_code": "HTTP_301" },
        },
    }));
    stack.has_resource::<elbv2::Listener>(json!({
        "port": 443, "protocol": "HTTPS", "certificate_arn": CERTIFICATE,
        "ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "default_action": { "type": "fixed-response", "fixed_response": { "status_code": "404" } },
    }));
}

#[test]
fn routes_are_named_by_their_priorities_so_that_another_one_moves_none() {
    let rules = |extra: bool| {
        let stack = stack(|stack| {
            let (api, ui) = (targets(stack, "api", 9000), targets(stack, "ui", 3000));
            let mut balancer = balancer().route(20, "/health", api).route(10, "/api/*", api).otherwise(ui);
            if extra {
                balancer = balancer.route(15, "/docs/*", api);
            }
            stack.add("balancer", balancer);
        });
        stack.document()["resource"]["aws_lb_listener_rule"].as_object().cloned().unwrap_or_default()
    };
    let (before, after) = (rules(false), rules(true));
    assert!(before.iter().all(|(name, rule)| after.get(name) == Some(rule)), "{after:?}");
    assert_eq!((before.len(), after.len()), (2, 3));
    let rule = &before["balancer__route_10"];
    assert_eq!(rule["priority"], 10);
    assert_eq!(rule["condition"][0]["path_pattern"]["values"], json!(["/api/*"]));
    assert_eq!(rule["action"][0]["target_group_arn"], "${aws_lb_target_group.api.arn}");
}

#[test]
fn everything_can_be_said() {
    let stack = stack(|stack| {
        let protected = stack.add("protected", Variable::<bool>::new());
        let balancer = balancer()
            .scheme(Scheme::Internal)
            .tls_policy("ELBSecurityPolicy-TLS13-1-3-2021-06")
            .deletion_protection(protected)
            .access_logs("shop-logs", "balancer");
        stack.add("balancer", balancer);
        let check = HealthCheck::path("/up").statuses("200-299").interval_seconds(10).timeout_seconds(3);
        let targets = Targets::new("shop", "vpc-1", 8080, check.healthy_after(3).unhealthy_after(4));
        stack.add("targets", targets.drain_seconds(30));
    });
    stack.has_resource::<elbv2::Lb>(json!({
        "internal": true, "enable_deletion_protection": "${var.protected}",
        "access_logs": { "bucket": "shop-logs", "prefix": "balancer", "enabled": true },
    }));
    stack.has_resource::<elbv2::TargetGroup>(json!({
        "target_type": "ip", "port": 8080, "protocol": "HTTP", "vpc_id": "vpc-1", "deregistration_delay": "30",
        "health_check": {
            "path": "/up", "matcher": "200-299", "interval": 10, "timeout": 3,
            "healthy_threshold": 3, "unhealthy_threshold": 4,
        },
    }));
}

#[test]
fn metrics_name_the_balancer_and_where_it_matters_the_targets() {
    let stack = stack(|stack| {
        let api = targets(stack, "api", 9000);
        let metrics = stack.add("balancer", balancer().otherwise(api)).metrics();
        stack.add("errors", Alarm::above("errors", metrics.target_server_errors(), Count(5), 5));
        stack.add("slow", Alarm::above("slow", metrics.response_time(), Milliseconds(500), 5));
        stack.add("sick", Alarm::above("sick", metrics.unhealthy(api), Count(0), 5));
    });
    let balancer = "${aws_lb.balancer.arn_suffix}";
    stack.has_resource::<cloudwatch::MetricAlarm>(json!({
        "namespace": "AWS/ApplicationELB", "metric_name": "HTTPCode_Target_5XX_Count", "statistic": "Sum",
        "dimensions": { "LoadBalancer": balancer, "TargetGroup": null },
    }));
    stack.has_resource::<cloudwatch::MetricAlarm>(
        json!({ "metric_name": "TargetResponseTime", "threshold": 0.5 }),
    );
    stack.has_resource::<cloudwatch::MetricAlarm>(json!({
        "metric_name": "UnHealthyHostCount",
        "dimensions": { "LoadBalancer": balancer, "TargetGroup": "${aws_lb_target_group.api.arn_suffix}" },
    }));
}

#[test]
fn what_a_listener_would_refuse_or_never_come_to_is_refused() {
    let messages = messages(|stack| {
        let api = targets(stack, "api", 9000);
        let balancer = LoadBalancer::new(
            "internal-shop",
            Placement::new(["subnet-1"], [synth::network::Group::existing("sg-1")]),
            CERTIFICATE,
        )
        .route(0, "/zero", api)
        .route(10, "/api/*", api)
        .route(20, "/api/v2/*", api)
        .route(30, "no-slash", api)
        .route(40, "/twice", api)
        .route(40, "/again", api)
        .route(50_001, "/late", api);
        stack.add("balancer", balancer);
    });
    assert_eq!(
        messages,
        [
            "`internal-shop` cannot be a load balancer's name",
            "1 subnets are too few",
            "a rule cannot have the priority 0",
            "no request gets to `/api/v2/*`: `/api/*` takes all of them",
            "`no-slash` is no pattern of paths",
            "two routes have the priority 40",
            "a rule cannot have the priority 50001",
        ]
    );
}

#[test]
fn health_checks_and_targets_have_the_numbers_that_aws_has() {
    let messages = messages(|stack| {
        let check = HealthCheck::path("/")
            .interval_seconds(4)
            .timeout_seconds(121)
            .healthy_after(1)
            .unhealthy_after(11);
        stack.add("targets", Targets::new("-shop", "vpc-1", 0, check).drain_seconds(3601));
    });
    assert_eq!(messages.len(), 8, "{messages:?}");
    assert!(
        messages
            .contains(&"a health check cannot wait 121 s for an answer and ask again after 4 s".to_owned())
    );
}
