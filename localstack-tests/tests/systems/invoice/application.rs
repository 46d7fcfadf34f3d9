//! The API: its service, its secrets, its logs and alarms.

use std::collections::BTreeSet;

use localstack_tests::Failure;
use serde_json::json;

use super::{ANTHROPIC, JWT, Looked, REGION};
use crate::{alarms, policy};

pub(super) fn service_runs_the_repository(looked: &Looked<'_>) -> Result<(), Failure> {
    let service = looked.service()?;
    assert_eq!(
        (&service["ServiceName"], &service["Status"]),
        (&json!(looked.named("api")), &json!("RUNNING"))
    );
    let source = &service["SourceConfiguration"];
    assert_eq!(source["AutoDeploymentsEnabled"], true, "a push deploys");
    let repository = &source["CodeRepository"];
    assert_eq!(repository["RepositoryUrl"], "https://github.com/WTI-MVicente/invoice-processing-app");
    let code = &repository["CodeConfiguration"]["CodeConfigurationValues"];
    assert_eq!((&code["Runtime"], &code["Port"]), (&json!("NODEJS_22"), &json!("5001")));
    assert_eq!(
        code["RuntimeEnvironmentVariables"],
        json!({
            "AWS_REGION": REGION,
            "CDK_CLOUDFRONT_DOMAIN": looked.text("cdn", "aws_cloudfront_distribution.site", "domain_name")?,
            "NODE_ENV": "production",
            "S3_BUCKET_EXPORTS": looked.bucket("exports"),
            "S3_BUCKET_FILES": looked.bucket("files"),
        })
    );
    let arn = &service["AutoScalingConfigurationSummary"]["AutoScalingConfigurationArn"];
    let input = json!({ "AutoScalingConfigurationArn": arn });
    let scaling =
        &looked.aws.call("apprunner", "DescribeAutoScalingConfiguration", input)?["AutoScalingConfiguration"];
    assert_eq!(
        (&scaling["MinSize"], &scaling["MaxSize"], &scaling["MaxConcurrency"]),
        (&json!(1), &json!(10), &json!(100))
    );
    let egress = &service["NetworkConfiguration"]["EgressConfiguration"];
    assert_eq!(
        egress["VpcConnectorArn"],
        looked.text("application", "aws_apprunner_vpc_connector.connector", "arn")?
    );
    let input = json!({ "ServiceArn": service["ServiceArn"] });
    let domains = looked.aws.call("apprunner", "DescribeCustomDomains", input)?;
    assert_eq!(domains["CustomDomains"][0]["DomainName"], format!("api.{}", looked.environment.domain));
    Ok(())
}

pub(super) fn secrets_are_read_by_reference(looked: &Looked<'_>) -> Result<(), Failure> {
    let service = looked.service()?;
    let code =
        &service["SourceConfiguration"]["CodeRepository"]["CodeConfiguration"]["CodeConfigurationValues"];
    let mut arns = Vec::new();
    for (variable, name) in [
        ("ANTHROPIC_API_KEY", "anthropic-api-key"),
        ("DATABASE_URL", "database-url"),
        ("JWT_SECRET", "jwt-secret"),
    ] {
        let input = json!({ "SecretId": format!("invoice/{}/{name}", looked.environment.name) });
        let arn = looked.aws.call("secretsmanager", "DescribeSecret", input.clone())?["ARN"].clone();
        assert_eq!(code["RuntimeEnvironmentSecrets"][variable], arn);
        let value = looked.aws.call("secretsmanager", "GetSecretValue", input)?["SecretString"].clone();
        let value = value.as_str().unwrap_or_default();
        match variable {
            "ANTHROPIC_API_KEY" => {
                assert!(value == ANTHROPIC, "the secret does not hold the key that was given")
            }
            "JWT_SECRET" => assert!(value == JWT, "the secret does not hold the text that was given"),
            _ => connects(looked, value)?,
        }
        arns.push(arn.as_str().unwrap_or_default().to_owned());
    }
    let role = policy::name(&service["InstanceConfiguration"]["InstanceRoleArn"]).to_owned();
    let trust = policy::trust(&looked.aws, &role)?;
    assert_eq!(
        trust,
        BTreeSet::from([r#"Allow sts:AssumeRole to {"Service":"tasks.apprunner.amazonaws.com"}"#.to_owned()])
    );
    let group = format!(
        "arn:aws:logs:{REGION}:{}:log-group:/aws/apprunner/{}:*",
        looked.seen.account()?,
        looked.named("api")
    );
    let [files, exports] = ["files", "exports"].map(|part| format!("arn:aws:s3:::{}", looked.bucket(part)));
    let allowed: BTreeSet<(String, String)> =
        policy::grants(&looked.aws, &role)?.iter().flat_map(|line| pairs(line)).collect();
    let mut expected: BTreeSet<(String, String)> = BTreeSet::new();
    for action in ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"] {
        expected
            .extend([format!("{files}/files/*"), format!("{exports}/*")].map(|on| (action.to_owned(), on)));
    }
    expected.extend(arns.into_iter().map(|arn| ("secretsmanager:GetSecretValue".to_owned(), arn)));
    expected.extend(
        ["logs:CreateLogStream", "logs:PutLogEvents"].map(|action| (action.to_owned(), group.clone())),
    );
    assert_eq!(allowed, expected);
    Ok(())
}

/// Which action on which resource a line of [`policy::grants`] allows.
fn pairs(line: &str) -> Vec<(String, String)> {
    let (actions, resources) = line.trim_start_matches("Allow ").split_once(" on ").unwrap_or((line, ""));
    let on_each =
        |action: &str| resources.split(',').map(|on| (action.to_owned(), on.to_owned())).collect::<Vec<_>>();
    actions.split(',').flat_map(on_each).collect()
}

/// The connection string is whole, with a password that nobody has seen.
fn connects(looked: &Looked<'_>, url: &str) -> Result<(), Failure> {
    let database = looked.database()?;
    let endpoint = &database["Endpoint"];
    let [address, port] = ["Address", "Port"].map(|member| endpoint[member].as_str().unwrap_or_default());
    let rest = url.strip_prefix("postgres://invoice:").ok_or("DATABASE_URL has another scheme or user")?;
    let (password, place) = rest.split_once('@').ok_or("DATABASE_URL has no password")?;
    assert_eq!(password.len(), 32, "the generated password");
    assert_eq!(place, format!("{address}:{port}/invoice_processing?sslmode=require"));
    assert_eq!(
        looked.seen.files_with(password)?,
        Vec::<std::path::PathBuf>::new(),
        "the password stands in a file"
    );
    Ok(())
}

pub(super) fn logs_are_kept_and_alarms_watch(looked: &Looked<'_>) -> Result<(), Failure> {
    let groups = looked.aws.list("logs", "DescribeLogGroups", json!({}), "logGroups", "nextToken")?;
    let name = format!("/aws/apprunner/{}", looked.named("api"));
    let kept = groups
        .iter()
        .find(|group| group["logGroupName"] == name.as_str())
        .map(|group| &group["retentionInDays"]);
    assert_eq!(kept, Some(&json!(30)));
    let service = looked.service()?;
    let [id, api] = ["ServiceId", "ServiceName"].map(|member| service[member].as_str().unwrap_or_default());
    let (of, database) = (format!("ServiceID={id} ServiceName={api}"), looked.named("database"));
    let own = format!("invoice-{}-", looked.environment.name);
    let found: BTreeSet<String> =
        alarms::all(&looked.aws)?.into_iter().filter(|alarm| alarm.starts_with(&own)).collect();
    assert_eq!(
        found,
        BTreeSet::from([
            format!("{own}api-cpu: AWS/AppRunner CPUUtilization Average > 80 for 300 s × 1, of {of}"),
            format!("{own}api-errors: AWS/AppRunner 5xxStatusResponses Sum > 5 for 300 s × 1, of {of}"),
            format!(
                "{own}database-cpu: AWS/RDS CPUUtilization Average > 80 for 300 s × 1, of DBInstanceIdentifier={database}"
            ),
            format!(
                "{own}database-storage: AWS/RDS FreeStorageSpace Average < 5368709120 for 300 s × 1, of DBInstanceIdentifier={database}"
            ),
        ])
    );
    Ok(())
}
