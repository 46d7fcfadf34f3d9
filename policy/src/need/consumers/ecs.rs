//! ECS: the execution role starts a task, the task role is its containers'.

use super::super::derivation::Use;
use super::super::encoded::decoded;
use super::super::kind::Kind;
use super::super::thing::Part;
use super::{Acts, Consumer, images};
use crate::known::Later;
use crate::node::{Node, Value};
use crate::terraform::blocks_in;

const TASKS: &[&str] = &["ecs-tasks.amazonaws.com"];

pub(super) static CONSUMERS: &[Consumer] = &[
    // Amazon ECS developer guide, "Amazon ECS task execution IAM role".
    Consumer {
        type_name: "aws_ecs_task_definition",
        within: &[],
        role: "execution_role_arn",
        service: TASKS,
        acts: Acts::Service,
        needs: &[],
        more: execution,
    },
    // Amazon ECS developer guide, "Amazon ECS task IAM role".
    Consumer {
        type_name: "aws_ecs_task_definition",
        within: &[],
        role: "task_role_arn",
        service: TASKS,
        acts: Acts::Code,
        needs: &[],
        more: task,
    },
    // Amazon ECS developer guide, "Monitor Amazon ECS containers with ECS Exec": permissions of the task role.
    Consumer {
        type_name: "aws_ecs_service",
        within: &[],
        role: "task_definition",
        service: TASKS,
        acts: Acts::Service,
        needs: &[],
        more: remote_shell,
    },
];

fn execution(used: &mut Use<'_, '_>) {
    each_container(used, |used, container| {
        for image in values(container, "image") {
            used.pulls(image, images::PULL);
        }
        credentials(used, container);
        for file in blocks_in(container, "environmentFiles") {
            for object in values(file, "value") {
                used.reads_object(object, "reads its environment from");
            }
        }
        for logging in blocks_in(container, "logConfiguration") {
            logs(used, logging);
        }
    });
}

/// What a container is given of secrets: logins to registries, and variables.
pub(super) fn credentials(used: &mut Use<'_, '_>, container: &Node) {
    for login in blocks_in(container, "repositoryCredentials") {
        for secret in values(login, "credentialsParameter") {
            used.injected(secret, "logs in to a registry with");
        }
    }
    for secret in blocks_in(container, "secrets") {
        injected(used, secret);
    }
}

/// One of `secrets` and `secretOptions`: its `name` is the variable's.
fn injected(used: &mut Use<'_, '_>, secret: &Node) {
    let name = secret.member("name").and_then(|member| member.value.literal()).unwrap_or("a variable");
    if !matches!(secret.value, Value::Object(_)) {
        used.open(&Later::of(secret));
    }
    for from in values(secret, "valueFrom") {
        used.injected(from, &format!("fills `{name}` with"));
    }
}

/// Amazon ECS developer guide, "Send Amazon ECS logs to CloudWatch".
pub(super) fn logs(used: &mut Use<'_, '_>, logging: &Node) {
    for option in blocks_in(logging, "secretOptions") {
        injected(used, option);
    }
    let driver = values(logging, "logDriver");
    if driver.iter().all(|driver| driver.literal() != Some("awslogs")) {
        return driver.into_iter().filter(|driver| driver.is_later()).for_each(|driver| {
            used.open(&Later::of(driver));
        });
    }
    for options in blocks_in(logging, "options") {
        let creates = values(options, "awslogs-create-group");
        let creates = creates.iter().any(|node| match &node.value {
            Value::Bool(creates) => *creates,
            _ => node.literal() == Some("true"),
        });
        for group in values(options, "awslogs-group") {
            used.logs_to(group);
            if creates {
                used.creates_log_group(group);
            }
        }
    }
}

fn task(used: &mut Use<'_, '_>) {
    each_container(used, |used, container| {
        for environment in blocks_in(container, "environment") {
            for value in values(environment, "value") {
                used.is_told_of(value);
            }
        }
    });
    for volume in blocks_in(used.body, "volume") {
        for files in blocks_in(volume, "efs_volume_configuration") {
            for authorization in blocks_in(files, "authorization_config") {
                let by_iam = values(authorization, "iam");
                if by_iam.iter().any(|node| node.literal() == Some("ENABLED")) {
                    mounts(used, files);
                }
            }
        }
    }
}

/// Amazon EFS user guide, "Using IAM to control access to file systems".
fn mounts(used: &mut Use<'_, '_>, files: &Node) {
    const MOUNT: &[&str] = &["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"];
    for node in values(files, "file_system_id") {
        match used.thing(node, &[Kind::FileSystem]) {
            Ok(Some(system)) => used.needs(MOUNT, &system, Part::Whole, "mounts", node.span),
            Ok(None) => {}
            Err(later) => used.open(&later),
        }
    }
}

fn remote_shell(used: &mut Use<'_, '_>) {
    if used.says(&["enable_execute_command"], "true") {
        let actions = [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
        ];
        used.needs_everywhere(&actions, "offers ECS Exec", used.block.span);
    }
}

/// The containers of a task, each with its name in what is said of it.
fn each_container(used: &mut Use<'_, '_>, read: impl Fn(&mut Use<'_, '_>, &Node)) {
    let whole = used.who.clone();
    for node in used.values(&["container_definitions"]) {
        let containers = match decoded(node) {
            Ok(containers) => containers,
            Err(later) => {
                used.open(&later);
                continue;
            }
        };
        for container in crate::terraform::values_in(&containers, &[]) {
            if !matches!(container.value, Value::Object(_)) {
                used.open(&Later::of(container));
            }
            let name = container.member("name").and_then(|member| member.value.literal());
            used.who = name.map_or(whole.clone(), |name| format!("{whole}, container `{name}`,"));
            read(used, container);
        }
    }
    used.who = whole;
}

fn values<'n>(node: &'n Node, name: &str) -> Vec<&'n Node> {
    crate::terraform::values_in(node, &[name])
}
