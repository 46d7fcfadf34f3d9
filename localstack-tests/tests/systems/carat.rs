//! App Runner from an image, beside a database that is there already.

use std::collections::BTreeSet;

use localstack_tests::Failure;
use serde_json::{Value, json};

use crate::alarms;
use crate::policy;
use crate::seen::Seen;
use crate::system::{Row, System, Update};

const REGION: &str = "ap-northeast-3";
const STACK: &str = "carat";
/// Found nowhere else, so that a leak is seen. Its signs must be escaped in the address of a database.
const PASSWORD: &str = "not/a:password@of-carat-6e1d";

pub(crate) static SYSTEM: System = System {
    name: STACK,
    needs: &["apprunner"],
    existing: &["carat-existing"],
    variables: &[("db_app_password", PASSWORD), ("alarm_email", "somebody@example.com")],
    secrets: &[PASSWORD],
    holds: &[
        "App Runner VPC connector",
        "App Runner auto scaling configuration",
        "App Runner service",
        "OpenID Connect provider",
        "VPC",
        "alarm",
        "database",
        "database subnet group",
        "image repository",
        "role",
        "secret",
        "security group",
        "topic",
    ],
    rows: &[
        Row { id: "CA-1", look: images_are_scanned_and_forgotten_by_rules },
        Row { id: "CA-2", look: service_runs_the_image_with_two_narrow_roles },
        Row { id: "CA-3", look: secret_holds_where_the_database_is },
        Row { id: "CA-4", look: what_was_there_is_looked_up_and_not_made },
        Row { id: "CA-5", look: database_admits_the_connector_alone },
        Row { id: "CA-6", look: old_addresses_have_no_rule_until_they_are_wanted },
        Row { id: "CA-7", look: alarms_watch_the_database_and_tell_by_email },
        Row { id: "CA-8", look: workflows_of_main_and_of_versions_deploy_this_service },
        Row { id: "CA-9", look: outputs_are_the_service },
    ],
    update: Update {
        stack: STACK,
        variables: &[("enable_legacy_cidrs", "true"), ("legacy_cidrs", r#"["203.0.113.0/24"]"#)],
        edit: |_| (),
        changes: &[r#"aws_vpc_security_group_ingress_rule.legacy["203.0.113.0/24"]"#],
    },
};

fn service(seen: &Seen<'_>) -> Result<Value, Failure> {
    let arn = seen.output(STACK, "app_runner_service_arn")?;
    let answer = seen.aws(REGION)?.call("apprunner", "DescribeService", json!({ "ServiceArn": arn }))?;
    Ok(answer["Service"].clone())
}

fn repository(seen: &Seen<'_>) -> Result<Value, Failure> {
    let input = json!({ "repositoryNames": ["rainbow-community-api"] });
    Ok(seen.aws(REGION)?.call("ecr", "DescribeRepositories", input)?["repositories"][0].clone())
}

fn images_are_scanned_and_forgotten_by_rules(seen: &Seen<'_>) -> Result<(), Failure> {
    let repository = repository(seen)?;
    assert_eq!(repository["imageScanningConfiguration"]["scanOnPush"], true);
    assert_eq!(repository["imageTagMutability"], "MUTABLE", "App Runner follows `latest`");
    let input = json!({ "repositoryName": "rainbow-community-api" });
    let lifecycle = seen.aws(REGION)?.call("ecr", "GetLifecyclePolicy", input)?;
    let rules: Value = serde_json::from_str(lifecycle["lifecyclePolicyText"].as_str().unwrap_or_default())?;
    let counts: Vec<&Value> = rules["rules"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|rule| &rule["selection"]["countNumber"])
        .collect();
    assert_eq!(counts, [&json!(14), &json!(30)]);
    Ok(())
}

fn service_runs_the_image_with_two_narrow_roles(seen: &Seen<'_>) -> Result<(), Failure> {
    let (aws, service, repository) = (seen.aws(REGION)?, service(seen)?, repository(seen)?);
    let source = &service["SourceConfiguration"];
    let image = format!("{}:latest", repository["repositoryUri"].as_str().unwrap_or_default());
    assert_eq!(source["ImageRepository"]["ImageIdentifier"], image);
    assert_eq!(source["ImageRepository"]["ImageConfiguration"]["Port"], "8000");
    assert_eq!(source["AutoDeploymentsEnabled"], true);
    assert_eq!(service["HealthCheckConfiguration"]["Path"], "/api/health");

    let access = policy::name(&source["AuthenticationConfiguration"]["AccessRoleArn"]);
    let arn = repository["repositoryArn"].as_str().unwrap_or_default();
    let pull = "Allow ecr:BatchCheckLayerAvailability,ecr:BatchGetImage,ecr:DescribeImages,\
                ecr:GetDownloadUrlForLayer on";
    assert_eq!(
        policy::grants(&aws, access)?,
        BTreeSet::from([format!("{pull} {arn}"), "Allow ecr:GetAuthorizationToken on *".to_owned()])
    );
    let instance = policy::name(&service["InstanceConfiguration"]["InstanceRoleArn"]);
    let secret = seen.output(STACK, "database_url_secret_arn")?.as_str().unwrap_or_default();
    assert_eq!(
        policy::grants(&aws, instance)?,
        BTreeSet::from([format!("Allow secretsmanager:GetSecretValue on {secret}")])
    );
    Ok(())
}

fn secret_holds_where_the_database_is(seen: &Seen<'_>) -> Result<(), Failure> {
    let input = json!({ "SecretId": "rainbow-community-api/database-url" });
    let secret = seen.aws(REGION)?.call("secretsmanager", "GetSecretValue", input)?;
    let url = secret["SecretString"].as_str().unwrap_or_default();
    let escaped = url.starts_with("postgresql://carat:not%2Fa%3Apassword%40of-carat-6e1d@");
    assert!(escaped && url.ends_with("/lgbtq"), "the secret is no address of the database");
    let image = &service(seen)?["SourceConfiguration"]["ImageRepository"]["ImageConfiguration"];
    assert_eq!(
        &image["RuntimeEnvironmentSecrets"]["DATABASE_URL"],
        seen.output(STACK, "database_url_secret_arn")?
    );
    Ok(())
}

fn what_was_there_is_looked_up_and_not_made(seen: &Seen<'_>) -> Result<(), Failure> {
    let document = seen.document(STACK)?;
    for kind in ["aws_vpc", "aws_subnet", "aws_db_instance"] {
        assert_eq!(document["resource"][kind], Value::Null, "{kind}");
    }
    assert!(document["data"]["aws_db_instance"].is_object());
    for name in ["vpc_id", "subnet_ids", "database_security_group_id"] {
        assert!(document["variable"][name]["type"].is_string(), "{name}");
    }
    Ok(())
}

/// The rules of a security group that let something in: `from-to source`.
fn admitted(seen: &Seen<'_>, group: &Value) -> Result<BTreeSet<String>, Failure> {
    let aws = seen.aws(REGION)?;
    let rules =
        aws.list("ec2", "DescribeSecurityGroupRules", json!({}), "securityGroupRuleSet", "NextToken")?;
    let of = rules.iter().filter(|rule| &rule["groupId"] == group && rule["isEgress"] == "false");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let line = |rule: &Value| {
        let source = [&rule["referencedGroupInfo"]["groupId"], &rule["cidrIpv4"]].map(text).concat();
        format!("{}-{} {source}", text(&rule["fromPort"]), text(&rule["toPort"]))
    };
    Ok(of.map(line).collect())
}

fn database_admits_the_connector_alone(seen: &Seen<'_>) -> Result<(), Failure> {
    let aws = seen.aws(REGION)?;
    let connectors = aws.list("apprunner", "ListVpcConnectors", json!({}), "VpcConnectors", "NextToken")?;
    let connector = &connectors[0];
    let subnets = seen.output("carat-existing", "subnet_ids")?;
    let ids = |value: &Value| -> BTreeSet<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    assert_eq!(ids(&connector["Subnets"]), ids(subnets));
    let egress = &service(seen)?["NetworkConfiguration"]["EgressConfiguration"];
    assert_eq!(egress["VpcConnectorArn"], connector["VpcConnectorArn"]);
    let own = connector["SecurityGroups"][0].as_str().unwrap_or_default();
    let database = seen.output("carat-existing", "database_security_group_id")?;
    assert_eq!(admitted(seen, database)?, BTreeSet::from([format!("5432-5432 {own}")]));
    Ok(())
}

fn old_addresses_have_no_rule_until_they_are_wanted(seen: &Seen<'_>) -> Result<(), Failure> {
    let variable = &seen.document(STACK)?["variable"]["enable_legacy_cidrs"];
    assert_eq!((&variable["type"], &variable["default"]), (&json!("bool"), &json!(false)));
    let database = seen.output("carat-existing", "database_security_group_id")?;
    assert!(admitted(seen, database)?.iter().all(|rule| !rule.contains('/')), "a range is admitted");
    Ok(())
}

fn alarms_watch_the_database_and_tell_by_email(seen: &Seen<'_>) -> Result<(), Failure> {
    let aws = seen.aws(REGION)?;
    let alarm = |name: &str, metric: &str, test: &str| {
        format!(
            "carat-database-{name}: AWS/RDS {metric} Average {test} for 300 s × 1, of DBInstanceIdentifier=lgbtq-dev"
        )
    };
    assert_eq!(
        alarms::all(&aws)?,
        BTreeSet::from([
            alarm("cpu", "CPUUtilization", "> 80"),
            alarm("connections", "DatabaseConnections", "> 80"),
            alarm("free-storage", "FreeStorageSpace", "< 5368709120"),
            alarm("read-latency", "ReadLatency", "> 0.1"),
            alarm("write-latency", "WriteLatency", "> 0.1"),
        ])
    );
    let told = aws.list("sns", "ListSubscriptions", json!({}), "Subscriptions", "NextToken")?;
    let told: Vec<_> = told.iter().map(|one| (&one["Protocol"], &one["Endpoint"])).collect();
    assert_eq!(told, [(&json!("email"), &json!("somebody@example.com"))]);
    Ok(())
}

fn workflows_of_main_and_of_versions_deploy_this_service(seen: &Seen<'_>) -> Result<(), Failure> {
    let (aws, repository) = (seen.aws(REGION)?, repository(seen)?);
    let role = policy::name(seen.output(STACK, "deploy_role_arn")?);
    assert_eq!(role, "GitHubActionsAppRunnerDeploy");
    let provider = seen.resource(STACK, "aws_iam_openid_connect_provider.github")?;
    let token = json!({
        "StringEquals": { "token.actions.githubusercontent.com:aud": ["sts.amazonaws.com"] },
        "StringLike": { "token.actions.githubusercontent.com:sub": [
            "repo:tedueda/rainbow_community:ref:refs/heads/main",
            "repo:tedueda/rainbow_community:ref:refs/tags/v*"
        ] },
    });
    let trust = format!(
        "Allow sts:AssumeRoleWithWebIdentity to {} if {token}",
        json!({ "Federated": provider["arn"] })
    );
    assert_eq!(policy::trust(&aws, role)?, BTreeSet::from([trust]));
    let service = seen.output(STACK, "app_runner_service_arn")?.as_str().unwrap_or_default();
    let images = repository["repositoryArn"].as_str().unwrap_or_default();
    let deploy = "Allow apprunner:DescribeService,apprunner:ListOperations,apprunner:StartDeployment on";
    let push = "Allow ecr:BatchCheckLayerAvailability,ecr:BatchGetImage,ecr:CompleteLayerUpload,\
                ecr:InitiateLayerUpload,ecr:PutImage,ecr:UploadLayerPart on";
    assert_eq!(
        policy::grants(&aws, role)?,
        BTreeSet::from([
            format!("{deploy} {service}"),
            format!("{push} {images}"),
            "Allow ecr:GetAuthorizationToken on *".to_owned(),
        ])
    );
    Ok(())
}

fn outputs_are_the_service(seen: &Seen<'_>) -> Result<(), Failure> {
    assert_eq!(seen.output(STACK, "ecr_repository_url")?, &repository(seen)?["repositoryUri"]);
    let url = format!("https://{}", service(seen)?["ServiceUrl"].as_str().unwrap_or_default());
    assert_eq!(seen.output(STACK, "app_runner_service_url")?, &url);
    let secret = seen.resource(STACK, "aws_secretsmanager_secret.database_url")?;
    assert_eq!(seen.output(STACK, "database_url_secret_arn")?, &secret["arn"]);
    Ok(())
}
