//! Stacks of the shapes that people build, one for each family of services, applied, looked at and removed.
//!
//! The provider's own waits are most of the time (30 s for a load balancer, 60 s for a database, 30 s for a
//! distribution), so that all of them go through one test side by side, in accounts of their own: the test runner
//! would start as many as there are cores.

#![expect(clippy::indexing_slicing, reason = "a missing member of a JSON value reads as null")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::thread;

use localstack_tests::aws::Client;
use localstack_tests::emulator::{self, Emulator, Parts};
use localstack_tests::terraform::State;
use localstack_tests::{Deployment, Failure, Settings};
use serde_json::{Value, json};

/// What happens to one platform.
type Round = fn(&dyn Emulator) -> Result<(), Failure>;

fn stack(name: &str) -> Result<Vec<u8>, Failure> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "fixtures", name, "main.tf.json"].iter().collect();
    fs::read(&path).map_err(|error| format!("`{}`: {error}", path.display()).into())
}

/// Applies the stack `name`, expects a second plan to be empty, has `look` compare the account with what is written,
/// destroys, and expects the account to be empty. `held` is what the audit must see meanwhile, by kind.
fn round(
    emulator: &dyn Emulator,
    name: &str,
    needs: &[&str],
    held: &[&str],
    look: impl FnOnce(&Deployment<'_>, &State) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let settings = Settings::from_environment();
    let mut deployment = Deployment::prepare(&settings, emulator, name, &stack(name)?)?;
    for service in needs {
        deployment = deployment.needs(service)?;
    }
    // Bucket names are global; only the stack with buckets has the variable.
    let bucket = format!("{name}-{}", deployment.account());
    let mut deployment = deployment.variable("bucket", &bucket);
    let state = deployment.apply()?;
    deployment.expect_stable()?;
    // An audit that overlooks what is there proves nothing when it finds nothing.
    let kinds: BTreeSet<&str> = deployment.holdings()?.iter().map(|held| held.kind).collect();
    assert_eq!(kinds, held.iter().copied().collect(), "what the audit sees of {name}");
    look(&deployment, &state)?;
    let refused: Vec<_> =
        deployment.calls()?.into_iter().filter(|call| call.outcome.contains("Internal")).collect();
    assert_eq!(refused, [], "calls that the emulator cannot answer");
    deployment.destroy()?;
    assert_eq!(deployment.holdings()?, [], "destroy left something behind");
    deployment.finish();
    Ok(())
}

#[test]
fn every_platform_applies_plans_empty_and_leaves_nothing() -> Result<(), Failure> {
    let emulator = emulator::start(&Settings::from_environment(), &Parts::of_workspace())?;
    let platforms: [(&str, Round); 5] = [
        ("fargate", containers),
        ("fleet", fleet),
        ("site", site),
        ("app-runner", app_runner),
        ("delivery", delivery),
    ];
    let failed: Vec<String> = thread::scope(|scope| {
        let running = platforms.map(|(name, round)| {
            (
                name,
                scope.spawn({
                    let emulator = emulator.as_ref();
                    move || round(emulator).map_err(|why| format!("{why:?}"))
                }),
            )
        });
        running
            .into_iter()
            .filter_map(|(name, round)| match round.join() {
                Ok(Ok(())) => None,
                Ok(Err(why)) => Some(format!("{name}: {why}")),
                // The assertion has said why.
                Err(_) => Some(format!("{name}: an expectation was not met")),
            })
            .collect()
    });
    assert_eq!(failed, Vec::<String>::new());
    Ok(())
}

/// Containers behind a load balancer, with a database, scaling and names of their own.
fn containers(emulator: &dyn Emulator) -> Result<(), Failure> {
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

/// The generated password stands in a secret, and nowhere in the folder with the state and the logs.
fn password_is_in_no_file(deployment: &Deployment<'_>, aws: &Client, secret: &Value) -> Result<(), Failure> {
    let secret = aws.call("secretsmanager", "GetSecretValue", json!({ "SecretId": secret }))?;
    let held: Value = serde_json::from_str(secret["SecretString"].as_str().unwrap_or_default())?;
    let password = held["password"].as_str().unwrap_or_default();
    assert_eq!(password.len(), 32);
    assert_eq!(deployment.folder().holding(password)?, Vec::<PathBuf>::new());
    Ok(())
}

/// Instances that scale behind a firewall, with their files, their cache, and a database whose password RDS keeps.
fn fleet(emulator: &dyn Emulator) -> Result<(), Failure> {
    let needs = ["autoscaling", "efs", "elasticache", "elbv2", "rds", "wafv2"];
    let held = [
        "Auto Scaling group",
        "IP set",
        "VPC",
        "cache cluster",
        "cache subnet group",
        "database",
        "database subnet group",
        "file system",
        "instance profile",
        "instances",
        "launch template",
        "load balancer",
        "role",
        "secret",
        "security group",
        "target group",
        "web ACL",
    ];
    round(emulator, "fleet", &needs, &held, |deployment, state| {
        let aws = deployment.client("us-east-1");
        let group = &aws.call("autoscaling", "DescribeAutoScalingGroups", json!({}))?["AutoScalingGroups"][0];
        assert_eq!(group["Instances"].as_array().map(Vec::len), Some(2));
        assert_eq!(group["HealthCheckGracePeriod"], "120");
        let policy = &aws.call("autoscaling", "DescribePolicies", json!({}))?["ScalingPolicies"][0];
        assert_eq!(policy["TargetTrackingConfiguration"]["TargetValue"], "60.0");
        let name = json!({ "LaunchTemplateName": "fleet" });
        let versions = aws.call("ec2", "DescribeLaunchTemplateVersions", name)?;
        let template = &versions["launchTemplateVersionSet"][0]["launchTemplateData"];
        assert_eq!(template["metadataOptions"]["httpTokens"], "required");
        assert_eq!(template["blockDeviceMappingSet"][0]["ebs"]["encrypted"], "true");

        let balancer = state.resource("aws_lb.main").map(|balancer| &balancer["arn"]);
        let firewall = aws.call("wafv2", "GetWebACLForResource", json!({ "ResourceArn": balancer }))?;
        assert_eq!(firewall["WebACL"]["Rules"][1]["Statement"]["RateBasedStatement"]["Limit"], 2000);
        let system = &aws.get("efs", "/2015-02-01/file-systems")?["FileSystems"][0];
        assert_eq!((&system["Encrypted"], &system["NumberOfMountTargets"]), (&json!(true), &json!(2)));
        let id = system["FileSystemId"].as_str().unwrap_or_default();
        let backup = aws.get("efs", &format!("/2015-02-01/file-systems/{id}/backup-policy"))?;
        assert_eq!(backup["BackupPolicy"]["Status"], "ENABLED");

        let clusters = aws.call("elasticache", "DescribeCacheClusters", json!({}))?;
        let cluster = &clusters["CacheClusters"]["CacheCluster"];
        let group = state.resource("aws_security_group.cache").map(|group| &group["id"]);
        assert_eq!(Some(&cluster["SecurityGroups"][0]["SecurityGroupId"]), group);
        let secret = state.output("secret").ok_or("no secret in the outputs")?;
        password_is_in_no_file(deployment, &aws, secret)
    })
}

/// A private bucket behind a distribution with its name, its certificate and its policies.
fn site(emulator: &dyn Emulator) -> Result<(), Failure> {
    let held = ["bucket", "certificate", "distribution", "hosted zone", "origin access control"];
    round(emulator, "site", &["cloudfront"], &held, |deployment, state| {
        let aws = deployment.client("us-east-1");
        let site =
            state.resource("aws_cloudfront_distribution.site").ok_or("no distribution in the state")?;
        let path = format!("/2020-05-31/distribution/{}", site["id"].as_str().unwrap_or_default());
        let config = &aws.get("cloudfront", &path)?["DistributionConfig"];
        assert_eq!(config["Aliases"]["Items"]["CNAME"], "www.example.org");
        assert_eq!(config["DefaultCacheBehavior"]["ViewerProtocolPolicy"], "redirect-to-https");
        assert_eq!(config["DefaultCacheBehavior"]["Compress"], "true");
        assert_eq!(config["ViewerCertificate"]["MinimumProtocolVersion"], "TLSv1.2_2021");
        assert_eq!(config["CustomErrorResponses"]["Items"]["CustomErrorResponse"]["ResponseCode"], "200");
        let control =
            state.resource("aws_cloudfront_origin_access_control.site").map(|control| &control["id"]);
        let origins = config["Origins"]["Items"]["Origin"].as_array().cloned().unwrap_or_default();
        let controls: Vec<_> = origins.iter().map(|origin| &origin["OriginAccessControlId"]).collect();
        assert!(controls.contains(&control.unwrap_or(&Value::Null)), "{controls:?}");
        let bucket = format!("site-{}", deployment.account());
        let blocked = aws.get("s3", &format!("/{bucket}?publicAccessBlock="))?;
        assert_eq!(blocked["RestrictPublicBuckets"], "true");
        Ok(())
    })
}

/// App Runner with all that belongs to it: private both ways, observed, under a domain.
fn app_runner(emulator: &dyn Emulator) -> Result<(), Failure> {
    let held = [
        "App Runner VPC connector",
        "App Runner auto scaling configuration",
        "App Runner connection",
        "App Runner service",
        "VPC",
        "alarm",
        "log group",
        "role",
        "secret",
        "security group",
    ];
    round(emulator, "app-runner", &["apprunner"], &held, |deployment, state| {
        let aws = deployment.client("eu-west-1");
        let arn = state.resource("aws_apprunner_service.web").map(|service| &service["arn"]);
        let service = aws.call("apprunner", "DescribeService", json!({ "ServiceArn": arn }))?;
        let network = &service["Service"]["NetworkConfiguration"];
        let connector = state.resource("aws_apprunner_vpc_connector.main").map(|connector| &connector["arn"]);
        assert_eq!(Some(&network["EgressConfiguration"]["VpcConnectorArn"]), connector);
        assert_eq!(service["Service"]["InstanceConfiguration"]["Cpu"], "2048");
        let domains = aws.call("apprunner", "DescribeCustomDomains", json!({ "ServiceArn": arn }))?;
        assert_eq!(domains["CustomDomains"][0]["DomainName"], "app.example.com");
        Ok(())
    })
}

/// An image repository, and the least that pushing to it and running it needs.
fn delivery(emulator: &dyn Emulator) -> Result<(), Failure> {
    let held = [
        "App Runner service",
        "OpenID Connect provider",
        "alarm",
        "group",
        "image repository",
        "parameter",
        "role",
        "topic",
        "user",
    ];
    round(emulator, "delivery", &["apprunner", "ecr"], &held, |deployment, _| {
        let aws = deployment.client("us-east-1");
        let repositories = aws.call("ecr", "DescribeRepositories", json!({}))?;
        let repository = &repositories["repositories"][0];
        assert_eq!(repository["imageTagMutability"], "IMMUTABLE");
        assert_eq!(repository["imageScanningConfiguration"]["scanOnPush"], true);
        let input = json!({ "Name": "/app-runtime/app/staging/token", "WithDecryption": true });
        let parameter = aws.call("ssm", "GetParameter", input)?;
        assert_eq!(parameter["Parameter"]["Type"], "SecureString");
        let token = parameter["Parameter"]["Value"].as_str().unwrap_or_default().to_owned();
        assert_eq!(token.len(), 32);
        assert_eq!(deployment.folder().holding(&token)?, Vec::<PathBuf>::new());
        assert!(
            !format!("{:?}", deployment.calls()?).contains(&token),
            "a call was recorded with its secret"
        );
        Ok(())
    })
}
