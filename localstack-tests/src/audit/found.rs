//! What an account without holdings cannot have.

/// Types of resources that the audit finds, and those that cannot outlive one of these.
const FOUND: &[&str] = &[
    "aws_acm_certificate",
    "aws_acm_certificate_validation",
    "aws_apprunner_auto_scaling_configuration_version",
    "aws_apprunner_connection",
    "aws_apprunner_custom_domain_association",
    "aws_apprunner_deployment",
    "aws_apprunner_service",
    "aws_apprunner_vpc_connector",
    "aws_autoscaling_group",
    "aws_autoscaling_lifecycle_hook",
    "aws_autoscaling_policy",
    "aws_autoscaling_schedule",
    "aws_cloudfront_distribution",
    "aws_cloudfront_origin_access_control",
    "aws_cloudwatch_log_group",
    "aws_cloudwatch_log_stream",
    "aws_cloudwatch_metric_alarm",
    "aws_db_instance",
    "aws_db_subnet_group",
    "aws_dynamodb_table",
    "aws_ecr_lifecycle_policy",
    "aws_ecr_repository",
    "aws_ecr_repository_policy",
    "aws_ecs_cluster",
    "aws_ecs_cluster_capacity_providers",
    "aws_ecs_service",
    "aws_efs_access_point",
    "aws_efs_backup_policy",
    "aws_efs_file_system",
    "aws_efs_mount_target",
    "aws_eip",
    "aws_elasticache_cluster",
    "aws_elasticache_subnet_group",
    "aws_iam_group",
    "aws_iam_instance_profile",
    "aws_iam_openid_connect_provider",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policies_exclusive",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_iam_user",
    "aws_iam_user_group_membership",
    "aws_iam_user_policy",
    "aws_instance",
    "aws_launch_template",
    "aws_lb",
    "aws_lb_listener",
    "aws_lb_listener_rule",
    "aws_lb_target_group",
    "aws_route53_record",
    "aws_route53_zone",
    "aws_route_table",
    "aws_route_table_association",
    "aws_s3_bucket",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_logging",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
    "aws_s3_object",
    "aws_secretsmanager_secret",
    "aws_secretsmanager_secret_policy",
    "aws_secretsmanager_secret_rotation",
    "aws_secretsmanager_secret_version",
    "aws_security_group",
    "aws_security_group_rule",
    "aws_service_discovery_private_dns_namespace",
    "aws_sns_topic",
    "aws_sns_topic_subscription",
    "aws_ssm_parameter",
    "aws_subnet",
    "aws_vpc",
    "aws_vpc_security_group_egress_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_wafv2_ip_set",
    "aws_wafv2_web_acl",
    "aws_wafv2_web_acl_association",
];

/// Whether an account without holdings has no resource of this type: of others the audit knows nothing.
pub fn finds(resource_type: &str) -> bool {
    !resource_type.starts_with("aws_") || FOUND.contains(&resource_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_audit_cannot_find_is_known() {
        for (resource_type, expected) in
            [("aws_iam_role", true), ("terraform_data", true), ("aws_kms_key", false), ("aws_iam_rol", false)]
        {
            assert_eq!(finds(resource_type), expected, "{resource_type}");
        }
    }
}
