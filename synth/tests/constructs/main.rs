//! What constructs write, and what they refuse, from Rust.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail by panicking")]

mod alarm;
mod app_runner;
mod ecr;
mod github;
mod iam;
mod limit;
mod parameter;
mod secret;
mod state_backend;
mod topic;

use serde_json::{Value as Json, json};
use synth::app_runner::{Connection, Ecr, GitHub, HealthCheck, Runtime, Scaling, Service, Size, Source};
use synth::{LogGroup, Number, Problem, Scope, Secret, Value, Variable};
use synth_testing::Synthesized;

fn document(build: impl FnOnce(&mut Scope<'_>)) -> Json {
    let stack = Synthesized::stack(build);
    stack.valid();
    stack.document().clone()
}

fn problems(build: impl FnOnce(&mut Scope<'_>)) -> Vec<Problem> {
    Synthesized::refused(build).0
}

fn image() -> Source {
    let arn = "arn:aws:ecr:us-east-1:111111111111:repository/shop";
    Source::Ecr(Ecr { image: "shop:v7".into(), repository_arn: arn.into(), port: 8080 })
}

fn service(name: &str) -> Service {
    Service::new(name, image(), Size::new(1, 2))
}

/// The first problem's message.
fn refusal(build: impl FnOnce(&mut Scope<'_>)) -> String {
    problems(build).swap_remove(0).message
}

/// The statements of a role's policy, whose text is an expression: compared as it is written.
fn policy(document: &Json, name: &str) -> String {
    let policy = document.pointer(&format!("/resource/aws_iam_role_policy/{name}/policy")).unwrap();
    policy.as_str().unwrap().to_owned()
}

#[test]
fn only_an_image_gets_an_access_role_and_it_may_pull_that_repository() {
    let document = document(|stack| {
        stack.add("api", service("shop-api"));
    });
    let policy = policy(&document, "api__access");
    assert!(policy.contains("repository/shop"), "{policy}");
    assert!(policy.contains(
        "{\"Action\" = [\"ecr:GetAuthorizationToken\"], \"Effect\" = \"Allow\", \"Resource\" = [\"*\"]}"
    ));
    let trust = document.pointer("/resource/aws_iam_role/api__access/assume_role_policy").unwrap();
    assert!(trust.as_str().unwrap().contains("build.apprunner.amazonaws.com"));
}

#[test]
fn a_repository_needs_no_access_role() {
    let document = document(|stack| {
        let connection = stack.add("github", Connection::github("shop-github"));
        let source = Source::GitHub(GitHub {
            connection: connection.into(),
            repository: "acme/shop".into(),
            branch: "main".into(),
            runtime: Runtime::NodeJs22,
            build_command: "npm ci".into(),
            start_command: "node server.js".into(),
            port: 3000,
        });
        stack.add("api", Service::new("shop-api", source, Size::new(0.25, 0.5)));
    });
    let roles = document.pointer("/resource/aws_iam_role").unwrap().as_object().unwrap();
    assert_eq!(roles.keys().collect::<Vec<_>>(), ["api__instance"]);
    let size = document.pointer("/resource/aws_apprunner_service/api/instance_configuration").unwrap();
    assert_eq!((&size["cpu"], &size["memory"]), (&json!("256"), &json!("512")));
}

#[test]
fn every_wrong_setting_is_reported_at_the_authors_line() {
    let line = line!() + 2;
    let found = problems(|stack| {
        stack.add(
            "api",
            Service::new("x", image(), Size::new(0.5, 4))
                .health_check(HealthCheck::path("/").interval_seconds(30).timeout_seconds(0))
                .scaling(Scaling::between(3, 2).concurrency(500).name("shop"))
                .environment("AWSAPPRUNNER_X", "1")
                .environment("TOKEN", "arn:aws:secretsmanager:us-east-1:111111111111:secret:token"),
        );
    });
    let messages: Vec<&str> = found.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the environment variable `AWSAPPRUNNER_X` is App Runner's own",
            "the environment variable `TOKEN` would hold an ARN, not the secret",
            "a health check cannot have an interval of 30",
            "a health check cannot have a timeout of 0",
            "`x` cannot be a service's name",
            "an instance cannot take 500 requests at a time",
            "a service cannot have at most 2 and at least 3 instances",
            "App Runner has no instances of 0.5 vCPU and 4 GB",
        ]
    );
    for problem in found {
        assert!(problem.origin.to_string().contains(&format!("main.rs:{line}:")), "{problem}");
        assert_eq!(problem.path, "test/api");
        assert!(problem.help.is_some(), "{problem} does not say what to write");
    }
}

#[test]
fn retention_and_recovery_are_those_that_aws_has() {
    let found = problems(|stack| {
        stack.add("logs", LogGroup::new("/logs", 6));
        stack.add("token", Secret::new("token").recovery_days(5));
    });
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|problem| problem.source.is_some()));
}

#[test]
fn a_size_from_variables_is_checked_when_it_is_planned() {
    let document = document(|stack| {
        let cpu = stack.add("cpu", Variable::<Number>::new());
        let memory: Value<Number> = stack.add("memory", Variable::<Number>::new()).into();
        stack.add("api", Service::new("shop-api", image(), Size::new(cpu, memory)));
    });
    let service = document.pointer("/resource/aws_apprunner_service/api").unwrap();
    assert_eq!(service.pointer("/instance_configuration/cpu").unwrap(), "${var.cpu * 1024}");
    let condition = service.pointer("/lifecycle/precondition/0/condition").unwrap().as_str().unwrap();
    assert!(condition.contains("\"${var.cpu}/${var.memory}\""), "{condition}");
}

#[test]
fn an_environment_variable_cannot_be_plain_and_secret() {
    let found = problems(|stack| {
        let token = stack.add("token", Secret::new("token"));
        stack.add("api", service("shop-api").environment("TOKEN", "x").secret("TOKEN", token));
    });
    assert_eq!(
        found.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(),
        ["the environment variable `TOKEN` is given twice"]
    );
}
