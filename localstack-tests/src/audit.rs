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
