//! App Runner from ECR in two environments, each with its own parameters and roles.

use std::collections::{BTreeMap, BTreeSet};

use localstack_tests::Failure;
use serde_json::{Map, Value, json};

use crate::policy;
use crate::seen::Seen;
use crate::system::{Row, System, Update};

const REGION: &str = "us-west-2";
const ENVIRONMENTS: [&str; 2] = ["staging", "production"];
/// Found nowhere else, so that a leak is seen.
const ACCESS_TOKEN: &str = "not-a-real-token-51e7a0c2";
const VERIFY_TOKEN: &str = "not-a-real-token-b84d19f6";
const APP_SECRET: &str = "not-a-real-secret-2f60c7de";
const API_KEY: &str = "not-a-real-key-9ab3e415";
/// What the app's secret is changed to.
const NEW_APP_SECRET: &str = "not-a-real-secret-c07d44b8";

pub(crate) static SYSTEM: System = System {
    name: "ansari-whatsapp",
    needs: &["apprunner", "ecr"],
    existing: &[],
    variables: &[
        ("image_tag", "a1b2c3d4"),
        ("backend_server_url", "https://backend.example.org"),
        ("origins", "https://example.org"),
        ("meta_business_phone_number_id", "1234567890"),
        ("meta_access_token_from_sys_user", ACCESS_TOKEN),
        ("meta_webhook_verify_token", VERIFY_TOKEN),
        ("meta_app_secret", APP_SECRET),
        ("whatsapp_service_api_key", API_KEY),
    ],
    secrets: &[ACCESS_TOKEN, VERIFY_TOKEN, APP_SECRET, API_KEY],
    holds: &[
        "App Runner auto scaling configuration",
        "App Runner service",
        "OpenID Connect provider",
        "image repository",
        "parameter",
        "role",
        "user",
    ],
    rows: &[
        Row { id: "AW-1", look: images_are_scanned_and_their_tags_stay },
        Row { id: "AW-2", look: services_have_their_size_and_health_check },
        Row { id: "AW-3", look: parameters_are_there_and_four_are_secret },
        Row { id: "AW-4", look: each_parameter_is_a_variable_by_its_arn },
        Row { id: "AW-5", look: roles_pull_one_repository_and_read_one_environment },
        Row { id: "AW-6", look: whoever_deploys_may_do_just_that },
    ],
    update: Update {
        stack: "production",
        variables: &[("meta_app_secret", NEW_APP_SECRET)],
        edit: rotate_the_app_secret,
        changes: &["aws_ssm_parameter.runtime__meta-app-secret"],
    },
};

/// The version by which Terraform knows that the value is another one.
fn rotate_the_app_secret(document: &mut Value) {
    document["resource"]["aws_ssm_parameter"]["runtime__meta-app-secret"]["value_wo_version"] = json!(2);
}

fn images_are_scanned_and_their_tags_stay(seen: &Seen<'_>) -> Result<(), Failure> {
    let described = seen.aws(REGION)?.call("ecr", "DescribeRepositories", json!({}))?;
    let repositories = described["repositories"].as_array().cloned().unwrap_or_default();
    let names: Vec<&Value> = repositories.iter().map(|one| &one["repositoryName"]).collect();
    assert_eq!(names, ["ansari-whatsapp"]);
    assert_eq!(repositories[0]["imageTagMutability"], "IMMUTABLE");
    assert_eq!(repositories[0]["imageScanningConfiguration"]["scanOnPush"], true);
    Ok(())
}

fn service(seen: &Seen<'_>, environment: &str) -> Result<Value, Failure> {
    let arn = seen.output(environment, "service_arn")?;
    let answer = seen.aws(REGION)?.call("apprunner", "DescribeService", json!({ "ServiceArn": arn }))?;
    Ok(answer["Service"].clone())
}

fn services_have_their_size_and_health_check(seen: &Seen<'_>) -> Result<(), Failure> {
    for environment in ENVIRONMENTS {
        let service = service(seen, environment)?;
        assert_eq!(service["ServiceName"], format!("ansari-{environment}-whatsapp"));
        assert_eq!(service["Status"], "RUNNING");
        let instance = &service["InstanceConfiguration"];
        assert_eq!((&instance["Cpu"], &instance["Memory"]), (&json!("1024"), &json!("2048")));
        let image = &service["SourceConfiguration"]["ImageRepository"];
        let account = seen.account()?;
        let tag = format!("{account}.dkr.ecr.{REGION}.amazonaws.com/ansari-whatsapp:a1b2c3d4");
        assert_eq!(without_port(&image["ImageIdentifier"]), without_port(&json!(tag)));
        assert_eq!(image["ImageConfiguration"]["Port"], "8001");
        let health = &service["HealthCheckConfiguration"];
        assert_eq!((&health["Protocol"], &health["Path"]), (&json!("HTTP"), &json!("/")));
        let arn = &service["AutoScalingConfigurationSummary"]["AutoScalingConfigurationArn"];
        let input = json!({ "AutoScalingConfigurationArn": arn });
        let scaling = seen.aws(REGION)?.call("apprunner", "DescribeAutoScalingConfiguration", input)?;
        let scaling = &scaling["AutoScalingConfiguration"];
        assert_eq!((&scaling["MinSize"], &scaling["MaxSize"]), (&json!(1), &json!(25)));
    }
    Ok(())
}

/// The repository and tag of an image: the emulator's registry has a host of its own.
fn without_port(image: &Value) -> String {
    image.as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned()
}

/// The parameters of an environment, by their names below its path, with types and values.
fn parameters(seen: &Seen<'_>, environment: &str) -> Result<BTreeMap<String, Value>, Failure> {
    let path = format!("/app-runtime/ansari-whatsapp/{environment}/");
    let input = json!({ "Path": path, "Recursive": true, "WithDecryption": true });
    let found = seen.aws(REGION)?.list("ssm", "GetParametersByPath", input, "Parameters", "NextToken")?;
    let named = found.into_iter().map(|parameter| {
        let name = parameter["Name"].as_str().unwrap_or_default().trim_start_matches(&path).to_owned();
        (name, parameter)
    });
    Ok(named.collect())
}

fn parameters_are_there_and_four_are_secret(seen: &Seen<'_>) -> Result<(), Failure> {
    for (environment, level) in [("staging", "DEBUG"), ("production", "INFO")] {
        let expected = [
            ("always-return-ok-to-meta", "String", "true"),
            ("backend-server-url", "String", "https://backend.example.org"),
            ("deployment-type", "String", environment),
            ("logging-level", "String", level),
            ("meta-access-token-from-sys-user", "SecureString", ACCESS_TOKEN),
            ("meta-api-version", "String", "v22.0"),
            ("meta-app-secret", "SecureString", APP_SECRET),
            ("meta-business-phone-number-id", "String", "1234567890"),
            ("meta-webhook-verify-token", "SecureString", VERIFY_TOKEN),
            ("origins", "String", "https://example.org"),
            ("whatsapp-chat-retention-hours", "String", "3"),
            ("whatsapp-message-age-threshold-seconds", "String", "86400"),
            ("whatsapp-service-api-key", "SecureString", API_KEY),
            ("whatsapp-under-maintenance", "String", "false"),
        ];
        let found = parameters(seen, environment)?;
        let found: Vec<_> =
            found.iter().map(|(name, found)| (name.as_str(), &found["Type"], &found["Value"])).collect();
        let names: Vec<&str> = found.iter().map(|(name, ..)| *name).collect();
        assert_eq!(names, expected.map(|(name, ..)| name), "{environment}");
        for ((name, kind, value), (_, expected_kind, expected)) in found.into_iter().zip(expected) {
            assert!(kind == expected_kind && value == expected, "{environment}: {name} is another one");
        }
    }
    Ok(())
}

fn each_parameter_is_a_variable_by_its_arn(seen: &Seen<'_>) -> Result<(), Failure> {
    for environment in ENVIRONMENTS {
        let service = service(seen, environment)?;
        let image = &service["SourceConfiguration"]["ImageRepository"]["ImageConfiguration"];
        let expected: Map<String, Value> = parameters(seen, environment)?
            .into_iter()
            .map(|(name, parameter)| (name.to_uppercase().replace('-', "_"), parameter["ARN"].clone()))
            .collect();
        assert_eq!(expected.len(), 14);
        assert_eq!(image["RuntimeEnvironmentSecrets"], Value::Object(expected), "{environment}");
        let plain = &image["RuntimeEnvironmentVariables"];
        assert!(plain.as_object().is_none_or(Map::is_empty), "{environment}: {plain}");
    }
    Ok(())
}

fn roles_pull_one_repository_and_read_one_environment(seen: &Seen<'_>) -> Result<(), Failure> {
    let (aws, account) = (seen.aws(REGION)?, seen.account()?);
    for environment in ENVIRONMENTS {
        let service = service(seen, environment)?;
        let access = &service["SourceConfiguration"]["AuthenticationConfiguration"]["AccessRoleArn"];
        let access = policy::name(access);
        assert_eq!(access, format!("CustomAppRunnerServiceRole-{environment}"));
        assert_eq!(policy::trust(&aws, access)?, trusts("build.apprunner.amazonaws.com"));
        let repository = format!("arn:aws:ecr:{REGION}:{account}:repository/ansari-whatsapp");
        let pull =
            "ecr:BatchCheckLayerAvailability,ecr:BatchGetImage,ecr:DescribeImages,ecr:GetDownloadUrlForLayer";
        assert_eq!(
            policy::grants(&aws, access)?,
            BTreeSet::from([
                format!("Allow {pull} on {repository}"),
                "Allow ecr:GetAuthorizationToken on *".to_owned(),
            ])
        );
        let instance = policy::name(&service["InstanceConfiguration"]["InstanceRoleArn"]);
        assert_eq!(instance, format!("CustomAppRunnerInstanceRole-{environment}"));
        assert_eq!(policy::trust(&aws, instance)?, trusts("tasks.apprunner.amazonaws.com"));
        let arns: Vec<String> = parameters(seen, environment)?
            .values()
            .filter_map(|parameter| parameter["ARN"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(
            policy::grants(&aws, instance)?,
            BTreeSet::from([format!("Allow ssm:GetParameter,ssm:GetParameters on {}", arns.join(","))])
        );
    }
    Ok(())
}

fn trusts(service: &str) -> BTreeSet<String> {
    BTreeSet::from([format!(r#"Allow sts:AssumeRole to {{"Service":"{service}"}}"#)])
}

fn whoever_deploys_may_do_just_that(seen: &Seen<'_>) -> Result<(), Failure> {
    let (aws, account) = (seen.aws(REGION)?, seen.account()?);
    let role = |kind: &str, environment: &str| {
        format!("arn:aws:iam::{account}:role/CustomAppRunner{kind}Role-{environment}")
    };
    let service = |environment: &str| {
        format!("arn:aws:apprunner:{REGION}:{account}:service/ansari-{environment}-whatsapp/*")
    };
    let both = |one: &dyn Fn(&str) -> String| ENVIRONMENTS.map(one).join(",");
    assert_eq!(
        policy::of_user(&aws, "app-runner-github-actions-user")?,
        deploys(
            account,
            &both(&service),
            &both(&|one| role("Service", one)),
            &both(&|one| role("Instance", one))
        )
    );
    let keys = aws.call("iam", "ListAccessKeys", json!({ "UserName": "app-runner-github-actions-user" }))?;
    assert_eq!(keys["AccessKeyMetadata"], "", "the user has no key that could leak");

    let provider = seen.output("shared", "github_provider_arn")?.as_str().unwrap_or_default();
    for (environment, branch) in [("staging", "develop"), ("production", "main")] {
        let name = policy::name(seen.output(environment, "deploy_role_arn")?);
        assert_eq!(name, format!("app-runner-github-actions-{environment}"));
        let condition = json!({ "StringEquals": {
            "token.actions.githubusercontent.com:aud": ["sts.amazonaws.com"],
            "token.actions.githubusercontent.com:sub": [
                format!("repo:ansari-project/ansari-whatsapp:ref:refs/heads/{branch}")
            ],
        } });
        let to =
            format!(r#"Allow sts:AssumeRoleWithWebIdentity to {{"Federated":"{provider}"}} if {condition}"#);
        assert_eq!(policy::trust(&aws, name)?, BTreeSet::from([to]));
        let service = seen.output(environment, "service_arn")?.as_str().unwrap_or_default();
        assert_eq!(
            policy::grants(&aws, name)?,
            deploys(account, service, &role("Service", environment), &role("Instance", environment))
        );
    }
    Ok(())
}

/// Push to the one repository, update these services, pass these roles to App Runner and to nothing else.
fn deploys(
    account: &localstack_tests::Account,
    services: &str,
    access: &str,
    instance: &str,
) -> BTreeSet<String> {
    let push = "ecr:BatchCheckLayerAvailability,ecr:BatchGetImage,ecr:CompleteLayerUpload,ecr:InitiateLayerUpload,\
                ecr:PutImage,ecr:UploadLayerPart";
    let passed = |to: &str| {
        format!(r#"if {{"StringEquals":{{"iam:PassedToService":["{to}.apprunner.amazonaws.com"]}}}}"#)
    };
    BTreeSet::from([
        format!(
            "Allow apprunner:DescribeService,apprunner:ListOperations,apprunner:UpdateService on {services}"
        ),
        format!("Allow {push} on arn:aws:ecr:{REGION}:{account}:repository/ansari-whatsapp"),
        "Allow ecr:GetAuthorizationToken on *".to_owned(),
        format!("Allow iam:PassRole on {access} {}", passed("build")),
        format!("Allow iam:PassRole on {instance} {}", passed("tasks")),
    ])
}
