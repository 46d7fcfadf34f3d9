//! What each kind of consumer needs, and of which role.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::configuration::{needed, set};

/// What one role needs, of resources with a role `r` in them.
fn of_role(mut resources: Value) -> BTreeSet<(String, String)> {
    resources["aws_iam_role"]["r"] = json!({"name": "r"});
    needed(resources).remove("aws_iam_role.r").unwrap()
}

#[test]
fn ecs_starts_tasks_with_the_execution_role() {
    let containers = json!([{
        "name": "api",
        "image": "${aws_ecr_repository.api.repository_url}:v1",
        "secrets": [
            {"name": "DB", "valueFrom": "${aws_secretsmanager_secret.db.arn}:url::"},
            {"name": "KEY", "valueFrom": "/api/key"},
        ],
        "repositoryCredentials": {"credentialsParameter": "${aws_secretsmanager_secret.login.arn}"},
        "environmentFiles": [{"type": "s3", "value": "${aws_s3_bucket.files.arn}/api.env"}],
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "${aws_cloudwatch_log_group.api.name}"}},
    }]);
    let found = of_role(json!({
        "aws_ecr_repository": {"api": {"name": "api"}},
        "aws_secretsmanager_secret": {"db": {"name": "db"}, "login": {"name": "login"}},
        "aws_ssm_parameter": {"key": {"name": "/api/key"}},
        "aws_s3_bucket": {"files": {"bucket": "files"}},
        "aws_cloudwatch_log_group": {"api": {"name": "/ecs/api"}},
        "aws_ecs_task_definition": {"api": {
            "execution_role_arn": "${aws_iam_role.r.arn}", "container_definitions": containers.to_string()}},
    }));
    let expected = set(&[
        ("ecr:BatchCheckLayerAvailability", "${aws_ecr_repository.api.arn}"),
        ("ecr:BatchGetImage", "${aws_ecr_repository.api.arn}"),
        ("ecr:GetAuthorizationToken", "*"),
        ("ecr:GetDownloadUrlForLayer", "${aws_ecr_repository.api.arn}"),
        ("logs:CreateLogStream", "${aws_cloudwatch_log_group.api.arn}:*"),
        ("logs:PutLogEvents", "${aws_cloudwatch_log_group.api.arn}:*"),
        ("s3:GetBucketLocation", "${aws_s3_bucket.files.arn}"),
        ("s3:GetObject", "${aws_s3_bucket.files.arn}/api.env"),
        ("secretsmanager:GetSecretValue", "${aws_secretsmanager_secret.db.arn}"),
        ("secretsmanager:GetSecretValue", "${aws_secretsmanager_secret.login.arn}"),
        ("ssm:GetParameters", "${aws_ssm_parameter.key.arn}"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn a_secret_of_a_customers_key_needs_the_key() {
    let containers = json!([{"name": "a", "image": "nginx", "secrets": [
        {"name": "DB", "valueFrom": "${aws_secretsmanager_secret.db.arn}"},
        {"name": "KEY", "valueFrom": "${aws_ssm_parameter.key.arn}"}]}]);
    let found = of_role(json!({
        "aws_kms_key": {"own": {}},
        "aws_secretsmanager_secret": {"db": {"kms_key_id": "${aws_kms_key.own.id}"}},
        "aws_ssm_parameter": {"key": {"name": "key", "key_id": "alias/aws/ssm"}},
        "aws_ecs_task_definition": {"a": {
            "execution_role_arn": "${aws_iam_role.r.arn}", "container_definitions": containers.to_string()}},
    }));
    let expected = set(&[
        ("kms:Decrypt", "${aws_kms_key.own.arn}"),
        ("secretsmanager:GetSecretValue", "${aws_secretsmanager_secret.db.arn}"),
        ("ssm:GetParameters", "${aws_ssm_parameter.key.arn}"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn a_service_that_offers_a_shell_needs_channels_of_the_task_role() {
    let found = of_role(json!({
        "aws_ecs_task_definition": {"a": {"task_role_arn": "${aws_iam_role.r.arn}",
            "container_definitions": "[{\"name\": \"a\", \"image\": \"nginx\"}]"}},
        "aws_ecs_service": {"a": {"task_definition": "${aws_ecs_task_definition.a.arn}", "enable_execute_command": true}},
    }));
    let expected = set(&[
        ("ssmmessages:CreateControlChannel", "*"),
        ("ssmmessages:CreateDataChannel", "*"),
        ("ssmmessages:OpenControlChannel", "*"),
        ("ssmmessages:OpenDataChannel", "*"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn app_runner_pulls_with_the_access_role_and_injects_with_the_instance_role() {
    let mut found = needed(json!({
        "aws_iam_role": {"access": {}, "instance": {}},
        "aws_ssm_parameter": {"url": {"name": "/a/url"}},
        "aws_apprunner_service": {"a": {
            "instance_configuration": {"instance_role_arn": "${aws_iam_role.instance.arn}"},
            "source_configuration": {
                "authentication_configuration": {"access_role_arn": "${aws_iam_role.access.arn}"},
                "image_repository": {
                    "image_identifier": "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/api:v1",
                    "image_configuration": {"runtime_environment_secrets": {"URL": "${aws_ssm_parameter.url.arn}"}}}}}},
    }));
    let repository = "arn:aws:ecr:us-east-1:111122223333:repository/team/api";
    assert_eq!(
        found.remove("aws_iam_role.access").unwrap(),
        set(&[
            ("ecr:BatchCheckLayerAvailability", repository),
            ("ecr:BatchGetImage", repository),
            ("ecr:DescribeImages", repository),
            ("ecr:GetAuthorizationToken", "*"),
            ("ecr:GetDownloadUrlForLayer", repository),
        ])
    );
    assert_eq!(
        found.remove("aws_iam_role.instance").unwrap(),
        set(&[("ssm:GetParameters", "${aws_ssm_parameter.url.arn}")])
    );
}

#[test]
fn lambda_reads_its_sources_and_enters_its_network() {
    let found = of_role(json!({
        "aws_sqs_queue": {"jobs": {"name": "jobs"}, "dead": {"name": "dead"}},
        "aws_dynamodb_table": {"orders": {"name": "orders", "stream_enabled": true}},
        "aws_lambda_function": {"f": {"function_name": "f", "role": "${aws_iam_role.r.arn}",
            "dead_letter_config": {"target_arn": "${aws_sqs_queue.dead.arn}"},
            "vpc_config": {"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]}}},
        "aws_lambda_event_source_mapping": {
            "jobs": {"function_name": "${aws_lambda_function.f.arn}", "event_source_arn": "${aws_sqs_queue.jobs.arn}"},
            "orders": {"function_name": "f", "event_source_arn": "${aws_dynamodb_table.orders.stream_arn}"}},
        "aws_cloudwatch_log_group": {"f": {"name": "/aws/lambda/f"}},
    }));
    let expected = set(&[
        ("dynamodb:DescribeStream", "${aws_dynamodb_table.orders.stream_arn}"),
        ("dynamodb:GetRecords", "${aws_dynamodb_table.orders.stream_arn}"),
        ("dynamodb:GetShardIterator", "${aws_dynamodb_table.orders.stream_arn}"),
        ("ec2:CreateNetworkInterface", "*"),
        ("ec2:DeleteNetworkInterface", "*"),
        ("ec2:DescribeNetworkInterfaces", "*"),
        ("logs:CreateLogStream", "${aws_cloudwatch_log_group.f.arn}:*"),
        ("logs:PutLogEvents", "${aws_cloudwatch_log_group.f.arn}:*"),
        ("sqs:DeleteMessage", "${aws_sqs_queue.jobs.arn}"),
        ("sqs:GetQueueAttributes", "${aws_sqs_queue.jobs.arn}"),
        ("sqs:ReceiveMessage", "${aws_sqs_queue.jobs.arn}"),
        ("sqs:SendMessage", "${aws_sqs_queue.dead.arn}"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn a_schedule_that_runs_a_task_hands_on_its_roles() {
    let found = of_role(json!({
        "aws_iam_role": {"execution": {}, "task": {}},
        "aws_ecs_task_definition": {"nightly": {"family": "nightly", "container_definitions": "[]",
            "execution_role_arn": "${aws_iam_role.execution.arn}", "task_role_arn": "${aws_iam_role.task.arn}"}},
        "aws_scheduler_schedule": {"nightly": {"target": {
            "arn": "${aws_ecs_cluster.main.arn}", "role_arn": "${aws_iam_role.r.arn}",
            "ecs_parameters": {"task_definition_arn": "${aws_ecs_task_definition.nightly.arn}"}}}},
        "aws_ecs_cluster": {"main": {"name": "main"}},
    }));
    let expected = set(&[
        ("ecs:RunTask", "${aws_ecs_task_definition.nightly.arn}"),
        ("iam:PassRole", "${aws_iam_role.execution.arn}"),
        ("iam:PassRole", "${aws_iam_role.task.arn}"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn a_rule_needs_a_role_for_what_has_no_policy_of_its_own() {
    let found = of_role(json!({
        "aws_sfn_state_machine": {"m": {"name": "m"}},
        "aws_lambda_function": {"f": {"function_name": "f"}},
        "aws_cloudwatch_event_target": {
            "m": {"arn": "${aws_sfn_state_machine.m.arn}", "role_arn": "${aws_iam_role.r.arn}"},
            "f": {"arn": "${aws_lambda_function.f.arn}", "role_arn": "${aws_iam_role.r.arn}"}},
    }));
    assert_eq!(found, set(&[("states:StartExecution", "${aws_sfn_state_machine.m.arn}")]));
}

#[test]
fn a_state_machine_does_what_its_states_say_however_deep() {
    let definition = json!({"StartAt": "All", "States": {
        "All": {"Type": "Parallel", "Branches": [
            {"StartAt": "Send", "States": {"Send": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                "Parameters": {"QueueUrl": "${aws_sqs_queue.jobs.url}"}}}},
            {"StartAt": "Each", "States": {"Each": {"Type": "Map", "ItemProcessor": {"StartAt": "Call", "States": {
                "Call": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                    "Arguments": {"FunctionName": "${aws_lambda_function.f.arn}"}}}}}}}]},
        "Old": {"Type": "Task", "Resource": "${aws_lambda_function.f.arn}"},
        "Keep": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem",
            "Parameters": {"TableName": "orders"}},
        "Done": {"Type": "Succeed"}}});
    let found = of_role(json!({
        "aws_sqs_queue": {"jobs": {"name": "jobs"}},
        "aws_dynamodb_table": {"orders": {"name": "orders"}},
        "aws_lambda_function": {"f": {"function_name": "f"}},
        "aws_sfn_state_machine": {"m": {"role_arn": "${aws_iam_role.r.arn}", "definition": definition.to_string()}},
    }));
    let expected = set(&[
        ("dynamodb:PutItem", "${aws_dynamodb_table.orders.arn}"),
        ("lambda:InvokeFunction", "${aws_lambda_function.f.arn}"),
        ("sqs:SendMessage", "${aws_sqs_queue.jobs.arn}"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn deliveries_need_their_destination() {
    let found = of_role(json!({
        "aws_s3_bucket": {"lake": {"bucket": "lake"}},
        "aws_kinesis_stream": {"in": {"name": "in"}},
        "aws_cloudwatch_log_group": {"flows": {"name": "flows"}},
        "aws_lambda_function": {"f": {"function_name": "f"}},
        "aws_kinesis_firehose_delivery_stream": {"d": {"name": "d", "destination": "extended_s3",
            "kinesis_source_configuration": {
                "kinesis_stream_arn": "${aws_kinesis_stream.in.arn}", "role_arn": "${aws_iam_role.r.arn}"},
            "extended_s3_configuration": {
                "bucket_arn": "${aws_s3_bucket.lake.arn}", "role_arn": "${aws_iam_role.r.arn}",
                "processing_configuration": {"enabled": true, "processors": {"type": "Lambda", "parameters": {
                    "parameter_name": "LambdaArn", "parameter_value": "${aws_lambda_function.f.arn}:$LATEST"}}}}}},
        "aws_flow_log": {"v": {"iam_role_arn": "${aws_iam_role.r.arn}",
            "log_destination": "${aws_cloudwatch_log_group.flows.arn}"}},
        "aws_cloudwatch_log_subscription_filter": {"s": {"role_arn": "${aws_iam_role.r.arn}",
            "destination_arn": "${aws_kinesis_stream.in.arn}"}},
    }));
    let services: BTreeSet<&str> =
        found.iter().map(|(action, _)| action.split(':').next().unwrap()).collect();
    assert_eq!(services, BTreeSet::from(["kinesis", "lambda", "logs", "s3"]));
    assert!(found.is_superset(&set(&[
        ("kinesis:GetRecords", "${aws_kinesis_stream.in.arn}"),
        ("kinesis:PutRecord", "${aws_kinesis_stream.in.arn}"),
        ("lambda:InvokeFunction", "${aws_lambda_function.f.arn}:*"),
        ("logs:PutLogEvents", "${aws_cloudwatch_log_group.flows.arn}:*"),
        ("s3:PutObject", "${aws_s3_bucket.lake.arn}/*"),
    ])));
}

#[test]
fn a_build_reads_what_its_environment_names() {
    let found = of_role(json!({
        "aws_secretsmanager_secret": {"token": {"name": "ci/token"}},
        "aws_ssm_parameter": {"url": {"name": "/ci/url"}},
        "aws_codebuild_project": {"p": {"service_role": "${aws_iam_role.r.arn}", "environment": {
            "environment_variable": [
                {"name": "TOKEN", "type": "SECRETS_MANAGER", "value": "ci/token:value"},
                {"name": "URL", "type": "PARAMETER_STORE", "value": "/ci/url"},
                {"name": "PLAIN", "value": "1"}]}}},
    }));
    let expected = set(&[
        ("secretsmanager:GetSecretValue", "${aws_secretsmanager_secret.token.arn}"),
        ("ssm:GetParameters", "${aws_ssm_parameter.url.arn}"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn replication_reads_here_and_writes_there() {
    let found = of_role(json!({
        "aws_s3_bucket": {"a": {"bucket": "a"}, "b": {"bucket": "b"}},
        "aws_s3_bucket_replication_configuration": {"a": {"role": "${aws_iam_role.r.arn}",
            "bucket": "${aws_s3_bucket.a.id}",
            "rule": [{"destination": {"bucket": "${aws_s3_bucket.b.arn}"}}]}},
    }));
    assert!(found.contains(&("s3:ReplicateObject".to_owned(), "${aws_s3_bucket.b.arn}/*".to_owned())));
    assert!(found.contains(&("s3:ListBucket".to_owned(), "${aws_s3_bucket.a.arn}".to_owned())));
    assert_eq!(found.len(), 8);
}
