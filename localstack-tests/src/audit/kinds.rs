//! Everything that is looked for, one entry a kind.
//!
//! Not KMS keys: a deleted one stays, scheduled for deletion, and only asking for each would tell it from a live one.

use serde_json::{Value, json};

use super::text;

/// Whether every region has its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Global,
    Regional,
}

/// How a service is asked for all of a kind.
#[derive(Clone, Copy)]
pub(super) enum Ask {
    /// An operation, its input, and the member that leads to the next page.
    List { operation: &'static str, input: fn() -> Value, token: &'static str },
    /// A path. Its first page is more than the account of a test has.
    Path(&'static str),
}

/// One kind of thing to look for.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) scope: Scope,
    pub(super) service: &'static str,
    pub(super) ask: Ask,
    pub(super) list: &'static str,
    /// The member that names an item, where the items are not names themselves.
    pub(super) key: &'static str,
    /// Whether an item counts: services make some things by themselves.
    pub(super) counts: fn(&Value) -> bool,
}

const fn list(operation: &'static str, token: &'static str) -> Ask {
    Ask::List { operation, input: || json!({}), token }
}

const fn regional(
    name: &'static str,
    service: &'static str,
    ask: Ask,
    list: &'static str,
    key: &'static str,
) -> Kind {
    Kind { name, scope: Scope::Regional, service, ask, list, key, counts: |_| true }
}

const fn global(
    name: &'static str,
    service: &'static str,
    ask: Ask,
    list: &'static str,
    key: &'static str,
) -> Kind {
    Kind { scope: Scope::Global, ..regional(name, service, ask, list, key) }
}

impl Kind {
    const fn counting(self, counts: fn(&Value) -> bool) -> Kind {
        Kind { counts, ..self }
    }
}

pub(super) static KINDS: &[Kind] = &[
    regional(
        "App Runner service",
        "apprunner",
        list("ListServices", "NextToken"),
        "ServiceSummaryList",
        "ServiceName",
    )
    .counting(|service| text(service, "Status") != "DELETED"),
    regional(
        "App Runner connection",
        "apprunner",
        list("ListConnections", "NextToken"),
        "ConnectionSummaryList",
        "ConnectionName",
    )
    .counting(|connection| text(connection, "Status") != "DELETED"),
    regional(
        "App Runner auto scaling configuration",
        "apprunner",
        list("ListAutoScalingConfigurations", "NextToken"),
        "AutoScalingConfigurationSummaryList",
        "AutoScalingConfigurationName",
    )
    // Every account has it from the start (App Runner guide, "Managing automatic scaling").
    .counting(|scaling| {
        text(scaling, "AutoScalingConfigurationName") != "DefaultConfiguration"
            && !text(scaling, "Status").eq_ignore_ascii_case("inactive")
    }),
    regional(
        "App Runner VPC connector",
        "apprunner",
        list("ListVpcConnectors", "NextToken"),
        "VpcConnectors",
        "VpcConnectorName",
    )
    .counting(|connector| text(connector, "Status") != "INACTIVE"),
    regional(
        "certificate",
        "acm",
        list("ListCertificates", "NextToken"),
        "CertificateSummaryList",
        "DomainName",
    ),
    regional(
        "Auto Scaling group",
        "autoscaling",
        list("DescribeAutoScalingGroups", "NextToken"),
        "AutoScalingGroups",
        "AutoScalingGroupName",
    ),
    global("distribution", "cloudfront", Ask::Path("/2020-05-31/distribution"), "Items", "Id"),
    global(
        "origin access control",
        "cloudfront",
        Ask::Path("/2020-05-31/origin-access-control"),
        "Items",
        "Name",
    ),
    regional("alarm", "cloudwatch", list("DescribeAlarms", "NextToken"), "MetricAlarms", "AlarmName"),
    regional("table", "dynamodb", list("ListTables", "LastEvaluatedTableName"), "TableNames", ""),
    // Every region of a new account has a VPC with a security group, and each VPC has one.
    regional("VPC", "ec2", list("DescribeVpcs", "NextToken"), "vpcSet", "vpcId")
        .counting(|vpc| text(vpc, "isDefault") != "true"),
    regional(
        "security group",
        "ec2",
        list("DescribeSecurityGroups", "NextToken"),
        "securityGroupInfo",
        "groupName",
    )
    .counting(|group| text(group, "groupName") != "default"),
    // Listed with those that were started together, and for an hour after the end (API reference, `DescribeInstances`).
    regional("instances", "ec2", list("DescribeInstances", "NextToken"), "reservationSet", "reservationId")
        .counting(|started| {
            let instances = started.get("instancesSet").and_then(Value::as_array);
            instances.into_iter().flatten().any(|instance| {
                instance.pointer("/instanceState/name").and_then(Value::as_str) != Some("terminated")
            })
        }),
    regional("address", "ec2", list("DescribeAddresses", "NextToken"), "addressesSet", "allocationId"),
    regional(
        "launch template",
        "ec2",
        list("DescribeLaunchTemplates", "NextToken"),
        "launchTemplates",
        "launchTemplateName",
    ),
    regional(
        "image repository",
        "ecr",
        list("DescribeRepositories", "nextToken"),
        "repositories",
        "repositoryName",
    ),
    regional("ECS cluster", "ecs", list("ListClusters", "nextToken"), "clusterArns", ""),
    regional(
        "cache cluster",
        "elasticache",
        list("DescribeCacheClusters", "Marker"),
        "CacheClusters",
        "CacheClusterId",
    ),
    regional(
        "cache subnet group",
        "elasticache",
        list("DescribeCacheSubnetGroups", "Marker"),
        "CacheSubnetGroups",
        "CacheSubnetGroupName",
    ),
    regional("file system", "efs", Ask::Path("/2015-02-01/file-systems"), "FileSystems", "FileSystemId"),
    regional(
        "load balancer",
        "elbv2",
        list("DescribeLoadBalancers", "Marker"),
        "LoadBalancers",
        "LoadBalancerName",
    ),
    regional(
        "target group",
        "elbv2",
        list("DescribeTargetGroups", "Marker"),
        "TargetGroups",
        "TargetGroupName",
    ),
    global("group", "iam", list("ListGroups", "Marker"), "Groups", "GroupName"),
    global("user", "iam", list("ListUsers", "Marker"), "Users", "UserName"),
    global(
        "OpenID Connect provider",
        "iam",
        list("ListOpenIDConnectProviders", "Marker"),
        "OpenIDConnectProviderList",
        "Arn",
    ),
    global(
        "instance profile",
        "iam",
        list("ListInstanceProfiles", "Marker"),
        "InstanceProfiles",
        "InstanceProfileName",
    ),
    global("role", "iam", list("ListRoles", "Marker"), "Roles", "RoleName")
        // Services make these for themselves, and terraform cannot delete them.
        .counting(|role| !text(role, "Path").starts_with("/aws-service-role/")),
    global(
        "customer managed policy",
        "iam",
        Ask::List { operation: "ListPolicies", input: || json!({ "Scope": "Local" }), token: "Marker" },
        "Policies",
        "PolicyName",
    ),
    regional("log group", "logs", list("DescribeLogGroups", "nextToken"), "logGroups", "logGroupName"),
    regional("database", "rds", list("DescribeDBInstances", "Marker"), "DBInstances", "DBInstanceIdentifier"),
    regional(
        "database subnet group",
        "rds",
        list("DescribeDBSubnetGroups", "Marker"),
        "DBSubnetGroups",
        "DBSubnetGroupName",
    ),
    global("hosted zone", "route53", Ask::Path("/2013-04-01/hostedzone"), "HostedZones", "Name"),
    global("bucket", "s3", Ask::Path("/"), "Buckets", "Name"),
    regional(
        "secret",
        "secretsmanager",
        Ask::List {
            operation: "ListSecrets",
            input: || json!({ "IncludePlannedDeletion": true }),
            token: "NextToken",
        },
        "SecretList",
        "Name",
    ),
    regional("namespace", "servicediscovery", list("ListNamespaces", "NextToken"), "Namespaces", "Name"),
    regional("topic", "sns", list("ListTopics", "NextToken"), "Topics", "TopicArn"),
    regional("parameter", "ssm", list("DescribeParameters", "NextToken"), "Parameters", "Name"),
    regional(
        "web ACL",
        "wafv2",
        Ask::List { operation: "ListWebACLs", input: || json!({ "Scope": "REGIONAL" }), token: "NextMarker" },
        "WebACLs",
        "Name",
    ),
    regional(
        "IP set",
        "wafv2",
        Ask::List { operation: "ListIPSets", input: || json!({ "Scope": "REGIONAL" }), token: "NextMarker" },
        "IPSets",
        "Name",
    ),
];
