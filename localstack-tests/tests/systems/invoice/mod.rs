//! The invoice application in two environments: what each row says must be true of both.

mod application;
mod delivery;
mod network;
mod storage;

use localstack_tests::Failure;
use localstack_tests::aws::Client;
use serde_json::{Value, json};

use crate::seen::Seen;
use crate::system::{Row, System, Update};

/// Found nowhere else, so that a leak is seen.
const ANTHROPIC: &str = "not-a-real-key-3d1c9a70";
const JWT: &str = "not-a-real-secret-8e52b6f4";
const REGION: &str = "us-east-1";

/// What the README's first row says of an environment.
struct Environment {
    name: &'static str,
    domain: &'static str,
    class: &'static str,
    zones: Zones,
    backup_days: &'static str,
    cpu: &'static str,
    memory: &'static str,
}

/// How many a database is in.
#[derive(PartialEq)]
enum Zones {
    One,
    Two,
}

const ENVIRONMENTS: [Environment; 2] = [
    Environment {
        name: "dev",
        domain: "dev.invoice-processing.com",
        class: "db.t3.micro",
        zones: Zones::One,
        backup_days: "7",
        cpu: "1024",
        memory: "2048",
    },
    Environment {
        name: "prod",
        domain: "invoice-processing.com",
        class: "db.t3.small",
        zones: Zones::Two,
        backup_days: "30",
        cpu: "2048",
        memory: "4096",
    },
];

pub(crate) static SYSTEM: System = System {
    name: "invoice",
    needs: &["apprunner", "cloudfront"],
    existing: &[],
    variables: &[("anthropic_api_key", ANTHROPIC), ("jwt_secret", JWT), ("protected", "false")],
    secrets: &[ANTHROPIC, JWT],
    holds: &[
        "App Runner VPC connector",
        "App Runner auto scaling configuration",
        "App Runner connection",
        "App Runner service",
        "VPC",
        "address",
        "alarm",
        "bucket",
        "certificate",
        "database",
        "database subnet group",
        "distribution",
        "hosted zone",
        "log group",
        "origin access control",
        "role",
        "secret",
        "security group",
    ],
    rows: &[
        Row { id: "IN-1", look: |seen| each(seen, environment_has_its_sizes) },
        Row { id: "IN-2", look: |seen| each(seen, stacks_read_each_others_values) },
        Row { id: "IN-3", look: |seen| each(seen, network::database_is_private_and_encrypted) },
        Row { id: "IN-4", look: |seen| each(seen, storage::buckets_are_private) },
        Row { id: "IN-5", look: |seen| each(seen, delivery::distribution_reads_private_buckets) },
        Row { id: "IN-6", look: |seen| each(seen, delivery::names_lead_to_site_and_api) },
        Row { id: "IN-7", look: |seen| each(seen, application::service_runs_the_repository) },
        Row { id: "IN-8", look: |seen| each(seen, application::secrets_are_read_by_reference) },
        Row { id: "IN-9", look: |seen| each(seen, application::logs_are_kept_and_alarms_watch) },
    ],
    update: Update {
        stack: "dev-application",
        variables: &[],
        edit: keep_logs_longer,
        changes: &["aws_cloudwatch_log_group.logs"],
    },
};

/// As `LogGroup::new(…, 60)` writes it.
fn keep_logs_longer(document: &mut Value) {
    document["resource"]["aws_cloudwatch_log_group"]["logs"]["retention_in_days"] = json!(60);
}

/// An environment of the system, as its rows look at it.
struct Looked<'s> {
    environment: &'s Environment,
    seen: &'s Seen<'s>,
    aws: Client,
}

/// Looks at every environment.
fn each(seen: &Seen<'_>, look: fn(&Looked<'_>) -> Result<(), Failure>) -> Result<(), Failure> {
    ENVIRONMENTS.iter().try_for_each(|environment| {
        look(&Looked { environment, seen, aws: seen.aws(REGION)? })
            .map_err(|why| format!("{}: {why:?}", environment.name).into())
    })
}

impl Looked<'_> {
    /// A stack of the environment.
    fn stack(&self, part: &str) -> String {
        format!("{}-{part}", self.environment.name)
    }

    /// A name of the environment's own.
    fn named(&self, part: &str) -> String {
        format!("invoice-{}-{part}", self.environment.name)
    }

    /// An attribute of a resource, as terraform read it back.
    fn attribute(&self, part: &str, address: &str, attribute: &str) -> Result<&Value, Failure> {
        let resource = self.seen.resource(&self.stack(part), address)?;
        resource.get(attribute).ok_or_else(|| format!("{part}: {address} has no `{attribute}`").into())
    }

    /// The same, as text.
    fn text(&self, part: &str, address: &str, attribute: &str) -> Result<&str, Failure> {
        let value = self.attribute(part, address, attribute)?;
        value.as_str().ok_or_else(|| format!("{part}: {address}: `{attribute}` is {value}").into())
    }

    fn database(&self) -> Result<Value, Failure> {
        let input = json!({ "DBInstanceIdentifier": self.named("database") });
        Ok(self.aws.call("rds", "DescribeDBInstances", input)?["DBInstances"]["DBInstance"].clone())
    }

    fn service(&self) -> Result<Value, Failure> {
        let arn = self.text("application", "aws_apprunner_service.api", "arn")?;
        let answer = self.aws.call("apprunner", "DescribeService", json!({ "ServiceArn": arn }))?;
        Ok(answer["Service"].clone())
    }
}

fn environment_has_its_sizes(looked: &Looked<'_>) -> Result<(), Failure> {
    let Environment { domain, class, zones, cpu, memory, .. } = looked.environment;
    let database = looked.database()?;
    assert_eq!(
        (&database["DBInstanceClass"], &database["MultiAZ"]),
        (&json!(class), &json!((*zones == Zones::Two).to_string()))
    );
    let instance = &looked.service()?["InstanceConfiguration"];
    assert_eq!((&instance["Cpu"], &instance["Memory"]), (&json!(cpu), &json!(memory)));
    assert_eq!(looked.text("dns", "aws_route53_zone.zone", "name")?, *domain);
    Ok(())
}

fn stacks_read_each_others_values(looked: &Looked<'_>) -> Result<(), Failure> {
    let reads = [
        ("network", &[][..]),
        ("database", &["network"]),
        ("storage", &[]),
        ("cdn", &["dns", "storage"]),
        ("application", &["cdn", "database", "network", "storage"]),
        ("api-domain", &["application", "dns"]),
    ];
    for (part, expected) in reads {
        let document = looked.seen.document(&looked.stack(part))?;
        let states = document["data"]["terraform_remote_state"].as_object();
        let found: Vec<&String> = states.into_iter().flat_map(|states| states.keys()).collect();
        let expected: Vec<String> = expected.iter().map(|part| looked.stack(part)).collect();
        assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{part}");
        let key = format!("{}/{part}.tfstate", looked.environment.name);
        assert_eq!(document["terraform"]["backend"]["s3"]["key"], key);
    }
    let connector =
        looked.attribute("application", "aws_apprunner_vpc_connector.connector", "security_groups")?;
    assert_eq!(connector, &json!([looked.text("network", "aws_security_group.api", "id")?]));
    Ok(())
}
