//! The cluster, and the services in it.

use std::collections::{BTreeMap, BTreeSet};

use localstack_tests::Failure;
use serde_json::{Value, json};

use super::{REGION, STACK};
use crate::policy;
use crate::seen::Seen;

/// Each service by its id in the stack, with its name.
const SERVICES: [(&str, &str); 4] = [
    ("api", "everruns-api-production"),
    ("temporal", "temporal-production"),
    ("ui", "everruns-ui-production"),
    ("worker", "everruns-worker-production"),
];

fn service(seen: &Seen<'_>, name: &str) -> Result<Value, Failure> {
    let input = json!({ "cluster": "everruns-production", "services": [name] });
    Ok(seen.aws(REGION)?.call("ecs", "DescribeServices", input)?["services"][0].clone())
}

fn definition(seen: &Seen<'_>, name: &str) -> Result<Value, Failure> {
    let input = json!({ "taskDefinition": service(seen, name)?["taskDefinition"] });
    Ok(seen.aws(REGION)?.call("ecs", "DescribeTaskDefinition", input)?["taskDefinition"].clone())
}

/// A container's environment, or its secrets, by name.
fn named(container: &Value, list: &str, value: &str) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let pairs = container[list].as_array().into_iter().flatten();
    pairs.map(|pair| (text(&pair["name"]), text(&pair[value]))).collect()
}

fn secret(seen: &Seen<'_>, id: &str) -> Result<String, Failure> {
    let arn = &seen.resource(STACK, &format!("aws_secretsmanager_secret.{id}"))?["arn"];
    Ok(arn.as_str().unwrap_or_default().to_owned())
}

pub(super) fn cluster_has_logs_roles_and_names(seen: &Seen<'_>) -> Result<(), Failure> {
    let aws = seen.aws(REGION)?;
    let input = json!({ "clusters": ["everruns-production"], "include": ["SETTINGS"] });
    let clusters = aws.call("ecs", "DescribeClusters", input)?;
    assert_eq!(
        clusters["clusters"][0]["settings"],
        json!([{ "name": "containerInsights", "value": "enabled" }])
    );
    let groups = aws.list("logs", "DescribeLogGroups", json!({}), "logGroups", "nextToken")?;
    assert!(groups.iter().any(|group| group["logGroupName"] == "/ecs/everruns-production"), "{groups:?}");

    let account = seen.account()?;
    let trust = format!(
        "Allow sts:AssumeRole to {{\"Service\":\"ecs-tasks.amazonaws.com\"}} if {}",
        json!({ "StringEquals": { "aws:SourceAccount": [account.to_string()] } })
    );
    let logs = format!("arn:aws:logs:{REGION}:{account}:log-group:/ecs/everruns-production:*");
    let (login, openai, github) =
        (secret(seen, "database_login")?, secret(seen, "openai_api_key")?, secret(seen, "github_token")?);
    let agents = format!("{github},{login},{openai}");
    for (service, reads) in [
        ("everruns-api", &agents),
        ("everruns-worker", &agents),
        ("everruns-ui", &github),
        ("temporal", &login),
    ] {
        let [execution, task] = ["execution", "task"].map(|role| format!("{service}-production-{role}"));
        for role in [&execution, &task] {
            assert_eq!(policy::trust(&aws, role)?, BTreeSet::from([trust.clone()]), "{role}");
        }
        assert_eq!(
            policy::grants(&aws, &execution)?,
            BTreeSet::from([
                format!("Allow logs:CreateLogStream,logs:PutLogEvents on {logs}"),
                format!("Allow secretsmanager:GetSecretValue on {reads}"),
            ])
        );
        assert_eq!(policy::grants(&aws, &task)?, BTreeSet::new(), "{task}");
    }
    let namespaces = aws.call("servicediscovery", "ListNamespaces", json!({}))?;
    assert_eq!(namespaces["Namespaces"][0]["Name"], "everruns.local");
    assert_eq!(namespaces["Namespaces"][0]["Type"], "DNS_PRIVATE");
    Ok(())
}

pub(super) fn services_roll_back_and_are_private(seen: &Seen<'_>) -> Result<(), Failure> {
    let tasks = &seen.resource(STACK, "aws_security_group.tasks_group")?["id"];
    for (id, name) in SERVICES {
        let service = service(seen, name)?;
        assert_eq!(
            (&service["launchType"], &service["desiredCount"]),
            (&json!("FARGATE"), &json!(1)),
            "{id}"
        );
        let breaker = &service["deploymentConfiguration"]["deploymentCircuitBreaker"];
        assert_eq!((&breaker["enable"], &breaker["rollback"]), (&json!(true), &json!(true)), "{id}");
        let network = &service["networkConfiguration"]["awsvpcConfiguration"];
        assert_eq!(network["assignPublicIp"], "DISABLED", "{id}");
        assert_eq!(network["securityGroups"], json!([tasks]), "{id}");
        assert_eq!(network["subnets"].as_array().map(Vec::len), Some(2), "{id}");
    }
    Ok(())
}

pub(super) fn four_services_run_with_their_environment(seen: &Seen<'_>) -> Result<(), Failure> {
    let database = &seen.resource(STACK, "aws_db_instance.database")?["address"];
    let host = database.as_str().unwrap_or_default();
    let agents = [
        ("AGENT_RUNNER_MODE", "temporal"),
        ("RUST_LOG", "info"),
        ("TEMPORAL_ADDRESS", "temporal.everruns.local:7233"),
        ("TEMPORAL_NAMESPACE", "default"),
        ("TEMPORAL_TASK_QUEUE", "everruns-agent-runs"),
    ];
    let api = [("HOST", "0.0.0.0"), ("PORT", "9000")];
    let ui = [("NEXT_PUBLIC_API_BASE_URL", "https://poc.everruns.com"), ("NODE_ENV", "production")];
    let temporal = [
        ("DB", "postgres12"),
        ("DBNAME", "temporal"),
        ("DB_PORT", "5432"),
        ("POSTGRES_SEEDS", host),
        ("POSTGRES_TLS_DISABLE_HOST_VERIFICATION", "true"),
        ("POSTGRES_TLS_ENABLED", "true"),
        ("SQL_TLS_ENABLED", "true"),
        ("VISIBILITY_DBNAME", "temporal_visibility"),
    ];
    let (login, openai) = (secret(seen, "database_login")?, secret(seen, "openai_api_key")?);
    let reads = BTreeMap::from([
        ("DATABASE_URL".to_owned(), format!("{login}:connection_string::")),
        ("OPENAI_API_KEY".to_owned(), format!("{openai}:api_key::")),
    ]);
    let logs_in = BTreeMap::from([
        ("POSTGRES_PWD".to_owned(), format!("{login}:password::")),
        ("POSTGRES_USER".to_owned(), format!("{login}:username::")),
    ]);
    let both: Vec<(&str, &str)> = agents.into_iter().chain(api).collect();
    for (name, size, ports, environment, secrets) in [
        ("everruns-api-production", ("256", "512"), vec![9000], both.as_slice(), reads.clone()),
        ("everruns-worker-production", ("256", "512"), vec![], &agents, reads),
        ("everruns-ui-production", ("256", "512"), vec![3000], &ui, BTreeMap::new()),
        ("temporal-production", ("512", "1024"), vec![7233, 8080], &temporal, logs_in),
    ] {
        let definition = definition(seen, name)?;
        assert_eq!((&definition["cpu"], &definition["memory"]), (&json!(size.0), &json!(size.1)), "{name}");
        let container = &definition["containerDefinitions"][0];
        let found: Vec<&Value> = container["portMappings"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|port| &port["containerPort"])
            .collect();
        assert_eq!(found, ports, "{name}");
        let expected = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        assert_eq!(named(container, "environment", "value"), expected.collect(), "{name}");
        assert_eq!(named(container, "secrets", "valueFrom"), secrets, "{name}");
        let options = &container["logConfiguration"]["options"];
        assert_eq!(options["awslogs-group"], "/ecs/everruns-production", "{name}");
    }
    let api = definition(seen, "everruns-api-production")?;
    let check = &api["containerDefinitions"][0]["healthCheck"];
    assert_eq!(check["command"], json!(["CMD-SHELL", "curl -f http://localhost:9000/health || exit 1"]));
    assert_eq!((&check["interval"], &check["startPeriod"]), (&json!(30), &json!(60)));
    assert_eq!(service(seen, "temporal-production")?["serviceRegistries"].as_array().map(Vec::len), Some(1));
    Ok(())
}

pub(super) fn images_of_ghcr_have_a_login(seen: &Seen<'_>) -> Result<(), Failure> {
    let login = secret(seen, "github_token")?;
    for name in ["api", "worker", "ui"] {
        let definition = definition(seen, &format!("everruns-{name}-production"))?;
        let container = &definition["containerDefinitions"][0];
        assert_eq!(container["image"], format!("ghcr.io/everruns/everruns-{name}:latest"));
        assert_eq!(container["repositoryCredentials"]["credentialsParameter"], login.as_str());
    }
    let temporal = definition(seen, "temporal-production")?;
    let container = &temporal["containerDefinitions"][0];
    assert_eq!(container["image"], "temporalio/auto-setup:1.24.2");
    assert!(container["repositoryCredentials"].is_null(), "anybody may pull it");
    Ok(())
}
