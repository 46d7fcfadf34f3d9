//! Secrets: where each value comes from, who reads it, how it is rotated. Their values are never looked at.

use serde_json::Value;

use super::document::{Argument, Resource, Stack, variables};
use super::markdown::{Page, code, list};
use super::{by_stack, in_region, row};

/// Arguments that hold a secret value.
struct Kind {
    resource: &'static str,
    /// The write-only argument, and the one that says that it has changed.
    write_only: (&'static str, &'static str),
    /// The argument that is kept in the state.
    kept: &'static str,
}

const KINDS: [Kind; 3] = [
    Kind {
        resource: "aws_secretsmanager_secret_version",
        write_only: ("secret_string_wo", "secret_string_wo_version"),
        kept: "secret_string",
    },
    Kind { resource: "aws_ssm_parameter", write_only: ("value_wo", "value_wo_version"), kept: "value" },
    Kind {
        resource: "aws_db_instance",
        write_only: ("password_wo", "password_wo_version"),
        kept: "password",
    },
];

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    let mut rows = Vec::new();
    let mut afterwards: Vec<String> = Vec::new();
    for stack in stacks {
        for resource in stack.resources() {
            let Some(kind) = KINDS.iter().find(|kind| kind.resource == resource.kind) else { continue };
            // Parameters that are no SecureString hold no secret.
            if resource.kind == "aws_ssm_parameter" && !is_secure(&resource) {
                continue;
            }
            let secret = holder(&resource);
            let readers = secret.readers(stacks);
            let [value, rotate] = life(&resource, kind);
            rows.push(row(stacks, stack, [name(&secret), value, users(&secret, &readers), rotate]));
            afterwards.extend(readers.iter().flat_map(restarts));
        }
    }
    if rows.is_empty() {
        return;
    }
    page.section("Secrets");
    page.table(&by_stack(stacks, &["secret", "value", "read by", "to rotate"]), &rows);
    afterwards.sort();
    afterwards.dedup();
    if !afterwards.is_empty() {
        page.paragraph("What runs has the old value until it is started anew:");
        page.commands(&afterwards);
    }
}

fn is_secure(parameter: &Resource<'_>) -> bool {
    matches!(parameter.argument("type"), Argument::Is(Value::String(kind)) if kind == "SecureString")
}

/// A version belongs to its secret.
fn holder<'a>(resource: &Resource<'a>) -> Resource<'a> {
    let mut secrets = resource.stack.of_type("aws_secretsmanager_secret");
    let of_version = secrets.find(|secret| resource.refers_to(secret));
    of_version.filter(|_| resource.kind == "aws_secretsmanager_secret_version").unwrap_or(*resource)
}

fn name(secret: &Resource<'_>) -> String {
    code(&secret.called(&["name", "identifier"]))
}

/// Where a value comes from.
enum Source {
    /// These variables.
    Given(String),
    /// An ephemeral resource.
    Generated,
    /// Text, or other resources.
    Stack,
}

impl Source {
    fn of(value: &Value, stack: &Stack<'_>) -> Source {
        let given = variables(value, stack);
        match (given.is_empty(), stack.ephemerals(value).is_empty()) {
            (false, _) => Source::Given(list(given.iter().map(String::as_str))),
            (true, false) => Source::Generated,
            (true, true) => Source::Stack,
        }
    }

    fn says(&self) -> &str {
        match self {
            Source::Given(variables) => variables,
            Source::Generated => "generated",
            Source::Stack => "the stack",
        }
    }

    /// What is to be done for another value.
    fn renew(&self) -> &'static str {
        match self {
            Source::Given(_) => "give the new value",
            Source::Generated => "a new one is made",
            Source::Stack => "write the new value",
        }
    }
}

/// Where the value comes from, and how it is replaced.
fn life(resource: &Resource<'_>, kind: &Kind) -> [String; 2] {
    let (value, version) = kind.write_only;
    match (resource.written(value), resource.written(kind.kept)) {
        (Some(value), _) => {
            let source = Source::of(value, resource.stack);
            let raise = match resource.argument(version) {
                Argument::Is(now) => format!("raise {} from {now}", code(version)),
                Argument::Later(_) | Argument::Absent => format!("set another {}", code(version)),
            };
            let with = alike(resource, value);
            let with = if with.is_empty() { String::new() } else { format!(", and that of {with}") };
            [format!("{}, write-only", source.says()), format!("{}: {raise}{with}, apply", source.renew())]
        }
        (None, Some(value)) => {
            let source = Source::of(value, resource.stack);
            [format!("{}, kept in the state", source.says()), format!("{}, apply", source.renew())]
        }
        // Amazon RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager".
        (None, None) if resource.has("manage_master_user_password") => {
            ["RDS keeps it".to_owned(), "RDS does it, every 7 days".to_owned()]
        }
        (None, None) => ["not of this stack".to_owned(), "where it comes from".to_owned()],
    }
}

/// What has the same generated value: one of them alone, and they differ.
fn alike(resource: &Resource<'_>, value: &Value) -> String {
    let generated = resource.stack.ephemerals(value);
    let others = resource.stack.resources().filter(|other| other.address() != resource.address());
    let has = |other: &Resource<'_>| {
        let kind = KINDS.iter().find(|kind| kind.resource == other.kind);
        let value = kind.and_then(|kind| other.written(kind.write_only.0));
        value.is_some_and(|value| other.stack.ephemerals(value).iter().any(|one| generated.contains(one)))
    };
    let addresses: Vec<String> = others.filter(has).map(|other| other.address()).collect();
    list(addresses.iter().map(String::as_str))
}

/// What runs with the secret.
fn users(secret: &Resource<'_>, readers: &[Resource<'_>]) -> String {
    if secret.kind == "aws_db_instance" {
        return "the database itself".to_owned();
    }
    let runs = readers.iter().filter(|reader| RUNS.contains(&reader.kind));
    let addresses: Vec<String> = runs.map(Resource::address).collect();
    if addresses.is_empty() { "nothing here".to_owned() } else { list(addresses.iter().map(String::as_str)) }
}

/// What reads secrets when it starts, and never again (AWS App Runner Developer Guide, "Referencing environment
/// variables"; Amazon ECS Developer Guide, "Pass Secrets Manager secrets through Amazon ECS environment variables").
pub(super) const RUNS: [&str; 2] = ["aws_apprunner_service", "aws_ecs_task_definition"];

/// The commands that start it anew.
fn restarts<'a>(reader: &Resource<'a>) -> Vec<String> {
    let region = in_region(reader.stack);
    match reader.kind {
        "aws_apprunner_service" => {
            let query = format!(
                "ServiceSummaryList[?ServiceName=='{}'].ServiceArn",
                reader.in_command(&["service_name"])
            );
            let arn = format!("aws apprunner list-services{region} --query \"{query}\" --output text");
            vec![format!("aws apprunner start-deployment{region} --service-arn \"$({arn})\"")]
        }
        "aws_ecs_task_definition" => {
            let services =
                reader.stack.of_type("aws_ecs_service").filter(|service| service.refers_to(reader));
            let restart = |service: Resource<'a>| {
                let (cluster, name) = (service.cluster(), service.in_command(&["name"]));
                format!(
                    "aws ecs update-service{region} --cluster {cluster} --service {name} --force-new-deployment"
                )
            };
            services.map(restart).collect()
        }
        _ => Vec::new(),
    }
}
