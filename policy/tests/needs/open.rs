//! What leaves the needs of a principal open: nothing is then said to be too much.

use serde_json::{Value, json};

use crate::configuration::{blocks, inline, needs_of, role, said};

/// A role that starts a task and may do what nothing needs.
fn task() -> Value {
    json!({
        "aws_iam_role": {"r": role("r", "ecs-tasks.amazonaws.com")},
        "aws_iam_role_policy": {"r": inline("r", &[(&["sqs:SendMessage"], &["arn:aws:sqs:us-east-1:1:jobs"])])},
        "aws_cloudwatch_log_group": {"l": {"name": "l"}},
        "aws_ecs_task_definition": {"t": {"execution_role_arn": "${aws_iam_role.r.arn}",
            "container_definitions": "[{\"name\": \"a\", \"image\": \"nginx\", \"secrets\": \
                [{\"name\": \"K\", \"valueFrom\": \"/k\"}]}]"}},
    })
}

fn reasons(document: &Value) -> Vec<String> {
    let needs = needs_of(&blocks(&[("main.tf.json", document.to_string())]));
    needs.principals["aws_iam_role.r"].open.iter().map(|open| open.why.clone()).collect()
}

#[test]
fn a_role_that_only_starts_tasks_is_wholly_known() {
    assert_eq!(reasons(&json!({"resource": task()})), [""; 0]);
    assert_eq!(said("IAM081", task()).0.len(), 1);
}

#[test]
fn other_uses_leave_it_open() {
    let changes: &[(&str, Value)] = &[
        ("/resource/aws_ecs_task_definition/t/task_role_arn", json!("${aws_iam_role.r.arn}")),
        ("/resource/aws_ecs_task_definition/t/container_definitions", json!("${var.containers}")),
        ("/resource/aws_glue_job/j", json!({"role_arn": "${aws_iam_role.r.arn}"})),
        ("/resource/aws_iam_role/r", role("r", "lambda.amazonaws.com")),
        ("/module/m", json!({"source": "./m", "role": "${aws_iam_role.r.arn}"})),
        ("/output/role", json!({"value": "${aws_iam_role.r.arn}"})),
    ];
    for (path, value) in changes {
        let mut document = json!({"resource": task()});
        let (parent, name) = path.rsplit_once('/').unwrap();
        let mut at = &mut document;
        for step in parent.trim_start_matches('/').split('/') {
            at = &mut at[step];
        }
        at[name] = value.clone();
        assert_ne!(reasons(&document), [""; 0], "{path}");
        assert_eq!(
            said("IAM081", document["resource"].clone()).0.len(),
            usize::from(!path.starts_with("/resource"))
        );
    }
}

#[test]
fn what_only_orders_or_attaches_is_no_use() {
    let mut resources = task();
    resources["aws_ecs_service"]["s"] = json!({"task_definition": "x", "depends_on": ["aws_iam_role.r"]});
    resources["aws_iam_role_policy_attachment"]["a"] = json!({"role": "${aws_iam_role.r.name}",
        "policy_arn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"});
    assert_eq!(reasons(&json!({"resource": resources})), [""; 0]);
}

#[test]
fn an_image_that_is_known_only_later_may_be_private() {
    let mut resources = task();
    resources["aws_ecs_task_definition"]["t"]["container_definitions"] =
        json!("${jsonencode([{name = \"a\", image = var.image}])}");
    resources["aws_iam_role_policy"]["r"] = inline(
        "r",
        &[
            (&["ecr:BatchGetImage"], &["arn:aws:ecr:us-east-1:1:repository/a"]),
            (&["ecr:GetAuthorizationToken"], &["*"]),
        ],
    );
    assert_eq!(said("IAM080", resources.clone()), (Vec::new(), Vec::new()));
    assert_eq!(said("IAM081", resources), (Vec::new(), Vec::new()));
}

#[test]
fn an_environment_tells_of_what_may_be_used() {
    let document = json!({"resource": {
        "aws_iam_role": {"r": role("r", "lambda.amazonaws.com")},
        "aws_sqs_queue": {"jobs": {"name": "jobs"}},
        "aws_lambda_function": {"f": {"function_name": "f", "role": "${aws_iam_role.r.arn}",
            "environment": {"variables": {"QUEUE": "${aws_sqs_queue.jobs.url}", "MODE": "fast"}}}},
    }});
    let needs = needs_of(&blocks(&[("main.tf.json", document.to_string())]));
    let told: Vec<_> = needs.principals["aws_iam_role.r"]
        .needs
        .iter()
        .filter(|need| need.has("sqs:SendMessage"))
        .map(|need| (need.certainty, need.resource.written()))
        .collect();
    assert_eq!(told, [(policy::need::Certainty::Plausible, "${aws_sqs_queue.jobs.arn}")]);
}

#[test]
fn a_principal_of_another_configuration_has_needs_and_no_judgement() {
    let mut resources = task();
    resources["aws_ecs_task_definition"]["t"]["execution_role_arn"] =
        json!("arn:aws:iam::111122223333:role/shared");
    let needs = needs_of(&blocks(&[("main.tf.json", json!({"resource": resources}).to_string())]));
    assert_eq!(needs.principals["arn:aws:iam::111122223333:role/shared"].needs.len(), 2);
    assert_eq!(said("IAM080", resources), (Vec::new(), Vec::new()));
}

#[test]
fn a_role_that_needs_nothing_needs_none_of_its_grants() {
    let mut resources = task();
    resources["aws_ecs_task_definition"]["t"]["container_definitions"] =
        json!("[{\"name\": \"a\", \"image\": \"nginx\"}]");
    resources["aws_iam_role_policy_attachment"]["a"] = json!({"role": "r",
        "policy_arn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"});
    let expected = "`aws_iam_role.r` may do `sqs:SendMessage`, which nothing that it is used for needs";
    assert_eq!(said("IAM081", resources).0, [expected]);
}

#[test]
fn what_refers_to_itself_ends() {
    let document = json!({"resource": {
        "aws_iam_role": {"r": role("r", "lambda.amazonaws.com")},
        "aws_kms_alias": {"a": {"target_key_id": "${aws_kms_alias.a.arn}"}},
        "aws_secretsmanager_secret": {"s": {"kms_key_id": "${aws_kms_alias.a.arn}"}},
        "aws_iam_instance_profile": {"p": {"name": "p", "role": "p"}},
        "aws_lambda_function": {"f": {"function_name": "f", "role": "${aws_lambda_function.f.arn}"}},
        "aws_lambda_event_source_mapping": {"m": {"function_name": "f", "event_source_arn": "${aws_lambda_alias.l.arn}"}},
        "aws_lambda_alias": {"l": {"name": "l", "function_name": "${aws_lambda_alias.l.arn}"}},
        "aws_ecs_task_definition": {"t": {"execution_role_arn": "${aws_iam_role.r.arn}", "container_definitions":
            "[{\"name\": \"a\", \"secrets\": [{\"name\": \"S\", \"valueFrom\": \"${aws_secretsmanager_secret.s.arn}\"}]}]"}},
    }});
    let needs = needs_of(&blocks(&[("main.tf.json", document.to_string())]));
    assert!(needs.principals["aws_iam_role.r"].needs.iter().any(|need| need.has("kms:Decrypt")));
}

#[test]
fn nothing_at_all_needs_nothing() {
    assert!(needs_of(&blocks(&[("main.tf.json", "{}".to_owned())])).principals.is_empty());
}
