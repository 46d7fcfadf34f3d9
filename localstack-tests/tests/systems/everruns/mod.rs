//! Containers on Fargate behind a load balancer, with a database; and what keeps their state.

mod database;
mod network;
mod services;

use localstack_tests::Failure;
use serde_json::{Value, json};

use crate::seen::Seen;
use crate::system::{Row, System, Update};

/// Found nowhere else, so that a leak is seen.
const OPENAI_KEY: &str = "sk-not-a-real-key-41d8c02b";
const GITHUB_TOKEN: &str = "ghp-not-a-real-token-77aa19e3";
const REGION: &str = "us-east-1";
const STACK: &str = "production";

pub(crate) static SYSTEM: System = System {
    name: "everruns",
    needs: &["ecs", "elbv2", "rds", "servicediscovery"],
    existing: &[],
    variables: &[
        ("openai_api_key", OPENAI_KEY),
        ("github_token", GITHUB_TOKEN),
        ("deletion_protection", "false"),
    ],
    secrets: &[OPENAI_KEY, GITHUB_TOKEN],
    holds: &[
        "ECS cluster",
        "VPC",
        "address",
        "bucket",
        "certificate",
        "database",
        "database subnet group",
        "hosted zone",
        "load balancer",
        "log group",
        "namespace",
        "role",
        "secret",
        "security group",
        "table",
        "target group",
    ],
    rows: &[
        Row { id: "EV-1", look: states_have_a_private_bucket_with_versions_and_a_table },
        Row { id: "EV-2", look: state_of_production_is_in_that_bucket },
        Row { id: "EV-3", look: network::two_zones_have_a_public_and_a_private_subnet_each },
        Row { id: "EV-4", look: network::groups_let_in_what_they_should_and_the_database_sends_nothing },
        Row { id: "EV-5", look: database::database_is_as_documented },
        Row { id: "EV-6", look: database::secrets_hold_what_services_read },
        Row { id: "EV-7", look: certificate_is_validated_by_dns },
        Row { id: "EV-8", look: services::cluster_has_logs_roles_and_names },
        Row { id: "EV-9", look: network::balancer_leads_to_https_and_sends_paths_to_the_api },
        Row { id: "EV-10", look: services::services_roll_back_and_are_private },
        Row { id: "EV-11", look: services::four_services_run_with_their_environment },
        Row { id: "EV-12", look: services::images_of_ghcr_have_a_login },
        Row { id: "EV-13", look: variables_and_outputs_are_as_documented },
        Row { id: "EV-14", look: everything_has_the_tags },
    ],
    update: Update {
        stack: STACK,
        variables: &[("image_tag", "v2")],
        edit: send_another_path_to_the_api,
        changes: &[
            "aws_ecs_service.api",
            "aws_ecs_service.ui",
            "aws_ecs_service.worker",
            "aws_ecs_task_definition.api",
            "aws_ecs_task_definition.ui",
            "aws_ecs_task_definition.worker",
            "aws_lb_listener_rule.balancer__route_50",
        ],
    },
};

/// One more route, as `.route(50, "/docs/*", api_targets)` writes it: no other one moves.
fn send_another_path_to_the_api(document: &mut Value) {
    let rules = &mut document["resource"]["aws_lb_listener_rule"];
    let mut rule = rules["balancer__route_40"].clone();
    rule["priority"] = json!(50);
    rule["condition"][0]["path_pattern"]["values"] = json!(["/docs/*"]);
    rules["balancer__route_50"] = rule;
}

fn states_have_a_private_bucket_with_versions_and_a_table(seen: &Seen<'_>) -> Result<(), Failure> {
    let aws = seen.aws(REGION)?;
    let bucket = "everruns-terraform-state-production";
    assert_eq!(seen.output("bootstrap", "state_bucket_name")?, bucket);
    assert_eq!(aws.get("s3", &format!("/{bucket}?versioning="))?["Status"], "Enabled");
    let blocked = aws.get("s3", &format!("/{bucket}?publicAccessBlock="))?;
    for setting in ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"] {
        assert_eq!(blocked[setting], "true", "{setting}");
    }
    let encryption = aws.get("s3", &format!("/{bucket}?encryption="))?;
    assert_eq!(encryption["Rule"]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"], "AES256");
    let table = "everruns-terraform-locks-production";
    assert_eq!(seen.output("bootstrap", "dynamodb_table_name")?, table);
    let described = aws.call("dynamodb", "DescribeTable", json!({ "TableName": table }))?;
    assert_eq!(described["Table"]["KeySchema"], json!([{ "AttributeName": "LockID", "KeyType": "HASH" }]));
    assert_eq!(described["Table"]["SSEDescription"]["Status"], "ENABLED");
    let backups = aws.call("dynamodb", "DescribeContinuousBackups", json!({ "TableName": table }))?;
    let recovery = &backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"];
    assert_eq!(recovery["PointInTimeRecoveryStatus"], "ENABLED");
    Ok(())
}

fn state_of_production_is_in_that_bucket(seen: &Seen<'_>) -> Result<(), Failure> {
    assert_eq!(
        seen.document(STACK)?["terraform"]["backend"]["s3"],
        json!({
            "bucket": seen.output("bootstrap", "state_bucket_name")?,
            "dynamodb_table": seen.output("bootstrap", "dynamodb_table_name")?,
            "encrypt": true,
            "key": "production/terraform.tfstate",
            "region": REGION,
        })
    );
    Ok(())
}

fn certificate_is_validated_by_dns(seen: &Seen<'_>) -> Result<(), Failure> {
    let arn = &seen.resource(STACK, "aws_acm_certificate.certificate")?["arn"];
    let described = seen.aws(REGION)?.call("acm", "DescribeCertificate", json!({ "CertificateArn": arn }))?;
    let certificate = &described["Certificate"];
    assert_eq!(certificate["DomainName"], "poc.everruns.com");
    assert_eq!(certificate["DomainValidationOptions"][0]["ValidationMethod"], "DNS");
    let lifecycle = &seen.document(STACK)?["resource"]["aws_acm_certificate"]["certificate"]["lifecycle"];
    assert_eq!(lifecycle["create_before_destroy"], true);
    let records = seen.output(STACK, "acm_validation_records")?;
    let record = &certificate["DomainValidationOptions"][0]["ResourceRecord"];
    assert_eq!(records[0]["resource_record_name"], record["Name"]);
    assert_eq!(records[0]["resource_record_type"], "CNAME");
    Ok(())
}

fn variables_and_outputs_are_as_documented(seen: &Seen<'_>) -> Result<(), Failure> {
    let document = seen.document(STACK)?;
    let defaults = [
        ("deletion_protection", json!(true)),
        ("domain_name", json!("poc.everruns.com")),
        ("environment", json!("production")),
        ("github_token", Value::Null),
        ("image_tag", json!("latest")),
        ("openai_api_key", Value::Null),
        ("region", json!(REGION)),
    ];
    let variables = &document["variable"];
    let names: Vec<&String> = variables.as_object().into_iter().flat_map(|all| all.keys()).collect();
    assert_eq!(names, defaults.each_ref().map(|(name, _)| name));
    for (name, default) in defaults {
        assert_eq!(variables[name]["default"], default, "{name}");
        assert!(variables[name]["description"].is_string(), "{name}");
    }
    for secret in ["github_token", "openai_api_key"] {
        assert_eq!(variables[secret]["ephemeral"], true, "{secret}");
    }
    let balancer = seen.resource(STACK, "aws_lb.balancer")?;
    assert_eq!(seen.output(STACK, "alb_dns_name")?, &balancer["dns_name"]);
    assert_eq!(seen.output(STACK, "api_url")?, "https://poc.everruns.com/api");
    assert_eq!(seen.output(STACK, "ui_url")?, "https://poc.everruns.com");
    let database = seen.resource(STACK, "aws_db_instance.database")?;
    assert_eq!(seen.output(STACK, "rds_endpoint")?, &database["endpoint"]);
    assert_eq!(document["output"]["rds_endpoint"]["sensitive"], true);
    Ok(())
}

fn everything_has_the_tags(seen: &Seen<'_>) -> Result<(), Failure> {
    let tags = json!({ "Environment": "production", "ManagedBy": "terraform", "Project": "everruns" });
    for (stack, address) in [
        ("bootstrap", "aws_s3_bucket.states__state"),
        ("bootstrap", "aws_dynamodb_table.states__locks"),
        (STACK, "aws_db_instance.database"),
        (STACK, "aws_ecs_service.api"),
        (STACK, "aws_lb.balancer"),
        (STACK, "aws_secretsmanager_secret.database_login"),
    ] {
        assert_eq!(seen.resource(stack, address)?["tags_all"], tags, "{address}");
    }
    let cluster = json!({ "clusters": ["everruns-production"], "include": ["TAGS"] });
    let clusters = seen.aws(REGION)?.call("ecs", "DescribeClusters", cluster)?;
    let mut found: Vec<_> = clusters["clusters"][0]["tags"].as_array().cloned().unwrap_or_default();
    found.sort_by_key(|tag| tag["key"].to_string());
    let keys: Vec<_> = found.iter().map(|tag| &tag["key"]).collect();
    assert_eq!(keys, ["Environment", "ManagedBy", "Project"]);
    Ok(())
}
