//! App Runner from a GitHub repository, with one secret, logs and alarms.

use std::collections::BTreeSet;

use localstack_tests::Failure;
use serde_json::{Value, json};

use crate::alarms;
use crate::policy;
use crate::seen::Seen;
use crate::system::{Row, System, Update};

/// Found nowhere else, so that a leak is seen.
const TOKEN: &str = "ghp-not-a-real-token-9f3b7c1d";
/// The default of the variable `aws_region`.
const REGION: &str = "us-east-2";
const STACK: &str = "action-spec";

pub(crate) static SYSTEM: System = System {
    name: STACK,
    needs: &["apprunner"],
    existing: &[],
    variables: &[("github_token", TOKEN)],
    secrets: &[TOKEN],
    holds: &[
        "App Runner auto scaling configuration",
        "App Runner connection",
        "App Runner service",
        "alarm",
        "log group",
        "role",
        "secret",
    ],
    rows: &[
        Row { id: "AS-1", look: state_is_locked_in_s3_and_the_region_is_a_variable },
        Row { id: "AS-2", look: variables_are_described_typed_and_validated },
        Row { id: "AS-3", look: role_reads_one_secret_and_writes_one_log_group },
        Row { id: "AS-4", look: secret_holds_the_token },
        Row { id: "AS-5", look: service_runs_the_repository },
        Row { id: "AS-6", look: service_scales_from_one_to_two },
        Row { id: "AS-7", look: service_is_checked_at_its_health_path },
        Row { id: "AS-8", look: logs_are_kept_a_week },
        Row { id: "AS-9", look: alarms_watch_the_service },
        Row { id: "AS-10", look: outputs_are_the_service },
    ],
    update: Update {
        stack: STACK,
        variables: &[("log_retention_days", "14")],
        edit: watch_the_memory_too,
        changes: &["aws_cloudwatch_log_group.logs", "aws_cloudwatch_metric_alarm.memory"],
    },
};

/// One more alarm, as one on `service.memory_utilization()` is written.
fn watch_the_memory_too(document: &mut Value) {
    let alarms = &mut document["resource"]["aws_cloudwatch_metric_alarm"];
    let mut memory = alarms["cpu"].clone();
    memory["alarm_name"] = json!("action-spec-memory");
    memory["metric_name"] = json!("MemoryUtilization");
    alarms["memory"] = memory;
}

fn state_is_locked_in_s3_and_the_region_is_a_variable(seen: &Seen<'_>) -> Result<(), Failure> {
    let document = seen.document(STACK)?;
    let backend = &document["terraform"]["backend"]["s3"];
    assert_eq!((&backend["region"], &backend["encrypt"]), (&json!(REGION), &json!(true)));
    assert_eq!(backend["dynamodb_table"], "action-spec-terraform-locks");
    assert_eq!(document["provider"]["aws"][0]["region"], "${var.aws_region}");
    assert_eq!(document["variable"]["aws_region"]["default"], REGION);
    let arn = seen.output(STACK, "app_runner_service_arn")?.as_str().unwrap_or_default();
    assert!(arn.starts_with(&format!("arn:aws:apprunner:{REGION}:")), "{arn}");
    Ok(())
}

fn variables_are_described_typed_and_validated(seen: &Seen<'_>) -> Result<(), Failure> {
    let variables = &seen.document(STACK)?["variable"];
    let defaults = [
        ("aws_region", json!(REGION)),
        ("cpu", json!(0.5)),
        ("github_branch", json!("main")),
        ("github_repo", json!("trakrf/action-spec")),
        ("github_token", Value::Null),
        ("log_retention_days", json!(7)),
        ("max_instances", json!(2)),
        ("memory", json!(1)),
    ];
    let names: Vec<&String> = variables.as_object().into_iter().flat_map(|all| all.keys()).collect();
    assert_eq!(names, defaults.each_ref().map(|(name, _)| name));
    for (name, default) in defaults {
        let variable = &variables[name];
        assert_eq!(variable["default"], default, "{name}");
        assert!(variable["description"].is_string() && variable["type"].is_string(), "{name}");
        // Any text may be a token; nothing keeps it.
        let secret = (&variable["sensitive"], &variable["ephemeral"]) == (&json!(true), &json!(true));
        assert!(variable["validation"].is_array() != secret, "{name}");
    }
    Ok(())
}

fn service(seen: &Seen<'_>) -> Result<Value, Failure> {
    let arn = seen.output(STACK, "app_runner_service_arn")?;
    let answer = seen.aws(REGION)?.call("apprunner", "DescribeService", json!({ "ServiceArn": arn }))?;
    Ok(answer["Service"].clone())
}

fn role_reads_one_secret_and_writes_one_log_group(seen: &Seen<'_>) -> Result<(), Failure> {
    let (aws, account, service) = (seen.aws(REGION)?, seen.account()?, service(seen)?);
    let role = policy::name(&service["InstanceConfiguration"]["InstanceRoleArn"]);
    assert_eq!(
        policy::trust(&aws, role)?,
        BTreeSet::from([r#"Allow sts:AssumeRole to {"Service":"tasks.apprunner.amazonaws.com"}"#.to_owned()])
    );
    let secret =
        aws.call("secretsmanager", "DescribeSecret", json!({ "SecretId": "action-spec/github-token" }))?;
    let secret = secret["ARN"].as_str().unwrap_or_default();
    let group = format!("arn:aws:logs:{REGION}:{account}:log-group:/aws/apprunner/action-spec-service");
    assert_eq!(
        policy::grants(&aws, role)?,
        BTreeSet::from([
            format!("Allow secretsmanager:GetSecretValue on {secret}"),
            format!("Allow logs:CreateLogStream,logs:PutLogEvents on {group}:*"),
        ])
    );
    let access = &service["SourceConfiguration"]["AuthenticationConfiguration"]["AccessRoleArn"];
    assert!(access.is_null(), "a connection needs no role: {access}");
    Ok(())
}

fn secret_holds_the_token(seen: &Seen<'_>) -> Result<(), Failure> {
    let input = json!({ "SecretId": "action-spec/github-token" });
    let secret = seen.aws(REGION)?.call("secretsmanager", "GetSecretValue", input)?;
    assert!(secret["SecretString"] == TOKEN, "the secret does not hold the value that was given");
    Ok(())
}

fn service_runs_the_repository(seen: &Seen<'_>) -> Result<(), Failure> {
    let service = service(seen)?;
    assert_eq!(service["ServiceName"], "action-spec-service");
    assert_eq!(service["Status"], "RUNNING");
    let source = &service["SourceConfiguration"];
    assert_eq!(source["AutoDeploymentsEnabled"], true, "a push deploys");
    let repository = &source["CodeRepository"];
    assert_eq!(repository["RepositoryUrl"], "https://github.com/trakrf/action-spec");
    assert_eq!(repository["SourceCodeVersion"], json!({ "Type": "BRANCH", "Value": "main" }));
    let connection = &seen.resource(STACK, "aws_apprunner_connection.github")?["arn"];
    assert_eq!(&source["AuthenticationConfiguration"]["ConnectionArn"], connection);

    let code = &repository["CodeConfiguration"]["CodeConfigurationValues"];
    assert_eq!((&code["Runtime"], &code["Port"]), (&json!("PYTHON_311"), &json!("8080")));
    assert_eq!(code["StartCommand"], "/app/venv/bin/gunicorn --bind 0.0.0.0:8080 app:app");
    assert_eq!(
        code["RuntimeEnvironmentVariables"],
        json!({
            "AWS_REGION": REGION, "GH_REPO": "trakrf/action-spec", "SPECS_PATH": "infra", "WORKFLOW_BRANCH": "main"
        })
    );
    assert_eq!(&code["RuntimeEnvironmentSecrets"]["GH_TOKEN"], seen.output(STACK, "secret_arn")?);
    let instance = &service["InstanceConfiguration"];
    assert_eq!((&instance["Cpu"], &instance["Memory"]), (&json!("512"), &json!("1024")));
    Ok(())
}

fn service_scales_from_one_to_two(seen: &Seen<'_>) -> Result<(), Failure> {
    let arn = &service(seen)?["AutoScalingConfigurationSummary"]["AutoScalingConfigurationArn"];
    let input = json!({ "AutoScalingConfigurationArn": arn });
    let described = seen.aws(REGION)?.call("apprunner", "DescribeAutoScalingConfiguration", input)?;
    let scaling = &described["AutoScalingConfiguration"];
    assert_eq!((&scaling["MinSize"], &scaling["MaxSize"]), (&json!(1), &json!(2)));
    assert_eq!(scaling["MaxConcurrency"], 100);
    Ok(())
}

fn service_is_checked_at_its_health_path(seen: &Seen<'_>) -> Result<(), Failure> {
    let health = &service(seen)?["HealthCheckConfiguration"];
    assert_eq!((&health["Protocol"], &health["Path"]), (&json!("HTTP"), &json!("/health")));
    assert_eq!((&health["Timeout"], &health["Interval"]), (&json!(5), &json!(20)));
    assert_eq!((&health["HealthyThreshold"], &health["UnhealthyThreshold"]), (&json!(1), &json!(5)));
    Ok(())
}

fn logs_are_kept_a_week(seen: &Seen<'_>) -> Result<(), Failure> {
    let groups = seen.aws(REGION)?.list("logs", "DescribeLogGroups", json!({}), "logGroups", "nextToken")?;
    let kept: Vec<_> =
        groups.iter().map(|group| (&group["logGroupName"], &group["retentionInDays"])).collect();
    assert_eq!(kept, [(&json!("/aws/apprunner/action-spec-service"), &json!(7))]);
    Ok(())
}

fn alarms_watch_the_service(seen: &Seen<'_>) -> Result<(), Failure> {
    let service = service(seen)?;
    let [id, name] = ["ServiceId", "ServiceName"].map(|member| service[member].as_str().unwrap_or_default());
    let of = format!("ServiceID={id} ServiceName={name}");
    assert_eq!(
        alarms::all(&seen.aws(REGION)?)?,
        BTreeSet::from([
            format!("action-spec-cpu: AWS/AppRunner CPUUtilization Average > 80 for 300 s × 1, of {of}"),
            format!(
                "action-spec-server-errors: AWS/AppRunner 5xxStatusResponses Sum > 5 for 300 s × 1, of {of}"
            ),
        ])
    );
    Ok(())
}

fn outputs_are_the_service(seen: &Seen<'_>) -> Result<(), Failure> {
    let service = service(seen)?;
    assert_eq!(seen.output(STACK, "app_runner_service_url")?, &service["ServiceUrl"]);
    assert_eq!(seen.output(STACK, "app_runner_service_id")?, &service["ServiceId"]);
    assert_eq!(seen.output(STACK, "cloudwatch_log_group")?, "/aws/apprunner/action-spec-service");
    assert_eq!(
        seen.output(STACK, "secret_arn")?,
        &seen.resource(STACK, "aws_secretsmanager_secret.github_token")?["arn"]
    );
    Ok(())
}
