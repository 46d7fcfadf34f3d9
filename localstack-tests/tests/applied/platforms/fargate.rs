//! Containers behind a load balancer, with a database, scaling and names of their own.

use std::collections::BTreeSet;

use localstack_tests::Failure;
use localstack_tests::emulator::Emulator;
use serde_json::json;

use super::{password_is_in_no_file, round};

pub(crate) fn prove(emulator: &dyn Emulator) -> Result<(), Failure> {
    let needs = ["ecs", "elbv2", "rds", "servicediscovery", "application-autoscaling"];
    let held = [
        "ECS cluster",
        "VPC",
        "address",
        "alarm",
        "certificate",
        "customer managed policy",
        "database",
        "database subnet group",
        "hosted zone",
        "load balancer",
        "log group",
        "namespace",
        "parameter",
        "role",
        "secret",
        "security group",
        "target group",
        "topic",
    ];
    round(emulator, "fargate", &needs, &held, |deployment, state| {
        let aws = deployment.client("us-east-1");
        let input = json!({ "cluster": "platform", "services": ["web", "worker"] });
        let services = aws.call("ecs", "DescribeServices", input)?;
        assert_eq!(services["services"][0]["desiredCount"], 2);
        assert_eq!(services["services"][0]["enableExecuteCommand"], true);
        assert_eq!(services["services"][0]["healthCheckGracePeriodSeconds"], 60);
        assert_eq!(services["services"][0]["serviceRegistries"].as_array().map(Vec::len), Some(1));

        let task = aws.call("ecs", "DescribeTaskDefinition", json!({ "taskDefinition": "platform-web" }))?;
        let container = &task["taskDefinition"]["containerDefinitions"][0];
        let registry = state.resource("aws_secretsmanager_secret.registry").map(|secret| &secret["arn"]);
        assert_eq!(Some(&container["repositoryCredentials"]["credentialsParameter"]), registry);

        let listener = state.resource("aws_lb_listener.https").map(|listener| &listener["arn"]);
        let rules = aws.call("elbv2", "DescribeRules", json!({ "ListenerArn": listener }))?;
        let priorities: BTreeSet<_> =
            rules["Rules"].as_array().into_iter().flatten().map(|rule| rule["Priority"].as_str()).collect();
        assert_eq!(priorities, BTreeSet::from([Some("10"), Some("20"), Some("default")]));

        let database =
            aws.call("rds", "DescribeDBInstances", json!({ "DBInstanceIdentifier": "platform" }))?;
        let database = &database["DBInstances"]["DBInstance"];
        assert_eq!(database["StorageEncrypted"], "true");
        assert_eq!(database["PreferredMaintenanceWindow"], "mon:04:00-mon:05:00");
        assert_eq!(database["PerformanceInsightsEnabled"], "true");
        assert_eq!(database["PubliclyAccessible"], "false");
        let target = json!({ "ServiceNamespace": "ecs" });
        let targets = aws.call("application-autoscaling", "DescribeScalableTargets", target)?;
        assert_eq!(targets["ScalableTargets"][0]["ResourceId"], "service/platform/api");
        password_is_in_no_file(deployment, &aws, &json!("platform/db"))
    })
}
