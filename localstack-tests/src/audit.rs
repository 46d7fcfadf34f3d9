//! What an account still holds: an exit code of 0 from destroy does not prove that nothing is left.

use std::fmt;

use serde_json::{Value, json};

use crate::aws::{AwsError, Client};

/// Something that exists in an account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holding {
    /// What it is, in the service's words.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Where it is; nowhere in particular if the service is global.
    pub region: Option<String>,
    /// Whether it is already on its way out.
    pub standing: Standing,
}

/// Whether a holding stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It stays until somebody deletes it.
    Live,
    /// The service deletes it when its recovery window is over.
    Leaving,
}

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let region = self.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
        let leaving = if self.standing == Standing::Leaving { " (scheduled for deletion)" } else { "" };
        write!(f, "{} `{}`{region}{leaving}", self.kind, self.name)
    }
}

/// Whether every region has its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Global,
    Regional,
}

/// One kind of thing to look for.
struct Kind {
    name: &'static str,
    scope: Scope,
    service: &'static str,
    operation: &'static str,
    input: fn() -> Value,
    list: &'static str,
    token: &'static str,
    /// The member that names an item.
    key: &'static str,
    /// Whether an item counts: services make some things by themselves.
    counts: fn(&Value) -> bool,
}

const NOTHING: fn() -> Value = || json!({});
const ALWAYS: fn(&Value) -> bool = |_| true;

/// Everything that is looked for, one entry a kind.
const KINDS: &[Kind] = &[
    Kind {
        name: "App Runner service",
        scope: Scope::Regional,
        service: "apprunner",
        operation: "ListServices",
        input: NOTHING,
        list: "ServiceSummaryList",
        token: "NextToken",
        key: "ServiceName",
        counts: |service| text(service, "Status") != "DELETED",
    },
    Kind {
        name: "App Runner connection",
        scope: Scope::Regional,
        service: "apprunner",
        operation: "ListConnections",
        input: NOTHING,
        list: "ConnectionSummaryList",
        token: "NextToken",
        key: "ConnectionName",
        counts: |connection| text(connection, "Status") != "DELETED",
    },
    Kind {
        name: "App Runner auto scaling configuration",
        scope: Scope::Regional,
        service: "apprunner",
        operation: "ListAutoScalingConfigurations",
        input: NOTHING,
        list: "AutoScalingConfigurationSummaryList",
        token: "NextToken",
        key: "AutoScalingConfigurationName",
        // Every account has it from the start (App Runner guide, "Managing automatic scaling").
        counts: |scaling| {
            text(scaling, "AutoScalingConfigurationName") != "DefaultConfiguration"
                && !text(scaling, "Status").eq_ignore_ascii_case("inactive")
        },
    },
    Kind {
        name: "secret",
        scope: Scope::Regional,
        service: "secretsmanager",
        operation: "ListSecrets",
        input: || json!({ "IncludePlannedDeletion": true }),
        list: "SecretList",
        token: "NextToken",
        key: "Name",
        counts: ALWAYS,
    },
    Kind {
        name: "role",
        scope: Scope::Global,
        service: "iam",
        operation: "ListRoles",
        input: NOTHING,
        list: "Roles",
        token: "Marker",
        key: "RoleName",
        // Services make these for themselves, and terraform cannot delete them.
        counts: |role| !text(role, "Path").starts_with("/aws-service-role/"),
    },
    Kind {
        name: "customer managed policy",
        scope: Scope::Global,
        service: "iam",
        operation: "ListPolicies",
        input: || json!({ "Scope": "Local" }),
        list: "Policies",
        token: "Marker",
        key: "PolicyName",
        counts: ALWAYS,
    },
    Kind {
        name: "log group",
        scope: Scope::Regional,
        service: "logs",
        operation: "DescribeLogGroups",
        input: NOTHING,
        list: "logGroups",
        token: "nextToken",
        key: "logGroupName",
        counts: ALWAYS,
    },
    Kind {
        name: "alarm",
        scope: Scope::Regional,
        service: "cloudwatch",
        operation: "DescribeAlarms",
        input: NOTHING,
        list: "MetricAlarms",
        token: "NextToken",
        key: "AlarmName",
        counts: ALWAYS,
    },
];

fn text<'a>(item: &'a Value, member: &str) -> &'a str {
    item.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// Types of resources that [`KINDS`] finds, and those that cannot outlive one of these.
const FOUND: &[&str] = &[
    "aws_apprunner_auto_scaling_configuration_version",
    "aws_apprunner_connection",
    "aws_apprunner_custom_domain_association",
    "aws_apprunner_deployment",
    "aws_apprunner_service",
    "aws_cloudwatch_log_group",
    "aws_cloudwatch_log_stream",
    "aws_cloudwatch_metric_alarm",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policies_exclusive",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_secretsmanager_secret",
    "aws_secretsmanager_secret_policy",
    "aws_secretsmanager_secret_rotation",
    "aws_secretsmanager_secret_version",
];

/// Whether an account without holdings has no resource of this type: of others the audit knows nothing.
pub fn finds(resource_type: &str) -> bool {
    !resource_type.starts_with("aws_") || FOUND.contains(&resource_type)
}

/// Lists what the client's account holds in its region (and globally), sorted.
pub fn holdings(client: &Client) -> Result<Vec<Holding>, AwsError> {
    let mut found = Vec::new();
    for kind in KINDS {
        let items = client.list(kind.service, kind.operation, (kind.input)(), kind.list, kind.token)?;
        found.extend(items.iter().filter(|item| (kind.counts)(item)).map(|item| Holding {
            kind: kind.name,
            name: text(item, kind.key).to_owned(),
            region: (kind.scope == Scope::Regional).then(|| client.region().to_owned()),
            standing: if item.get("DeletedDate").is_some() { Standing::Leaving } else { Standing::Live },
        }));
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_audit_cannot_find_is_known() {
        for (resource_type, expected) in [
            ("aws_iam_role", true),
            ("terraform_data", true),
            ("aws_s3_bucket", false),
            ("aws_iam_rol", false),
        ] {
            assert_eq!(finds(resource_type), expected, "{resource_type}");
        }
    }
}
