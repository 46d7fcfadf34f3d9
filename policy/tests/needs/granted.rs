//! Needs held against what is granted.

use serde_json::{Value, json};

use crate::configuration::{inline, judged, places, role, said};

/// A task of ECS that reads one secret and writes logs, with these policies of its execution role.
fn task(policies: Value) -> Value {
    let containers = json!([{"name": "api", "image": "nginx",
        "secrets": [{"name": "DB", "valueFrom": "${aws_secretsmanager_secret.db.arn}"}],
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/api"}}}]);
    let mut resources = json!({
        "aws_secretsmanager_secret": {"db": {"name": "prod/db"}},
        "aws_cloudwatch_log_group": {"api": {"name": "/ecs/api"}},
        "aws_iam_role": {"execution": role("execution", "ecs-tasks.amazonaws.com")},
        "aws_ecs_task_definition": {"api": {"execution_role_arn": "${aws_iam_role.execution.arn}",
            "container_definitions": containers.to_string()}},
    });
    for (kind, blocks) in policies.as_object().unwrap() {
        for (name, block) in blocks.as_object().unwrap() {
            resources[kind][name] = block.clone();
        }
    }
    resources
}

const LOGS: &[&str] = &["logs:CreateLogStream", "logs:PutLogEvents"];
const GROUP: &str = "${aws_cloudwatch_log_group.api.arn}:*";
const READ: &[&str] = &["secretsmanager:GetSecretValue"];
const SECRET: &str = "${aws_secretsmanager_secret.db.arn}";

fn with(grants: &[(&[&str], &[&str])]) -> Value {
    task(json!({"aws_iam_role_policy": {"p": inline("execution", grants)}}))
}

const NOTHING: (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());

#[test]
fn what_is_missing_is_said_with_the_way_to_it() {
    let (found, _) = said("IAM080", with(&[(LOGS, &[GROUP])]));
    let expected = "`aws_iam_role.execution` may not `secretsmanager:GetSecretValue`: `aws_ecs_task_definition.api`, \
                    container `api`, fills `DB` with `aws_secretsmanager_secret.db`";
    assert_eq!(found, [expected]);
}

#[test]
fn every_spelling_of_a_resource_is_it() {
    for secret in [
        SECRET,
        "${aws_secretsmanager_secret.db.id}",
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-??????",
        "arn:aws:secretsmanager:us-east-1:${data.aws_caller_identity.current.account_id}:secret:prod/db-*",
        "arn:${data.aws_partition.p.partition}:secretsmanager:${var.region}:${var.account}:secret:${aws_secretsmanager_secret.db.name}*",
    ] {
        for group in [GROUP, "arn:aws:logs:*:111122223333:log-group:/ecs/api:*"] {
            let resources = with(&[(LOGS, &[group]), (READ, &[secret])]);
            assert_eq!(said("IAM080", resources.clone()), NOTHING, "{secret} {group}");
            assert_eq!(said("IAM081", resources), NOTHING, "{secret} {group}");
        }
    }
}

#[test]
fn another_secret_is_neither_needed_nor_enough() {
    for secret in [
        "${aws_secretsmanager_secret.other.arn}",
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/other-??????",
    ] {
        let resources = with(&[(LOGS, &[GROUP]), (READ, &[secret])]);
        assert_eq!(said("IAM080", resources.clone()).0.len(), 1, "{secret}");
        assert_eq!(said("IAM081", resources).0.len(), 1, "{secret}");
    }
}

#[test]
fn a_path_is_more_than_what_is_in_it() {
    let resources = with(&[
        (LOGS, &["arn:aws:logs:us-east-1:111122223333:log-group:*"]),
        (READ, &["arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/*"]),
    ]);
    assert_eq!(said("IAM080", resources.clone()), NOTHING);
    assert_eq!(said("IAM081", resources).0.len(), 2);
}

#[test]
fn managed_policies_count() {
    let attached = |arn: &str| {
        json!({
            "aws_iam_role_policy_attachment": {"a": {"role": "execution", "policy_arn": arn}},
            "aws_iam_role_policy": {"p": inline("execution", &[(READ, &[SECRET])])},
        })
    };
    let own = task(attached("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"));
    assert_eq!(said("IAM080", own.clone()), NOTHING);
    assert_eq!(said("IAM081", own), NOTHING);
    let foreign = task(attached("arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"));
    assert_eq!(said("IAM080", foreign.clone()).0.len(), 1);
    assert_eq!(
        said("IAM081", foreign).0,
        ["nothing that `aws_iam_role.execution` is used for needs any of `AmazonSQSReadOnlyAccess`"]
    );
}

#[test]
fn a_declared_policy_counts_where_it_is_attached() {
    let grants: &[(&[&str], &[&str])] =
        &[(LOGS, &[GROUP]), (READ, &[SECRET]), (&["sqs:SendMessage"], &["*"])];
    let policy = inline("execution", grants)["policy"].clone();
    let resources = task(json!({
        "aws_iam_policy": {"p": {"name": "p", "policy": policy}},
        "aws_iam_role_policy_attachment": {"a": {
            "role": "${aws_iam_role.execution.name}", "policy_arn": "${aws_iam_policy.p.arn}"}},
    }));
    assert_eq!(said("IAM080", resources.clone()), NOTHING);
    assert_eq!(said("IAM081", resources).0.len(), 1);
}

#[test]
fn a_boundary_takes_away() {
    let mut resources = with(&[(LOGS, &[GROUP]), (READ, &[SECRET])]);
    let limit = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]});
    resources["aws_iam_policy"]["limit"] = json!({"name": "limit", "policy": limit.to_string()});
    resources["aws_iam_role"]["execution"]["permissions_boundary"] = json!("${aws_iam_policy.limit.arn}");
    assert_eq!(said("IAM080", resources).0.len(), 1);
}

#[test]
fn a_denial_of_the_resource_takes_away() {
    let mut resources = with(&[(LOGS, &[GROUP]), (READ, &[SECRET])]);
    let denial = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
        "Action": "secretsmanager:GetSecretValue", "Resource": "*"}]});
    resources["aws_secretsmanager_secret_policy"]["p"] =
        json!({"secret_arn": SECRET, "policy": denial.to_string()});
    assert_eq!(said("IAM080", resources).0.len(), 1);
}

#[test]
fn a_key_whose_policy_hands_control_to_the_account_leaves_it_to_the_role() {
    let mut resources =
        with(&[(LOGS, &[GROUP]), (READ, &[SECRET]), (&["kms:Decrypt"], &["${aws_kms_key.k.arn}"])]);
    let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*",
        "Principal": {"AWS": "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"}}]});
    resources["aws_kms_key"]["k"] = json!({"policy": policy.to_string()});
    resources["aws_secretsmanager_secret"]["db"]["kms_key_id"] = json!("${aws_kms_key.k.arn}");
    assert_eq!(said("IAM080", resources.clone()), NOTHING);
    assert_eq!(said("IAM081", resources.clone()), NOTHING);
    resources["aws_iam_role_policy"]["p"] = inline("execution", &[(LOGS, &[GROUP]), (READ, &[SECRET])]);
    assert_eq!(said("IAM080", resources).0.len(), 1);
}

#[test]
fn a_role_without_any_policy_here_is_undecided() {
    let (found, undecided) = said("IAM080", task(json!({})));
    assert_eq!(found, [""; 0]);
    assert!(!undecided.is_empty() && undecided.iter().all(|why| why.contains("has no policies here")));
}

#[test]
fn a_policy_that_is_known_only_later_decides_nothing() {
    let mut resources = with(&[(LOGS, &[GROUP])]);
    resources["aws_iam_role_policy"]["later"] = json!({"role": "execution", "policy": "${var.policy}"});
    assert_eq!(said("IAM080", resources).0, [""; 0]);
}

#[test]
fn what_is_unread_of_others_leaves_no_doubt() {
    let mut resources = with(&[(LOGS, &[GROUP])]);
    resources["aws_iam_role"]["other"] = json!({"assume_role_policy": "${var.trust}"});
    resources["aws_iam_role_policy"]["other"] = json!({"role": "other", "policy": "${var.policy}"});
    resources["aws_s3_bucket_policy"]["b"] =
        json!({"bucket": "${aws_s3_bucket.b.id}", "policy": "${var.policy}"});
    assert_eq!(said("IAM080", resources.clone()).0.len(), 1);
    resources["aws_secretsmanager_secret_policy"]["p"] =
        json!({"secret_arn": SECRET, "policy": "${var.policy}"});
    assert_eq!(said("IAM080", resources).0, [""; 0]);
}

#[test]
fn only_what_is_injected_has_a_folder() {
    let function = |logs: &str| {
        json!({
            "aws_cloudwatch_log_group": {"f": {"name": "/aws/lambda/f"}},
            "aws_iam_role": {"r": role("r", "lambda.amazonaws.com")},
            "aws_iam_role_policy": {"r": inline("r", &[(LOGS, &[logs])])},
            "aws_lambda_function": {"f": {"function_name": "f", "role": "${aws_iam_role.r.arn}"}},
        })
    };
    for logs in ["arn:aws:logs:*:*:*", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/*"] {
        assert_eq!(said("IAM082", function(logs)), NOTHING);
        assert_eq!(said("IAM080", function(logs)), NOTHING);
    }
}

#[test]
fn whole_services_and_every_resource_are_other_rules() {
    let resources = with(&[(&["logs:*"], &["*"]), (READ, &["*"])]);
    assert_eq!(said("IAM081", resources), NOTHING);
}

#[test]
fn what_is_written_elsewhere_is_missing_where_the_principal_is_named() {
    let containers = "${jsonencode([{name = \"api\", image = \"nginx\", logConfiguration = {\
        logDriver = \"awslogs\", options = {\"awslogs-group\" = aws_cloudwatch_log_group.api.name}}}])}";
    let mut resources = with(&[(READ, &[SECRET])]);
    resources["aws_ecs_task_definition"]["api"]["container_definitions"] = json!(containers);
    let document = json!({"resource": resources}).to_string();
    assert_eq!(places("IAM080", &document), ["aws_iam_role.execution.arn"]);
}

#[test]
fn instances_are_told_apart() {
    let resources = |needed: &str, granted: &str| {
        let mut resources = with(&[(LOGS, &[GROUP]), (READ, &[granted])]);
        let containers = json!([{"name": "api", "image": "nginx", "secrets": [{"name": "DB", "valueFrom": needed}],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/api"}}}]);
        resources["aws_ecs_task_definition"]["api"]["container_definitions"] = json!(containers.to_string());
        resources["aws_secretsmanager_secret"]["db"] = json!({"count": 2, "name": "${count.index}/db"});
        resources
    };
    let (a, b) = ("${aws_secretsmanager_secret.db[0].arn}", "${aws_secretsmanager_secret.db[1].arn}");
    let every = "${aws_secretsmanager_secret.db[*].arn}";
    for (needed, granted, missing) in [(a, a, 0), (a, every, 0), (a, b, 1), (b, a, 1)] {
        let (found, undecided) = said("IAM080", resources(needed, granted));
        assert_eq!((found.len(), undecided), (missing, Vec::new()), "{needed} {granted}");
    }
    let (found, _) = said("IAM081", resources(a, b));
    assert_eq!(found.len(), 1);
}

#[test]
fn an_output_does_not_hide_what_is_missing() {
    let mut document = json!({"resource": with(&[(LOGS, &[GROUP])])});
    document["output"] = json!({"role": {"value": "${aws_iam_role.execution.arn}"}});
    let files = [("main.tf.json", document.to_string())];
    assert_eq!(judged("IAM080", &files).0.len(), 1);
    assert_eq!(judged("IAM081", &files).0, [""; 0]);
}
