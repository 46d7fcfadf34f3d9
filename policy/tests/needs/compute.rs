//! What instances, Batch, EKS and DMS need, and of which role.

use serde_json::{Value, json};

use crate::configuration::{judged, needed, needs_of, role, set};

fn of_role(mut resources: Value) -> std::collections::BTreeSet<(String, String)> {
    resources["aws_iam_role"]["r"] = json!({"name": "r"});
    needed(resources).remove("aws_iam_role.r").unwrap()
}

/// A job with a container, on Fargate or on instances.
fn job(platform: &str) -> Value {
    let container = json!({
        "image": "${aws_ecr_repository.job.repository_url}:v1",
        "executionRoleArn": "${aws_iam_role.r.arn}",
        "secrets": [{"name": "DB", "valueFrom": "${aws_secretsmanager_secret.db.arn}"}],
    });
    json!({
        "aws_ecr_repository": {"job": {"name": "job"}},
        "aws_secretsmanager_secret": {"db": {"name": "db"}},
        "aws_cloudwatch_log_group": {"jobs": {"name": "/aws/batch/job"}},
        "aws_batch_job_definition": {"j": {
            "platform_capabilities": [platform], "container_properties": container.to_string()}},
    })
}

#[test]
fn batch_on_fargate_pulls_injects_and_logs_with_the_execution_role() {
    let expected = set(&[
        ("ecr:BatchCheckLayerAvailability", "${aws_ecr_repository.job.arn}"),
        ("ecr:BatchGetImage", "${aws_ecr_repository.job.arn}"),
        ("ecr:GetAuthorizationToken", "*"),
        ("ecr:GetDownloadUrlForLayer", "${aws_ecr_repository.job.arn}"),
        ("logs:CreateLogStream", "${aws_cloudwatch_log_group.jobs.arn}:*"),
        ("logs:PutLogEvents", "${aws_cloudwatch_log_group.jobs.arn}:*"),
        ("secretsmanager:GetSecretValue", "${aws_secretsmanager_secret.db.arn}"),
    ]);
    assert_eq!(of_role(job("FARGATE")), expected);
}

#[test]
fn batch_on_instances_only_injects_with_the_execution_role() {
    let expected = set(&[("secretsmanager:GetSecretValue", "${aws_secretsmanager_secret.db.arn}")]);
    assert_eq!(of_role(job("EC2")), expected);
}

#[test]
fn a_cluster_of_eks_describes_its_nodes_and_may_do_more() {
    let document = json!({"resource": {
        "aws_kms_key": {"k": {}},
        "aws_iam_role": {"r": role("r", "eks.amazonaws.com")},
        "aws_eks_cluster": {"c": {"name": "c", "role_arn": "${aws_iam_role.r.arn}",
            "encryption_config": {"resources": ["secrets"], "provider": {"key_arn": "${aws_kms_key.k.arn}"}}}},
    }});
    let needs = needs_of(&crate::configuration::blocks(&[("main.tf.json", document.to_string())]));
    let actions: Vec<&String> =
        needs.principals["aws_iam_role.r"].needs.iter().flat_map(|need| &need.actions).collect();
    assert!(actions.contains(&&"ec2:DescribeInstanceTopology".to_owned()), "{actions:?}");
    assert!(actions.contains(&&"kms:DescribeKey".to_owned()), "{actions:?}");
    assert!(!needs.principals["aws_iam_role.r"].is_wholly_known());
}

#[test]
fn endpoints_of_dms_read_write_and_log_in() {
    let endpoint = |direction: &str| {
        of_role(json!({
            "aws_s3_bucket": {"b": {"bucket": "b"}},
            "aws_dms_s3_endpoint": {"e": {"endpoint_type": direction, "bucket_name": "${aws_s3_bucket.b.bucket}",
                "service_access_role_arn": "${aws_iam_role.r.arn}"}},
        }))
    };
    let listed = ("s3:ListBucket", "${aws_s3_bucket.b.arn}");
    let objects = "${aws_s3_bucket.b.arn}/*";
    assert_eq!(endpoint("source"), set(&[listed, ("s3:GetObject", objects)]));
    let written = [("s3:DeleteObject", objects), ("s3:PutObject", objects), ("s3:PutObjectTagging", objects)];
    assert_eq!(endpoint("target"), set(&[written.as_slice(), &[listed]].concat()));
    assert_eq!(endpoint("${var.direction}"), set(&[listed]));
    let found = of_role(json!({
        "aws_secretsmanager_secret": {"db": {"name": "db"}},
        "aws_kinesis_stream": {"s": {"name": "s"}},
        "aws_dms_endpoint": {"e": {
            "secrets_manager_access_role_arn": "${aws_iam_role.r.arn}", "secrets_manager_arn": "${aws_secretsmanager_secret.db.arn}",
            "kinesis_settings": {"service_access_role_arn": "${aws_iam_role.r.arn}", "stream_arn": "${aws_kinesis_stream.s.arn}"}}},
    }));
    let stream = "${aws_kinesis_stream.s.arn}";
    let expected = set(&[
        ("kinesis:DescribeStream", stream),
        ("kinesis:PutRecord", stream),
        ("kinesis:PutRecords", stream),
        ("secretsmanager:GetSecretValue", "${aws_secretsmanager_secret.db.arn}"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn what_runs_on_an_instance_is_judged_once_it_is_declared() {
    let document = json!({"resource": {
        "aws_sqs_queue": {"jobs": {"name": "jobs"}},
        "aws_iam_role": {"r": role("r", "ec2.amazonaws.com")},
        "aws_iam_role_policy": {"r": crate::configuration::inline("r", &[(&["sqs:PurgeQueue"], &["${aws_sqs_queue.jobs.arn}"])])},
        "aws_iam_instance_profile": {"r": {"role": "${aws_iam_role.r.name}"}},
        "aws_instance": {"i": {"iam_instance_profile": "${aws_iam_instance_profile.r.name}"}},
    }});
    let mut files = vec![("main.tf.json", document.to_string())];
    assert_eq!(judged("IAM081", &files).0, [""; 0]);
    files.push(("policy.needs.json", json!({"principals": {"aws_iam_role.r": []}}).to_string()));
    assert_eq!(judged("IAM081", &files).0.len(), 1);
}
