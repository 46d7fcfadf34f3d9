//! Which resource of Terraform is which of AWS's resource types, and how its ARNs are written.

/// A Terraform type, the service and resource type of the Service Authorization Reference that it makes, and what
/// stands before and after the ARN's attribute (documentation of hashicorp/aws 5.100.0, "Attribute Reference").
pub(super) const MADE: &[Made] = &[
    made("aws_apprunner_service", "apprunner", "service", "arn", ""),
    made("aws_batch_job_definition", "batch", "job-definition", "arn", ""),
    made("aws_batch_job_queue", "batch", "job-queue", "arn", ""),
    made("aws_cloudfront_distribution", "cloudfront", "distribution", "arn", ""),
    made("aws_cloudwatch_event_bus", "events", "event-bus", "arn", ""),
    made("aws_cloudwatch_log_group", "logs", "log-group", "arn", ":*"),
    made("aws_cloudwatch_log_group", "logs", "log-stream", "arn", ":*"),
    made("aws_codebuild_project", "codebuild", "project", "arn", ""),
    made("aws_codepipeline", "codepipeline", "pipeline", "arn", ""),
    made("aws_cognito_user_pool", "cognito-idp", "userpool", "arn", ""),
    made("aws_db_instance", "rds", "db", "arn", ""),
    made("aws_dynamodb_table", "dynamodb", "index", "arn", "/index/*"),
    made("aws_dynamodb_table", "dynamodb", "stream", "stream_arn", ""),
    made("aws_dynamodb_table", "dynamodb", "table", "arn", ""),
    made("aws_ecr_repository", "ecr", "repository", "arn", ""),
    made("aws_ecs_cluster", "ecs", "cluster", "arn", ""),
    made("aws_ecs_service", "ecs", "service", "id", ""),
    made("aws_ecs_task_definition", "ecs", "task-definition", "arn", ""),
    made("aws_efs_access_point", "elasticfilesystem", "access-point", "arn", ""),
    made("aws_efs_file_system", "elasticfilesystem", "file-system", "arn", ""),
    made("aws_eks_cluster", "eks", "cluster", "arn", ""),
    made("aws_iam_group", "iam", "group", "arn", ""),
    made("aws_iam_policy", "iam", "policy", "arn", ""),
    made("aws_iam_role", "iam", "role", "arn", ""),
    made("aws_iam_role", "sts", "role", "arn", ""),
    made("aws_iam_user", "iam", "user", "arn", ""),
    made("aws_instance", "ec2", "instance", "arn", ""),
    made("aws_kinesis_firehose_delivery_stream", "firehose", "deliverystream", "arn", ""),
    made("aws_kinesis_stream", "kinesis", "stream", "arn", ""),
    made("aws_kms_key", "kms", "key", "arn", ""),
    made("aws_lambda_function", "lambda", "function", "arn", ""),
    made("aws_rds_cluster", "rds", "cluster", "arn", ""),
    made("aws_route53_zone", "route53", "hostedzone", "arn", ""),
    made("aws_s3_bucket", "s3", "bucket", "arn", ""),
    made("aws_s3_bucket", "s3", "object", "arn", "/*"),
    made("aws_secretsmanager_secret", "secretsmanager", "Secret", "arn", ""),
    made("aws_security_group", "ec2", "security-group", "arn", ""),
    made("aws_sfn_state_machine", "states", "statemachine", "arn", ""),
    made("aws_sns_topic", "sns", "topic", "arn", ""),
    made("aws_sqs_queue", "sqs", "queue", "arn", ""),
    made("aws_ssm_parameter", "ssm", "parameter", "arn", ""),
];

/// One row.
pub(super) struct Made {
    /// The Terraform type.
    pub(super) terraform: &'static str,
    /// The prefix of the service's actions.
    pub(super) service: &'static str,
    /// The resource type.
    pub(super) resource_type: &'static str,
    /// The attribute with the ARN.
    pub(super) attribute: &'static str,
    /// What follows it.
    pub(super) suffix: &'static str,
}

const fn made(
    terraform: &'static str,
    service: &'static str,
    resource_type: &'static str,
    attribute: &'static str,
    suffix: &'static str,
) -> Made {
    Made { terraform, service, resource_type, attribute, suffix }
}
