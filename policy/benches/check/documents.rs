//! Documents as platforms have them: roles, policies, tasks, functions, queues, buckets, groups.

use serde_json::{Map, Value, json};

use crate::native;

/// What a document is, and how it is written.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Configuration,
    Native,
    Plan,
    State,
    RawState,
}

impl Form {
    pub(crate) const ALL: [Form; 5] =
        [Form::Configuration, Form::Native, Form::Plan, Form::State, Form::RawState];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Form::Configuration => "configuration, JSON",
            Form::Native => "configuration, HCL",
            Form::Plan => "plan",
            Form::State => "state, as shown",
            Form::RawState => "state, as kept",
        }
    }

    pub(crate) fn file(self) -> &'static str {
        match self {
            Form::Configuration => "main.tf.json",
            Form::Native => "main.tf",
            Form::Plan => "plan.json",
            Form::State => "state.json",
            Form::RawState => "terraform.tfstate",
        }
    }

    /// How many resources its documents have: those of plans are four times as large as others.
    pub(crate) fn sizes(self) -> [usize; 3] {
        match self {
            Form::Plan => [100, 10_000, 50_000],
            _ => [100, 10_000, 100_000],
        }
    }

    /// A document of so many resources, in the layout that its writer gives it.
    pub(crate) fn document(self, resources: usize) -> String {
        let resources = (0..resources).map(resource);
        match self {
            Form::Configuration => format!("{:#}", configuration(resources)),
            Form::Native => native::document(&configuration(resources)),
            Form::Plan => plan(resources).to_string(),
            Form::State => state(resources).to_string(),
            Form::RawState => format!("{:#}", raw_state(resources)),
        }
    }
}

struct Resource {
    type_name: &'static str,
    name: String,
    body: Value,
}

fn resource(index: usize) -> Resource {
    let of = |type_name, body| Resource { type_name, name: format!("r{index}"), body };
    let tags = json!({"Name": format!("shop-{index}"), "Environment": "production", "Team": "platform"});
    match index % 8 {
        0 => of(
            "aws_iam_role",
            json!({"name": format!("worker-{index}"), "assume_role_policy": trust(), "tags": tags}),
        ),
        1 => of(
            "aws_iam_role_policy",
            json!({"role": format!("${{aws_iam_role.r{}.id}}", index - 1), "policy": policy(index)}),
        ),
        2 => of(
            "aws_ecs_task_definition",
            json!({"family": format!("service-{index}"), "network_mode": "awsvpc", "cpu": "256", "memory": "512",
                "requires_compatibilities": ["FARGATE"], "container_definitions": containers(index), "tags": tags}),
        ),
        3 => of(
            "aws_lambda_function",
            json!({"function_name": format!("handler-{index}"), "runtime": "python3.13", "handler": "app.handler",
                "role": format!("${{aws_iam_role.r{}.arn}}", index - 3),
                "environment": [{"variables": {"STAGE": "production", "LOG_LEVEL": "info",
                    "QUEUE_URL": format!("https://sqs.us-east-2.amazonaws.com/111122223333/jobs-{index}")}}]}),
        ),
        4 => of(
            "aws_sqs_queue",
            json!({"name": format!("jobs-{index}"), "visibility_timeout_seconds": 120,
                "message_retention_seconds": 345_600, "sqs_managed_sse_enabled": true, "tags": tags}),
        ),
        5 => of(
            "aws_s3_bucket",
            json!({"bucket": format!("media-{index}"), "force_destroy": false, "tags": tags}),
        ),
        6 => of(
            "aws_security_group",
            json!({"name": format!("service-{index}"), "description": "the service", "vpc_id": "vpc-0123456789abcdef0",
                "ingress": [{"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"]}]}),
        ),
        _ => of(
            "aws_cloudwatch_log_group",
            json!({"name": format!("/ecs/service-{index}"), "retention_in_days": 30, "tags": tags}),
        ),
    }
}

fn trust() -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "lambda.amazonaws.com"}}]})
    .to_string()
}

fn policy(index: usize) -> String {
    json!({"Version": "2012-10-17", "Statement": [
        {"Sid": "Send", "Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:GetQueueUrl"],
            "Resource": format!("arn:aws:sqs:us-east-2:111122223333:jobs-{index}")},
        {"Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObject"],
            "Resource": format!("arn:aws:s3:::media-{index}/*")},
    ]})
    .to_string()
}

fn containers(index: usize) -> String {
    json!([{"name": "api", "image": format!("111122223333.dkr.ecr.us-east-2.amazonaws.com/api:v{index}"),
        "essential": true, "portMappings": [{"containerPort": 8080, "protocol": "tcp"}],
        "environment": [{"name": "PORT", "value": "8080"}, {"name": "STAGE", "value": "production"}],
        "secrets": [{"name": "DB_PASSWORD",
            "valueFrom": format!("arn:aws:secretsmanager:us-east-2:111122223333:secret:db-{index}")}],
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": format!("/ecs/service-{index}")}}}])
    .to_string()
}

fn configuration(resources: impl Iterator<Item = Resource>) -> Value {
    let mut types: Map<String, Value> = Map::new();
    for Resource { type_name, name, body } in resources {
        let named = types.entry(type_name).or_insert_with(|| json!({}));
        named.as_object_mut().into_iter().for_each(|named| {
            named.insert(name.clone(), body.clone());
        });
    }
    json!({"terraform": {"required_version": ">= 1.11"}, "resource": types})
}

/// An object with the keys that every description of a resource has, and one more.
fn described(resource: &Resource, key: &str, value: impl Into<Value>) -> Value {
    let mut described = Map::new();
    described.insert("address".into(), format!("{}.{}", resource.type_name, resource.name).into());
    described.insert("mode".into(), "managed".into());
    described.insert("type".into(), resource.type_name.into());
    described.insert("name".into(), resource.name.as_str().into());
    described.insert("provider_name".into(), "registry.terraform.io/hashicorp/aws".into());
    described.insert(key.into(), value.into());
    described.into()
}

/// What is known of a body before it is applied, and what is not.
fn known(body: &Value) -> (Map<String, Value>, Map<String, Value>) {
    let members = body.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone()));
    members.partition(|(_, value)| value.as_str().is_none_or(|text| !text.starts_with("${")))
}

fn plan(resources: impl Iterator<Item = Resource>) -> Value {
    let (mut changes, mut planned, mut declared) = (Vec::new(), Vec::new(), Vec::new());
    for resource in resources {
        let (after, later) = known(&resource.body);
        let marks: Map<String, Value> = later
            .keys()
            .map(String::as_str)
            .chain(["arn", "id"])
            .map(|key| (key.to_owned(), json!(true)))
            .collect();
        let change = json!({"actions": ["create"], "before": null, "after": after, "after_unknown": marks,
            "before_sensitive": false, "after_sensitive": {}});
        changes.push(described(&resource, "change", change));
        planned.push(described(&resource, "values", after.clone()));
        let constants = after.iter().map(|(key, value)| (key.clone(), expression(value)));
        let references = later.iter().map(|(key, value)| {
            let reference = value.as_str().unwrap_or_default().trim_matches(['$', '{', '}']);
            (key.clone(), json!({"references": [reference]}))
        });
        let expressions: Map<String, Value> = constants.chain(references).collect();
        declared.push(described(&resource, "expressions", expressions));
    }
    json!({"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": changes,
        "planned_values": {"root_module": {"resources": planned}},
        "configuration": {"root_module": {"resources": declared}}})
}

/// Blocks have expressions in them; everything else here is a constant.
fn expression(value: &Value) -> Value {
    match value {
        Value::Array(blocks) if blocks.iter().all(Value::is_object) => {
            let members = |block: &Value| -> Map<String, Value> {
                let members = block.as_object().into_iter().flatten();
                members.map(|(key, value)| (key.clone(), json!({"constant_value": value}))).collect()
            };
            blocks.iter().map(members).collect()
        }
        other => json!({"constant_value": other}),
    }
}

fn state(resources: impl Iterator<Item = Resource>) -> Value {
    let shown = |resource: Resource| described(&resource, "values", resource.body.clone());
    let resources: Vec<Value> = resources.map(shown).collect();
    json!({"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"resources": resources}}})
}

fn raw_state(resources: impl Iterator<Item = Resource>) -> Value {
    let kept = |resource: Resource| {
        described(&resource, "instances", json!([{"attributes": resource.body.clone()}]))
    };
    let resources: Vec<Value> = resources.map(kept).collect();
    json!({"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "l", "outputs": {},
        "resources": resources})
}
