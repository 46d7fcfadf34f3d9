//! Several stacks in one picture.

use serde_json::{Value, json};
use synth_graph::architecture::Meaning;

use crate::document::{arrows, drawn, of_stacks};

fn network() -> Value {
    json!({
        "terraform": { "backend": { "s3": { "bucket": "states", "key": "network.tfstate" } } },
        "resource": { "aws_sqs_queue": { "jobs": { "name": "jobs" } } },
        "output": { "queue": { "value": "${aws_sqs_queue.jobs.arn}" } },
    })
}

fn reader(key: &str) -> Value {
    json!({
        "data": { "terraform_remote_state": { "shared": { "backend": "s3", "config": { "bucket": "states", "key": key } } } },
        "resource": { "aws_lambda_function": { "worker": { "function_name": "worker",
            "environment": { "variables": { "QUEUE": "${data.terraform_remote_state.shared.outputs.queue}" } } } } },
    })
}

#[test]
fn a_reference_to_the_state_of_another_stack_is_an_arrow_to_what_is_there() {
    let drawn = of_stacks(&[("network", &network()), ("workers", &reader("network.tfstate"))]);
    assert_eq!(
        arrows(&drawn, Meaning::Uses),
        ["workers/aws_lambda_function.worker -> network/aws_sqs_queue.jobs: configured with"]
    );
    assert_eq!(drawn.nodes["network/aws_sqs_queue.jobs"].group.as_deref(), Some("stack:network"));
    assert_eq!(drawn.groups["stack:network"].parent.as_deref(), Some("account"));
}

#[test]
fn a_state_that_is_not_here_leads_nowhere() {
    let drawn = of_stacks(&[("network", &network()), ("workers", &reader("elsewhere.tfstate"))]);
    assert_eq!(arrows(&drawn, Meaning::Uses), Vec::<String>::new());
}

#[test]
fn outputs_that_give_each_other_end() {
    let stack = |other: &str, key: &str| {
        json!({
            "terraform": { "backend": { "s3": { "bucket": "states", "key": key } } },
            "data": { "terraform_remote_state": { "other": { "backend": "s3", "config": { "bucket": "states", "key": other } } } },
            "resource": { "aws_sqs_queue": { "q": { "name": "${data.terraform_remote_state.other.outputs.x}" } } },
            "output": { "x": { "value": "${data.terraform_remote_state.other.outputs.x}" } },
        })
    };
    let drawn = of_stacks(&[("a", &stack("b", "a")), ("b", &stack("a", "b"))]);
    assert_eq!(drawn.nodes.len(), 2);
}

#[test]
fn what_a_stack_finds_and_another_one_makes_is_one_box() {
    let maker = json!({ "resource": { "aws_ecr_repository": { "images": { "name": "shop" } } } });
    let finder = json!({
        "data": { "aws_ecr_repository": { "images": { "name": "shop" } } },
        "resource": { "aws_apprunner_service": { "api": { "service_name": "api", "source_configuration": {
            "image_repository": { "image_identifier": "${data.aws_ecr_repository.images.repository_url}:v1" } } } } },
    });
    let drawn = of_stacks(&[("shared", &maker), ("staging", &finder)]);
    assert_eq!(
        arrows(&drawn, Meaning::Uses),
        ["staging/aws_apprunner_service.api -> shared/aws_ecr_repository.images: configured with"]
    );
}

#[test]
fn a_plan_is_drawn_like_its_configuration() {
    let instance = |address: &str, type_name: &str, name: &str, values: Value| json!({ "address": address, "mode": "managed", "type": type_name, "name": name, "values": values });
    let plan = json!({
        "format_version": "1.2", "terraform_version": "1.11.4",
        "planned_values": { "root_module": { "resources": [
            instance("aws_s3_bucket.files", "aws_s3_bucket", "files", json!({ "bucket": "files" })),
            instance("aws_s3_bucket_versioning.files", "aws_s3_bucket_versioning", "files", json!({ "bucket": "files" })),
        ] } },
    });
    let drawn = drawn(&plan);
    assert_eq!(drawn.nodes.keys().collect::<Vec<_>>(), ["aws_s3_bucket.files"]);
    assert_eq!(drawn.nodes["aws_s3_bucket.files"].parts.len(), 2);
}
