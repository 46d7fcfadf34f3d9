//! Sizes and containers of tasks.

use serde_json::{Value as Json, json};
use synth::database::{Password, Postgres};
use synth::ecs::{Architecture, Cluster, Container, HealthCheck, Image, RegistryLogin, Service, Size, Task};
use synth::{LogGroup, Number, Parameter, Scope, Secret, Variable};
use synth_testing::Synthesized;

use super::{messages, placement, stack};

fn run(stack: &mut Scope<'_>, size: Size, container: Container) {
    let logs = stack.add("logs", LogGroup::new("/ecs/shop", 30));
    let cluster = stack.add("cluster", Cluster::new("shop"));
    stack.add("api", Service::new("shop-api", cluster, placement(), Task::new(size, logs, container)));
}

fn small() -> Size {
    Size::new(256, 512)
}

fn api() -> Container {
    Container::new("api", Image::public("shop/api:v7"))
}

/// The containers' definitions, whose text is an expression: compared as it is written.
fn definitions(stack: &Synthesized) -> String {
    let text = stack.document().pointer("/resource/aws_ecs_task_definition/api/container_definitions");
    text.and_then(Json::as_str).unwrap_or_default().to_owned()
}

#[test]
fn a_container_is_essential_and_its_output_goes_to_the_log_group() {
    let stack = stack(|stack| run(stack, small(), api()));
    assert_eq!(
        definitions(&stack),
        "${jsonencode([{\"essential\" = true, \"image\" = \"shop/api:v7\", \"logConfiguration\" = \
         {\"logDriver\" = \"awslogs\", \"options\" = {\"awslogs-group\" = aws_cloudwatch_log_group.logs.name, \
         \"awslogs-region\" = data.aws_region.current.name, \"awslogs-stream-prefix\" = \"api\"}}, \"name\" = \"api\"}])}"
    );
    stack.has_resource::<synth::aws::ecs::TaskDefinition>(json!({
        "family": "shop-api", "requires_compatibilities": ["FARGATE"], "network_mode": "awsvpc",
        "cpu": "256", "memory": "512",
        "runtime_platform": { "operating_system_family": "LINUX", "cpu_architecture": "X86_64" },
    }));
}

#[test]
fn ports_environment_secrets_and_checks_are_written_as_ecs_wants_them() {
    let stack = stack(|stack| {
        let url = stack.add("url", Variable::<String>::new().ephemeral());
        let secret = Secret::new("shop/database").json(|keys| keys.add::<String>("url", url));
        let (_, url) = stack.add("database", secret);
        let check = HealthCheck::shell("curl -f http://localhost:9000/health || exit 1").start_seconds(60);
        let container = api()
            .port(9000)
            .command(["serve", "--all"])
            .environment("RUST_LOG", "info")
            .secret("DATABASE_URL", url)
            .health_check(check)
            .set("readonlyRootFilesystem", synth::Term::Bool(true));
        run(stack, small(), container);
    });
    let definitions = definitions(&stack);
    for part in [
        "\"portMappings\" = [{\"containerPort\" = 9000, \"hostPort\" = 9000, \"protocol\" = \"tcp\"}]",
        "\"command\" = [\"serve\", \"--all\"]",
        "\"environment\" = [{\"name\" = \"RUST_LOG\", \"value\" = \"info\"}]",
        "\"secrets\" = [{\"name\" = \"DATABASE_URL\", \
         \"valueFrom\" = \"${aws_secretsmanager_secret.database.arn}:url::\"}]",
        "\"healthCheck\" = {\"command\" = [\"CMD-SHELL\", \"curl -f http://localhost:9000/health || exit 1\"], \
         \"interval\" = 30, \"retries\" = 3, \"startPeriod\" = 60, \"timeout\" = 5}",
        "\"readonlyRootFilesystem\" = true",
    ] {
        assert!(definitions.contains(part), "{part} is not in {definitions}");
    }
}

#[test]
fn an_image_behind_a_login_names_its_secret() {
    let stack = stack(|stack| {
        let token = stack.add("token", Variable::<String>::new().ephemeral());
        let secret = Secret::new("shop/registry").json(|keys| {
            RegistryLogin::new(keys.plain("username", "shop"), keys.add::<String>("password", token))
        });
        let (_, login) = stack.add("registry", secret);
        run(stack, small(), Container::new("api", Image::private("ghcr.io/shop/api:v7", login)));
    });
    let definitions = definitions(&stack);
    let credentials =
        "\"repositoryCredentials\" = {\"credentialsParameter\" = aws_secretsmanager_secret.registry.arn}";
    assert!(definitions.contains(credentials), "{definitions}");
}

#[test]
fn keys_that_ecs_would_not_find_are_no_login() {
    let messages = messages(|stack| {
        let secret = Secret::new("shop/registry")
            .json(|keys| RegistryLogin::new(keys.plain("user", "shop"), keys.plain("token", "shop")));
        let (_, login) = stack.add("registry", secret);
        run(stack, small(), Container::new("api", Image::private("ghcr.io/shop/api:v7", login)));
    });
    assert_eq!(messages, ["ECS finds no login for the registry in these keys"]);
}

#[test]
fn an_image_in_ecr_is_not_public() {
    let image = "111111111111.dkr.ecr.us-east-1.amazonaws.com/shop:v7";
    let messages = messages(|stack| run(stack, small(), Container::new("api", Image::public(image))));
    assert_eq!(messages, [format!("nobody may pull `{image}` without permission")]);
}

#[test]
fn every_pair_that_fargate_has_is_accepted_and_no_other() {
    // One column a CPU: its memory in MiB.
    let table: [(i64, Vec<i64>); 7] = [
        (256, vec![512, 1024, 2048]),
        (512, vec![1024, 2048, 3072, 4096]),
        (1024, (2..=8).map(|gib| gib * 1024).collect()),
        (2048, (4..=16).map(|gib| gib * 1024).collect()),
        (4096, (8..=30).map(|gib| gib * 1024).collect()),
        (8192, (4..=15).map(|step| step * 4096).collect()),
        (16_384, (4..=15).map(|step| step * 8192).collect()),
    ];
    let every_size = || (1..=120).map(|gib| gib * 1024).chain([512, 1536, 3000]);
    for (cpu, sizes) in &table {
        for memory in every_size() {
            let mut app = synth::App::new();
            run(&mut app.stack("test"), Size::new(*cpu, memory), api());
            assert_eq!(synth::resolve(app).is_ok(), sizes.contains(&memory), "{cpu} {memory}");
        }
    }
}

#[test]
fn what_fargate_has_not_is_refused_with_what_it_has() {
    let problems = Synthesized::refused(|stack| run(stack, Size::new(256, 4096), api()));
    assert!(
        problems.to_string().contains("= help: 256 CPU units have one of these MiB: 512, 1024, 2048"),
        "{problems}"
    );
    assert_eq!(
        messages(|stack| run(stack, Size::new(300, 512), api())),
        ["Fargate has no tasks of 300 CPU units"]
    );
}

#[test]
fn a_size_from_variables_is_checked_when_it_is_planned() {
    let stack = stack(|stack| {
        let (cpu, memory) =
            (stack.add("cpu", Variable::<Number>::new()), stack.add("memory", Variable::<Number>::new()));
        run(stack, Size::new(cpu, memory), api());
    });
    let definition =
        stack.document().pointer("/resource/aws_ecs_task_definition/api").cloned().unwrap_or_default();
    assert_eq!((&definition["cpu"], &definition["memory"]), (&json!("${var.cpu}"), &json!("${var.memory}")));
    let condition =
        definition["lifecycle"]["precondition"][0]["condition"].as_str().unwrap_or_default().to_owned();
    let first = "${anytrue([(var.cpu == 256) && contains([512, 1024, 2048], var.memory), ";
    assert!(condition.starts_with(first), "{condition}");
}

#[test]
fn containers_of_a_task_have_names_and_ports_of_their_own() {
    let messages = messages(|stack| {
        let logs = stack.add("logs", LogGroup::new("/ecs/shop", 30));
        let cluster = stack.add("cluster", Cluster::new("shop"));
        let task =
            Task::new(small(), logs, api().port(80)).also(api().port(80)).architecture(Architecture::Arm);
        stack.add("api", Service::new("shop-api", cluster, placement(), task));
    });
    assert_eq!(messages, ["two containers are called `api`", "two containers listen on port 80"]);
}

#[test]
fn what_a_container_cannot_have_is_refused() {
    let messages = messages(|stack| {
        let secret = stack.add("token", Secret::new("token"));
        let container = Container::new("shop api", Image::public("shop/api:v7"))
            .port(0)
            .environment("TOKEN", "x")
            .secret("TOKEN", secret)
            .environment("KEY", "arn:aws:secretsmanager:us-east-1:111111111111:secret:key")
            .health_check(
                HealthCheck::program(["true"])
                    .interval_seconds(1)
                    .timeout_seconds(90)
                    .retries(0)
                    .start_seconds(301),
            );
        run(stack, small(), container);
    });
    assert_eq!(messages.len(), 8, "{messages:?}");
    assert!(
        messages.contains(&"the environment variable `KEY` would hold an ARN, not the secret".to_owned())
    );
    assert!(messages.contains(&"the environment variable `TOKEN` is given twice".to_owned()));
}

#[test]
fn what_would_not_reach_a_container_as_it_is_meant_is_no_plain_value() {
    let messages = messages(|stack| {
        let secret = stack.add("secret", Secret::new("secret"));
        let parameter = stack.add("parameter", Parameter::plain("parameter", "x"));
        let database = Postgres::new("shop", "16", placement(), Password::kept_by_rds());
        let database = stack.add("database", database);
        let container = api()
            .environment("A", secret.arn())
            .environment("B", parameter.arn())
            .environment("DATABASE_URL", database.endpoint())
            .environment("DATABASE_HOST", database.host())
            .environment("NAME", secret.name());
        run(stack, small(), container);
    });
    assert_eq!(
        messages,
        [
            "the environment variable `A` would hold an ARN, not the secret",
            "the environment variable `B` would hold an ARN, not the secret",
            "the environment variable `DATABASE_URL` would hold a host and a port, not a URL"
        ]
    );
}
