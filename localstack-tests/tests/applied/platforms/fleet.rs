//! Instances that scale behind a firewall, with their files, their cache, and a database whose password RDS keeps.

use localstack_tests::Failure;
use localstack_tests::emulator::Emulator;
use serde_json::json;

use super::{password_is_in_no_file, round};

pub(crate) fn prove(emulator: &dyn Emulator) -> Result<(), Failure> {
    let needs = ["autoscaling", "efs", "elasticache", "elbv2", "rds", "wafv2"];
    let held = [
        "Auto Scaling group",
        "IP set",
        "VPC",
        "cache cluster",
        "cache subnet group",
        "database",
        "database subnet group",
        "file system",
        "instance profile",
        "instances",
        "launch template",
        "load balancer",
        "role",
        "secret",
        "security group",
        "target group",
        "web ACL",
    ];
    round(emulator, "fleet", &needs, &held, |deployment, state| {
        let aws = deployment.client("us-east-1");
        let group = &aws.call("autoscaling", "DescribeAutoScalingGroups", json!({}))?["AutoScalingGroups"][0];
        assert_eq!(group["Instances"].as_array().map(Vec::len), Some(2));
        assert_eq!(group["HealthCheckGracePeriod"], "120");
        let policy = &aws.call("autoscaling", "DescribePolicies", json!({}))?["ScalingPolicies"][0];
        assert_eq!(policy["TargetTrackingConfiguration"]["TargetValue"], "60.0");
        let name = json!({ "LaunchTemplateName": "fleet" });
        let versions = aws.call("ec2", "DescribeLaunchTemplateVersions", name)?;
        let template = &versions["launchTemplateVersionSet"][0]["launchTemplateData"];
        assert_eq!(template["metadataOptions"]["httpTokens"], "required");
        assert_eq!(template["blockDeviceMappingSet"][0]["ebs"]["encrypted"], "true");

        let balancer = state.resource("aws_lb.main").map(|balancer| &balancer["arn"]);
        let firewall = aws.call("wafv2", "GetWebACLForResource", json!({ "ResourceArn": balancer }))?;
        // The provider sends a set, whose order depends on the ids that its rules name.
        let rules = firewall["WebACL"]["Rules"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut limits = rules.iter().map(|rule| &rule["Statement"]["RateBasedStatement"]["Limit"]);
        assert!(limits.any(|limit| limit == 2000), "rules of the firewall: {rules:?}");
        let system = &aws.get("efs", "/2015-02-01/file-systems")?["FileSystems"][0];
        assert_eq!((&system["Encrypted"], &system["NumberOfMountTargets"]), (&json!(true), &json!(2)));
        let id = system["FileSystemId"].as_str().unwrap_or_default();
        let backup = aws.get("efs", &format!("/2015-02-01/file-systems/{id}/backup-policy"))?;
        assert_eq!(backup["BackupPolicy"]["Status"], "ENABLED");

        let clusters = aws.call("elasticache", "DescribeCacheClusters", json!({}))?;
        let cluster = &clusters["CacheClusters"]["CacheCluster"];
        let group = state.resource("aws_security_group.cache").map(|group| &group["id"]);
        assert_eq!(Some(&cluster["SecurityGroups"][0]["SecurityGroupId"]), group);
        let secret = state.output("secret").ok_or("no secret in the outputs")?;
        password_is_in_no_file(deployment, &aws, secret)
    })
}
