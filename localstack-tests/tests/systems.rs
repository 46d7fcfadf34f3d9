//! The systems of the project, each applied by the real terraform, looked at through the AWS API, and removed.

#![expect(clippy::indexing_slicing, reason = "a missing member of a JSON value reads as null")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use localstack_tests::aws::Client;
use localstack_tests::emulator::{self, Parts};
use localstack_tests::terraform::State;
use localstack_tests::{Deployment, Failure, Settings};
use serde_json::{Value, json};

/// What the stack's secret is set to: found nowhere else, so that a leak is seen.
const TOKEN: &str = "ghp-not-a-real-token-9f3b7c1d";
/// The default of the stack's variable `aws_region`.
const REGION: &str = "us-east-2";

fn stack(system: &str) -> Result<Vec<u8>, Failure> {
    let path: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "..", "fixtures", system, "main.tf.json"].iter().collect();
    fs::read(&path).map_err(|error| format!("`{}`: {error}", path.display()).into())
}

#[test]
fn action_spec_applies_plans_empty_and_leaves_nothing() -> Result<(), Failure> {
    let settings = Settings::from_environment();
    let emulator = emulator::start(&settings, &Parts::of_workspace())?;
    let mut deployment =
        Deployment::prepare(&settings, emulator.as_ref(), "action-spec", &stack("action-spec")?)?
            .needs("apprunner")?
            .variable("github_token", TOKEN);
    deployment.validate()?;
    let state = deployment.apply()?;
    deployment.expect_stable()?;
    // An audit that overlooks what is there proves nothing when it finds nothing.
    let held: Vec<&str> = deployment.holdings()?.iter().map(|held| held.kind).collect();
    assert_eq!(
        held,
        [
            "App Runner auto scaling configuration",
            "App Runner connection",
            "App Runner service",
            "alarm",
            "alarm",
            "log group",
            "role",
            "secret"
        ],
        "what the audit sees of the stack"
    );

    let aws = deployment.client(REGION);
    let account = deployment.account().to_string();
    let service = described_service(&aws, &state)?;
    service_runs_the_repository(&service, &state);
    service_scales_and_is_checked(&aws, &service)?;
    role_reads_one_secret_and_writes_one_log_group(&aws, &account, &service)?;
    secret_holds_the_token(&aws)?;
    logs_are_kept_a_week(&aws)?;
    alarms_watch_the_service(&aws, &service)?;
    outputs_are_the_service(&state, &service);
    assert_eq!(
        deployment.folder().holding(TOKEN)?,
        Vec::<PathBuf>::new(),
        "AS-4: the token was written to a file"
    );

    deployment.destroy()?;
    assert_eq!(deployment.holdings()?, [], "destroy left something behind");
    deployment.finish();
    Ok(())
}

fn described_service(aws: &Client, state: &State) -> Result<Value, Failure> {
    let arn = state.output("app_runner_service_arn").ok_or("AS-10: no output `app_runner_service_arn`")?;
    let answer = aws.call("apprunner", "DescribeService", json!({ "ServiceArn": arn }))?;
    answer.get("Service").cloned().ok_or_else(|| "AS-5: no `Service` in the answer".into())
}

fn service_runs_the_repository(service: &Value, state: &State) {
    assert_eq!(service["ServiceName"], "action-spec-service", "AS-5");
    assert_eq!(service["Status"], "RUNNING", "AS-5");
    let source = &service["SourceConfiguration"];
    assert_eq!(source["AutoDeploymentsEnabled"], true, "AS-5: a push deploys");
    let repository = &source["CodeRepository"];
    assert_eq!(repository["RepositoryUrl"], "https://github.com/trakrf/action-spec", "AS-5");
    assert_eq!(repository["SourceCodeVersion"], json!({ "Type": "BRANCH", "Value": "main" }), "AS-5");
    let connection = state.resource("aws_apprunner_connection.github").map(|connection| &connection["arn"]);
    assert_eq!(Some(&source["AuthenticationConfiguration"]["ConnectionArn"]), connection, "AS-5");

    let code = &repository["CodeConfiguration"]["CodeConfigurationValues"];
    assert_eq!(code["Runtime"], "PYTHON_311", "AS-5");
    assert_eq!(code["Port"], "8080", "AS-5");
    assert_eq!(code["StartCommand"], "/app/venv/bin/gunicorn --bind 0.0.0.0:8080 app:app", "AS-5");
    assert_eq!(
        code["RuntimeEnvironmentVariables"],
        json!({
            "AWS_REGION": REGION, "GH_REPO": "trakrf/action-spec", "SPECS_PATH": "infra", "WORKFLOW_BRANCH": "main"
        }),
        "AS-5"
    );
    let secret = state.output("secret_arn");
    assert_eq!(Some(&code["RuntimeEnvironmentSecrets"]["GH_TOKEN"]), secret, "AS-5: by reference");
}

fn service_scales_and_is_checked(aws: &Client, service: &Value) -> Result<(), Failure> {
    let instance = &service["InstanceConfiguration"];
    assert_eq!(
        (&instance["Cpu"], &instance["Memory"]),
        (&json!("512"), &json!("1024")),
        "AS-2: 0.5 vCPU, 1 GB"
    );
    let health = &service["HealthCheckConfiguration"];
    assert_eq!((&health["Protocol"], &health["Path"]), (&json!("HTTP"), &json!("/health")), "AS-7");
    assert_eq!(health["Timeout"], 5, "AS-7");
    assert_eq!((&health["HealthyThreshold"], &health["UnhealthyThreshold"]), (&json!(1), &json!(5)), "AS-7");

    let arn = &service["AutoScalingConfigurationSummary"]["AutoScalingConfigurationArn"];
    let input = json!({ "AutoScalingConfigurationArn": arn });
    let scaling =
        &aws.call("apprunner", "DescribeAutoScalingConfiguration", input)?["AutoScalingConfiguration"];
    assert_eq!((&scaling["MinSize"], &scaling["MaxSize"]), (&json!(1), &json!(2)), "AS-6");
    assert_eq!(scaling["MaxConcurrency"], 100, "AS-6");
    Ok(())
}

fn role_reads_one_secret_and_writes_one_log_group(
    aws: &Client,
    account: &str,
    service: &Value,
) -> Result<(), Failure> {
    let role = service["InstanceConfiguration"]["InstanceRoleArn"].as_str().unwrap_or_default();
    let name = role.rsplit('/').next().unwrap_or_default();
    let described = aws.call("iam", "GetRole", json!({ "RoleName": name }))?;
    let trust = policy(&described["Role"]["AssumeRolePolicyDocument"])?;
    assert_eq!(
        statements(&trust),
        BTreeSet::from([
            "Allow sts:AssumeRole on  to {\"Service\":\"tasks.apprunner.amazonaws.com\"}".to_owned()
        ]),
        "AS-3: only App Runner's instances may take the role"
    );

    let listed = aws.call("iam", "ListRolePolicies", json!({ "RoleName": name }))?;
    let names = listed["PolicyNames"].as_array().cloned().unwrap_or_default();
    assert_eq!(names.len(), 1, "AS-3: one inline policy");
    let input = json!({ "RoleName": name, "PolicyName": names[0] });
    let grants = policy(&aws.call("iam", "GetRolePolicy", input)?["PolicyDocument"])?;
    let secret =
        aws.call("secretsmanager", "DescribeSecret", json!({ "SecretId": "action-spec/github-token" }))?;
    let secret = secret["ARN"].as_str().unwrap_or_default();
    let group = format!("arn:aws:logs:{REGION}:{account}:log-group:/aws/apprunner/action-spec-service");
    assert_eq!(
        statements(&grants),
        BTreeSet::from([
            format!("Allow secretsmanager:GetSecretValue on {secret} to null"),
            format!("Allow logs:CreateLogStream,logs:PutLogEvents on {group}:* to null"),
        ]),
        "AS-3: exactly the one secret and the one log group"
    );
    let attached = aws.call("iam", "ListAttachedRolePolicies", json!({ "RoleName": name }))?;
    assert_eq!(attached["AttachedPolicies"], "", "AS-3: no managed policy beside it");
    Ok(())
}

/// IAM answers with the document percent-encoded (IAM API reference, `GetRolePolicy`).
fn policy(document: &Value) -> Result<Value, Failure> {
    let encoded = document.as_str().ok_or("AS-3: no policy document")?;
    let decoded: Vec<u8> = percent_encoding::percent_decode_str(encoded).collect();
    Ok(serde_json::from_slice(&decoded)?)
}

/// One line a statement: the order of statements and of single-element lists means nothing to IAM.
fn statements(policy: &Value) -> BTreeSet<String> {
    let list = |value: &Value| match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    let all = policy["Statement"].as_array().cloned().unwrap_or_else(|| vec![policy["Statement"].clone()]);
    all.iter()
        .map(|statement| {
            let effect = statement["Effect"].as_str().unwrap_or_default();
            let (actions, resources) = (list(&statement["Action"]), list(&statement["Resource"]));
            format!("{effect} {actions} on {resources} to {}", statement["Principal"])
        })
        .collect()
}

fn secret_holds_the_token(aws: &Client) -> Result<(), Failure> {
    let input = json!({ "SecretId": "action-spec/github-token" });
    let secret = aws.call("secretsmanager", "GetSecretValue", input)?;
    assert!(secret["SecretString"] == TOKEN, "AS-4: the secret does not hold the value that was given");
    Ok(())
}

fn logs_are_kept_a_week(aws: &Client) -> Result<(), Failure> {
    let groups = aws.list("logs", "DescribeLogGroups", json!({}), "logGroups", "nextToken")?;
    let kept: Vec<_> =
        groups.iter().map(|group| (&group["logGroupName"], &group["retentionInDays"])).collect();
    assert_eq!(kept, [(&json!("/aws/apprunner/action-spec-service"), &json!(7))], "AS-8");
    Ok(())
}

fn alarms_watch_the_service(aws: &Client, service: &Value) -> Result<(), Failure> {
    let alarms = aws.list("cloudwatch", "DescribeAlarms", json!({}), "MetricAlarms", "NextToken")?;
    let mut expected = BTreeSet::new();
    for (metric, statistic, threshold) in
        [("5xxStatusResponses", "Sum", 5.0), ("CPUUtilization", "Average", 80.0)]
    {
        expected.insert(format!("AWS/AppRunner {metric} {statistic} GreaterThanThreshold {threshold} 300 1"));
    }
    let found: BTreeSet<String> = alarms
        .iter()
        .map(|alarm| {
            let text = |member: &str| alarm[member].as_str().unwrap_or_default().to_owned();
            let threshold: f64 = text("Threshold").parse().unwrap_or(f64::NAN);
            let [namespace, metric, statistic] = ["Namespace", "MetricName", "Statistic"].map(text);
            let [comparison, period, periods] =
                ["ComparisonOperator", "Period", "EvaluationPeriods"].map(text);
            format!("{namespace} {metric} {statistic} {comparison} {threshold} {period} {periods}")
        })
        .collect();
    assert_eq!(found, expected, "AS-9");
    for alarm in &alarms {
        let dimensions = alarm["Dimensions"].as_array().cloned().unwrap_or_default();
        let mut pairs: Vec<_> = dimensions.iter().map(|pair| (&pair["Name"], &pair["Value"])).collect();
        pairs.sort_by_key(|(name, _)| name.to_string());
        let own =
            [(&json!("ServiceID"), &service["ServiceId"]), (&json!("ServiceName"), &service["ServiceName"])];
        assert_eq!(pairs, own, "AS-9: {}", alarm["AlarmName"]);
    }
    Ok(())
}

fn outputs_are_the_service(state: &State, service: &Value) {
    assert_eq!(state.output("app_runner_service_url"), Some(&service["ServiceUrl"]), "AS-10");
    assert_eq!(state.output("app_runner_service_id"), Some(&service["ServiceId"]), "AS-10");
    let group = json!("/aws/apprunner/action-spec-service");
    assert_eq!(state.output("cloudwatch_log_group"), Some(&group), "AS-10");
}
