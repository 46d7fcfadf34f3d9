//! Services, their roles, and how they are reached and found.

use serde_json::{Value as Json, json};
use synth::alarm::Percent;
use synth::aws::{cloudwatch, ecs, servicediscovery};
use synth::ecs::{Cluster, Container, Image, Insights, Namespace, RegistryLogin, Service, Size, Task};
use synth::load_balancer::{HealthCheck, LoadBalancer, Targets};
use synth::{Alarm, App, Backend, LogGroup, Output, Scope, Secret, Variable};
use synth_testing::Synthesized;

use super::{messages, placement, stack};

fn service(stack: &mut Scope<'_>, container: Container) -> Service {
    let logs = stack.add("logs", LogGroup::new("/ecs/shop", 30));
    let cluster = stack.add("cluster", Cluster::new("shop"));
    Service::new("shop-api", cluster, placement(), Task::new(Size::new(256, 512), logs, container))
}

fn api() -> Container {
    Container::new("api", Image::public("shop/api:v7")).port(9000)
}

fn policy(stack: &Synthesized, name: &str) -> Option<String> {
    let policy = stack.document().pointer(&format!("/resource/aws_iam_role_policy/{name}/policy"));
    policy.and_then(Json::as_str).map(str::to_owned)
}

#[test]
fn a_service_is_private_and_rolls_back_what_does_not_become_healthy() {
    let stack = stack(|stack| {
        let api = service(stack, api()).tasks(2);
        stack.add("api", api);
    });
    stack.has_resource::<ecs::Service>(json!({
        "name": "shop-api", "cluster": "${aws_ecs_cluster.cluster.arn}", "launch_type": "FARGATE", "desired_count": 2,
        "deployment_circuit_breaker": { "enable": true, "rollback": true },
        "deployment_minimum_healthy_percent": 100, "deployment_maximum_percent": 200,
        "network_configuration": {
            "subnets": ["subnet-1", "subnet-2"], "security_groups": ["sg-1"], "assign_public_ip": false,
        },
        "load_balancer": null, "service_registries": null, "enable_execute_command": null,
        "depends_on": ["aws_iam_role.api__execution", "aws_iam_role_policy.api__execution"],
    }));
}

#[test]
fn a_cluster_is_watched_unless_it_is_said_otherwise() {
    let stack = stack(|stack| {
        stack.add("watched", Cluster::new("watched"));
        stack.add("cheap", Cluster::new("cheap").insights(Insights::Disabled));
    });
    for (name, value) in [("watched", "enabled"), ("cheap", "disabled")] {
        stack.has_resource::<ecs::Cluster>(
            json!({ "name": name, "setting": { "name": "containerInsights", "value": value } }),
        );
    }
}

#[test]
fn the_execution_role_may_do_what_starts_the_tasks_and_the_task_role_nothing() {
    let stack = stack(|stack| {
        let token = stack.add("token", Variable::<String>::new().ephemeral());
        let (_, login) = stack.add(
            "registry",
            Secret::new("shop/registry").json(|keys| {
                RegistryLogin::new(keys.plain("username", "shop"), keys.add::<String>("password", token))
            }),
        );
        let key = stack.add("key", Secret::new("shop/key"));
        stack.add("other", Secret::new("shop/other"));
        let container =
            Container::new("api", Image::private("ghcr.io/shop/api:v7", login)).secret("KEY", key);
        let api = service(stack, container);
        stack.add("api", api);
    });
    assert_eq!(
        policy(&stack, "api__execution").as_deref(),
        Some(
            "${jsonencode({\"Statement\" = [{\"Action\" = [\"logs:CreateLogStream\", \"logs:PutLogEvents\"], \
             \"Effect\" = \"Allow\", \"Resource\" = [\"${aws_cloudwatch_log_group.logs.arn}:*\"]}, \
             {\"Action\" = [\"secretsmanager:GetSecretValue\"], \"Effect\" = \"Allow\", \
             \"Resource\" = [aws_secretsmanager_secret.registry.arn, aws_secretsmanager_secret.key.arn]}], \
             \"Version\" = \"2012-10-17\"})}"
        )
    );
    assert_eq!(policy(&stack, "api__task"), None);
}

#[test]
fn an_image_in_ecr_may_be_pulled_from_its_repository_alone() {
    let stack = stack(|stack| {
        let image = "111111111111.dkr.ecr.us-east-1.amazonaws.com/shop:v7";
        let repository = "arn:aws:ecr:us-east-1:111111111111:repository/shop";
        let api = service(stack, Container::new("api", Image::ecr(image, repository)));
        stack.add("api", api);
    });
    let policy = policy(&stack, "api__execution").unwrap_or_default();
    assert!(policy.contains("\"ecr:GetDownloadUrlForLayer\"], \"Effect\" = \"Allow\", \"Resource\" = [\"arn:aws:ecr:us-east-1:111111111111:repository/shop\"]"), "{policy}");
    assert!(
        policy.contains("[\"ecr:GetAuthorizationToken\"], \"Effect\" = \"Allow\", \"Resource\" = [\"*\"]"),
        "{policy}"
    );
}

#[test]
fn what_a_service_is_granted_its_containers_may_do() {
    let stack = stack(|stack| {
        let secret = stack.add("secret", Secret::new("shop/secret"));
        let api = service(stack, api()).commands();
        let api = stack.add("api", api);
        stack.grant(secret.grant_read(&api));
    });
    let policy = policy(&stack, "api__task").unwrap_or_default();
    assert!(policy.contains("aws_secretsmanager_secret.secret.arn"), "{policy}");
    assert!(policy.contains("ssmmessages:OpenDataChannel"), "{policy}");
    stack.has_resource::<ecs::Service>(json!({ "enable_execute_command": true }));
}

#[test]
fn behind_a_load_balancer_the_container_with_the_port_answers() {
    let stack = stack(|stack| {
        let targets = stack.add("targets", Targets::new("api", "vpc-1", 9000, HealthCheck::path("/health")));
        let balancer =
            LoadBalancer::new("shop", placement(), "arn:aws:acm:us-east-1:111111111111:certificate/1");
        let balancer = stack.add("balancer", balancer.route(10, "/api/*", targets));
        let api = service(stack, api()).behind(balancer, targets);
        stack.add("api", api);
    });
    let service = stack.document().pointer("/resource/aws_ecs_service/api").cloned().unwrap_or_default();
    assert_eq!(
        service["load_balancer"],
        json!([{
            "container_name": "api", "container_port": 9000,
            "target_group_arn": "${aws_lb_target_group.targets.arn}",
        }])
    );
    assert_eq!(service["health_check_grace_period_seconds"], 60);
    // ECS refuses targets to which no listener sends anything.
    let before: Vec<&str> =
        service["depends_on"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    assert!(before.contains(&"aws_lb_listener_rule.balancer__route_10"), "{before:?}");
}

#[test]
fn tasks_start_when_the_values_of_their_secrets_are_there() {
    let stack = stack(|stack| {
        let token = stack.add("token", Variable::<String>::new().ephemeral());
        let key = stack.add("key", Secret::new("shop/key").value(token));
        let api = service(stack, api().secret("KEY", key));
        stack.add("api", api);
    });
    let service = stack.document().pointer("/resource/aws_ecs_service/api").cloned().unwrap_or_default();
    let before: Vec<&str> =
        service["depends_on"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    assert!(before.contains(&"aws_secretsmanager_secret_version.key"), "{before:?}");
}

#[test]
fn what_is_in_another_stack_was_applied_before() {
    let mut app = App::new();
    let mut shared = app.stack("shared");
    shared.backend(Backend::local("shared.tfstate"));
    let key = shared.add("key", Secret::new("shop/key"));
    let targets = shared.add("targets", Targets::new("api", "vpc-1", 9000, HealthCheck::path("/health")));
    let balancer = LoadBalancer::new("shop", placement(), "arn:aws:acm:us-east-1:111111111111:certificate/1");
    let balancer = shared.add("balancer", balancer.otherwise(targets));
    let mut shop = app.stack("shop");
    let api = service(&mut shop, api().secret("KEY", key)).behind(balancer, targets);
    shop.add("api", api);
    let stacks = Synthesized::app(app);
    let shop = stacks.iter().find(|stack| stack.id() == "shop");
    let service = shop.and_then(|shop| shop.document().pointer("/resource/aws_ecs_service/api"));
    assert_eq!(
        service.map(|service| &service["depends_on"]),
        Some(&json!(["aws_iam_role.api__execution", "aws_iam_role_policy.api__execution"]))
    );
}

#[test]
fn a_service_is_found_in_its_namespace() {
    let stack = stack(|stack| {
        let namespace = stack.add("names", Namespace::new("shop.local", "vpc-1"));
        let api = service(stack, api()).found_as("api", namespace);
        let api = stack.add("api", api);
        stack.add("found", Output::of::<String>(api.domain()));
    });
    stack.has_resource::<servicediscovery::PrivateDnsNamespace>(
        json!({ "name": "shop.local", "vpc": "vpc-1" }),
    );
    stack.has_resource::<servicediscovery::Service>(json!({
        "name": "api",
        "dns_config": {
            "namespace_id": "${aws_service_discovery_private_dns_namespace.names.id}",
            "dns_records": { "type": "A", "ttl": 10 }, "routing_policy": "MULTIVALUE",
        },
    }));
    stack.has_resource::<ecs::Service>(
        json!({ "service_registries": { "registry_arn": "${aws_service_discovery_service.api__discovery.arn}" } }),
    );
    stack.has_output("found", json!({
        "value": "${aws_service_discovery_service.api__discovery.name}.${aws_service_discovery_private_dns_namespace.names.name}",
    }));
}

#[test]
fn metrics_name_the_cluster_and_the_service() {
    let stack = stack(|stack| {
        let api = service(stack, api());
        let metrics = stack.add("api", api).metrics();
        stack.add("memory", Alarm::above("memory", metrics.memory_utilization(), Percent(90), 5));
    });
    stack.has_resource::<cloudwatch::MetricAlarm>(json!({
        "namespace": "AWS/ECS", "metric_name": "MemoryUtilization",
        "dimensions": { "ClusterName": "${aws_ecs_cluster.cluster.name}", "ServiceName": "${aws_ecs_service.api.name}" },
    }));
}

#[test]
fn what_ecs_or_cloud_map_would_refuse_is_refused() {
    let messages = messages(|stack| {
        let targets = stack.add("targets", Targets::new("api", "vpc-1", 8080, HealthCheck::path("/health")));
        let balancer =
            LoadBalancer::new("shop", placement(), "arn:aws:acm:us-east-1:111111111111:certificate/1");
        let balancer = stack.add("balancer", balancer.otherwise(targets));
        let namespace = stack.add("names", Namespace::new("shop..local", "vpc-1"));
        let api = service(stack, api()).behind(balancer, targets).found_as("api.v1", namespace).tasks(-1);
        stack.add("api", api);
        stack.add("bad", Cluster::new("shop cluster"));
    });
    assert_eq!(
        messages,
        [
            "`shop..local` is no domain",
            "no container listens on port 8080",
            "nothing can be found as `api.v1`",
            "there cannot be -1 tasks",
            "`shop cluster` cannot be a cluster's name",
        ]
    );
}
