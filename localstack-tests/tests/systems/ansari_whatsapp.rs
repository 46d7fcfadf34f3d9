//! App Runner from images by commit, twice, with configuration in the Parameter Store.

use std::collections::BTreeSet;

use localstack_tests::Failure;
use serde_json::{Value, json};

use crate::policy;
use crate::seen::Seen;
use crate::system::{Row, System, Update};

const REGION: &str = "us-west-2";
const ENVIRONMENTS: [&str; 2] = ["staging", "production"];
/// The branch whose workflows deploy to an environment, in the same order.
const BRANCHES: [&str; 2] = ["develop", "main"];
/// The parameters of an environment; what the secret ones are set to stands in `SYSTEM.secrets`.
const PARAMETERS: [&str; 14] = [
    "always-return-ok-to-meta",
    "backend-server-url",
    "deployment-type",
    "logging-level",
    "meta-access-token-from-sys-user",
    "meta-api-version",
    "meta-app-secret",
    "meta-business-phone-number-id",
    "meta-webhook-verify-token",
    "origins",
    "whatsapp-chat-retention-hours",
    "whatsapp-message-age-threshold-seconds",
    "whatsapp-service-api-key",
    "whatsapp-under-maintenance",
];
/// Each secret parameter, its variable and its value, found nowhere else so that a leak is seen.
const SECRETS: [(&str, &str); 4] = [
    ("meta_access_token_from_sys_user", "not-a-token-of-meta-51d8"),
    ("meta_app_secret", "not-a-secret-of-meta-7b20"),
    ("meta_webhook_verify_token", "not-a-verify-token-c94e"),
    ("whatsapp_service_api_key", "not-an-api-key-0a6f"),
];
const PUSH: &str = "Allow ecr:BatchCheckLayerAvailability,ecr:BatchGetImage,ecr:CompleteLayerUpload,\
                    ecr:InitiateLayerUpload,ecr:PutImage,ecr:UploadLayerPart on";
const UPDATE: &str = "Allow apprunner:DescribeService,apprunner:ListOperations,apprunner:UpdateService on";
const LOG_IN: &str = "Allow ecr:GetAuthorizationToken on *";

pub(crate) static SYSTEM: System = System {
    name: "ansari-whatsapp",
    needs: &["apprunner"],
    existing: &[],
    variables: &[
        ("backend_server_url", "https://backend.example.com"),
        ("image_tag", "a1b2c3d4"),
        SECRETS[0],
        SECRETS[1],
        ("meta_business_phone_number_id", "123456789"),
        SECRETS[2],
        ("origins", "https://example.com"),
        SECRETS[3],
    ],
    secrets: &[SECRETS[0].1, SECRETS[1].1, SECRETS[2].1, SECRETS[3].1],
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
        Row { id: "AW-1", look: images_are_scanned_and_their_tags_never_move },
        Row { id: "AW-2", look: services_have_their_size_port_check_and_bounds },
        Row { id: "AW-3", look: parameters_hold_what_was_given_and_secrets_are_encrypted },
        Row { id: "AW-4", look: every_parameter_is_the_variable_of_its_name },
        Row { id: "AW-5", look: roles_pull_that_repository_and_read_their_own_environment },
        Row { id: "AW-6", look: deployers_push_update_and_pass_the_two_roles },
    ],
    update: Update {
        stack: "staging",
        variables: &[("origins", "https://example.com,https://www.example.com")],
        edit: |_| (),
        changes: &["aws_ssm_parameter.runtime__origins"],
    },
};

fn repository(seen: &Seen<'_>) -> Result<Value, Failure> {
    let input = json!({ "repositoryNames": ["ansari-whatsapp"] });
    Ok(seen.aws(REGION)?.call("ecr", "DescribeRepositories", input)?["repositories"][0].clone())
}

fn service(seen: &Seen<'_>, environment: &str) -> Result<Value, Failure> {
    let arn = seen.output(environment, "service_arn")?;
    let answer = seen.aws(REGION)?.call("apprunner", "DescribeService", json!({ "ServiceArn": arn }))?;
    Ok(answer["Service"].clone())
}

fn images_are_scanned_and_their_tags_never_move(seen: &Seen<'_>) -> Result<(), Failure> {
    let repository = repository(seen)?;
    assert_eq!(repository["imageTagMutability"], "IMMUTABLE");
    assert_eq!(repository["imageScanningConfiguration"]["scanOnPush"], true);
    assert_eq!(seen.output("shared", "repository_url")?, &repository["repositoryUri"]);
    let input = json!({ "repositoryName": "ansari-whatsapp" });
    let lifecycle = seen.aws(REGION)?.call("ecr", "GetLifecyclePolicy", input)?;
    let rules: Value = serde_json::from_str(lifecycle["lifecyclePolicyText"].as_str().unwrap_or_default())?;
    assert_eq!(rules["rules"].as_array().map(Vec::len), Some(1), "tagged images stay: {rules}");
    assert_eq!(rules["rules"][0]["selection"]["tagStatus"], "untagged");
    Ok(())
}

fn services_have_their_size_port_check_and_bounds(seen: &Seen<'_>) -> Result<(), Failure> {
    for environment in ENVIRONMENTS {
        let service = service(seen, environment)?;
        assert_eq!(service["ServiceName"], format!("ansari-{environment}-whatsapp"));
        let instance = &service["InstanceConfiguration"];
        assert_eq!((&instance["Cpu"], &instance["Memory"]), (&json!("1024"), &json!("2048")));
        let source = &service["SourceConfiguration"];
        let image = format!("{}:a1b2c3d4", repository(seen)?["repositoryUri"].as_str().unwrap_or_default());
        assert_eq!(source["ImageRepository"]["ImageIdentifier"], image);
        assert_eq!(source["ImageRepository"]["ImageConfiguration"]["Port"], "8001");
        assert_eq!(source["AutoDeploymentsEnabled"], false, "a commit's tag never moves");
        let health = &service["HealthCheckConfiguration"];
        assert_eq!((&health["Protocol"], &health["Path"]), (&json!("HTTP"), &json!("/")));
        let arn = &service["AutoScalingConfigurationSummary"]["AutoScalingConfigurationArn"];
        let input = json!({ "AutoScalingConfigurationArn": arn });
        let described = seen.aws(REGION)?.call("apprunner", "DescribeAutoScalingConfiguration", input)?;
        let scaling = &described["AutoScalingConfiguration"];
        assert_eq!((&scaling["MinSize"], &scaling["MaxSize"]), (&json!(1), &json!(25)));
    }
    Ok(())
}

fn path(environment: &str, parameter: &str) -> String {
    format!("/app-runtime/ansari-whatsapp/{environment}/{parameter}")
}

fn parameters_hold_what_was_given_and_secrets_are_encrypted(seen: &Seen<'_>) -> Result<(), Failure> {
    let aws = seen.aws(REGION)?;
    for environment in ENVIRONMENTS {
        let path = format!("/app-runtime/ansari-whatsapp/{environment}/");
        let input = json!({ "Path": path, "Recursive": true, "WithDecryption": true });
        let parameters = aws.list("ssm", "GetParametersByPath", input, "Parameters", "NextToken")?;
        let names: BTreeSet<&str> = parameters.iter().filter_map(|one| one["Name"].as_str()).collect();
        let expected: Vec<String> = PARAMETERS.iter().map(|name| format!("{path}{name}")).collect();
        assert_eq!(names, expected.iter().map(String::as_str).collect());
        for parameter in &parameters {
            let name = parameter["Name"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            let secret = SECRETS.iter().find(|(variable, _)| variable.replace('_', "-") == name);
            assert_eq!(parameter["Type"], if secret.is_some() { "SecureString" } else { "String" }, "{name}");
            let holds = secret.is_none_or(|(_, value)| parameter["Value"] == *value);
            assert!(holds, "`{name}` does not hold the value that was given");
        }
        let own = parameters.iter().find(|one| one["Name"] == format!("{path}deployment-type"));
        assert_eq!(own.map(|one| &one["Value"]), Some(&json!(environment)));
    }
    Ok(())
}

fn every_parameter_is_the_variable_of_its_name(seen: &Seen<'_>) -> Result<(), Failure> {
    let account = seen.account()?;
    for environment in ENVIRONMENTS {
        let service = service(seen, environment)?;
        let image = &service["SourceConfiguration"]["ImageRepository"]["ImageConfiguration"];
        let mut expected = json!({});
        for parameter in PARAMETERS {
            let arn = format!("arn:aws:ssm:{REGION}:{account}:parameter{}", path(environment, parameter));
            expected[parameter.to_uppercase().replace('-', "_")] = json!(arn);
        }
        assert_eq!(image["RuntimeEnvironmentSecrets"], expected);
        let plain = image["RuntimeEnvironmentVariables"].as_object().map_or(0, serde_json::Map::len);
        assert_eq!(plain, 0, "no ARN is a plain value");
    }
    Ok(())
}

fn roles_pull_that_repository_and_read_their_own_environment(seen: &Seen<'_>) -> Result<(), Failure> {
    let (aws, account) = (seen.aws(REGION)?, seen.account()?);
    let repository = repository(seen)?["repositoryArn"].as_str().unwrap_or_default().to_owned();
    for environment in ENVIRONMENTS {
        let trusts = |service: &str| {
            BTreeSet::from([format!(
                "Allow sts:AssumeRole to {{\"Service\":\"{service}.apprunner.amazonaws.com\"}}"
            )])
        };
        let access = format!("CustomAppRunnerServiceRole-{environment}");
        assert_eq!(policy::trust(&aws, &access)?, trusts("build"));
        let pull = "Allow ecr:BatchCheckLayerAvailability,ecr:BatchGetImage,ecr:DescribeImages,\
                    ecr:GetDownloadUrlForLayer on";
        let expected = [format!("{pull} {repository}"), LOG_IN.to_owned()];
        assert_eq!(policy::grants(&aws, &access)?, BTreeSet::from(expected));

        let instance = format!("CustomAppRunnerInstanceRole-{environment}");
        assert_eq!(policy::trust(&aws, &instance)?, trusts("tasks"));
        let arn =
            |name: &&str| format!("arn:aws:ssm:{REGION}:{account}:parameter{}", path(environment, name));
        let own: Vec<String> = PARAMETERS.iter().map(|name| arn(name)).collect();
        let read = format!("Allow ssm:GetParameter,ssm:GetParameters on {}", own.join(","));
        assert_eq!(policy::grants(&aws, &instance)?, BTreeSet::from([read]));

        let service = service(seen, environment)?;
        let role = &service["SourceConfiguration"]["AuthenticationConfiguration"]["AccessRoleArn"];
        assert_eq!(policy::name(role), access);
        assert_eq!(policy::name(&service["InstanceConfiguration"]["InstanceRoleArn"]), instance);
    }
    Ok(())
}

fn deployers_push_update_and_pass_the_two_roles(seen: &Seen<'_>) -> Result<(), Failure> {
    let (aws, account) = (seen.aws(REGION)?, seen.account()?);
    let repository = repository(seen)?["repositoryArn"].as_str().unwrap_or_default().to_owned();
    let pass = |kind: &str, service: &str, environments: &[&str]| {
        let roles: Vec<String> = environments
            .iter()
            .map(|environment| format!("arn:aws:iam::{account}:role/CustomAppRunner{kind}Role-{environment}"))
            .collect();
        let to = json!({ "StringEquals": { "iam:PassedToService": [format!("{service}.apprunner.amazonaws.com")] } });
        format!("Allow iam:PassRole on {} if {to}", roles.join(","))
    };
    let expected = |services: String, environments: &[&str]| {
        BTreeSet::from([
            format!("{UPDATE} {services}"),
            format!("{PUSH} {repository}"),
            LOG_IN.to_owned(),
            pass("Service", "build", environments),
            pass("Instance", "tasks", environments),
        ])
    };
    let service =
        |name: &&str| format!("arn:aws:apprunner:{REGION}:{account}:service/ansari-{name}-whatsapp/*");
    let services = ENVIRONMENTS.iter().map(|name| service(name)).collect::<Vec<_>>().join(",");
    let user = policy::grants_of_user(&aws, "app-runner-github-actions-user")?;
    assert_eq!(user, expected(services, &ENVIRONMENTS));
    let keys = aws.call("iam", "ListAccessKeys", json!({ "UserName": "app-runner-github-actions-user" }))?;
    assert_eq!(keys["AccessKeyMetadata"], "", "a key would stand in the state");

    let provider = seen.output("shared", "github_provider_arn")?.as_str().unwrap_or_default();
    for (environment, branch) in ENVIRONMENTS.into_iter().zip(BRANCHES) {
        let role = format!("app-runner-github-actions-{environment}");
        let arn = seen.output(environment, "service_arn")?.as_str().unwrap_or_default();
        assert_eq!(policy::grants(&aws, &role)?, expected(arn.to_owned(), &[environment]));
        let token = json!({ "StringEquals": {
            "token.actions.githubusercontent.com:aud": ["sts.amazonaws.com"],
            "token.actions.githubusercontent.com:sub":
                [format!("repo:ansari-project/ansari-whatsapp:ref:refs/heads/{branch}")],
        } });
        let trust =
            format!("Allow sts:AssumeRoleWithWebIdentity to {} if {token}", json!({ "Federated": provider }));
        assert_eq!(policy::trust(&aws, &role)?, BTreeSet::from([trust]));
    }
    Ok(())
}
