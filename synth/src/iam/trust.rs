//! Who may assume a role.

use synth_core::{Condition, Known, Scope, Term, Value};

use super::github::Workflows;
use super::grants;
use super::statement::tests;
use crate::account;

/// Services that say for which account they act when they assume a role, and whose documentation asks for a test
/// of it, so that nobody else's resources act through the role (AWS Identity and Access Management User Guide,
/// "The confused deputy problem"). App Runner is none of them: its trust policies have no condition (AWS App Runner
/// Developer Guide, "How App Runner works with IAM").
const NAME_THEIR_ACCOUNT: [&str; 1] = [
    // Amazon Elastic Container Service Developer Guide, "Amazon ECS task IAM role".
    "ecs-tasks.amazonaws.com",
];

/// The statement of a trust policy.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub(super) enum Trust {
    /// An AWS service: `ecs-tasks.amazonaws.com`.
    Service(Value<String>),
    /// Workflows of a repository on GitHub.
    #[cfg_attr(feature = "documents", serde(rename = "github"))]
    GitHub(Workflows),
}

impl Trust {
    /// The policy, with the tests that the principal supports.
    pub(super) fn document(self, scope: &mut Scope<'_>) -> Value<String> {
        let (action, kind, principal, conditions) = match self {
            Trust::Service(service) => {
                let conditions = own_account(&service, scope);
                ("sts:AssumeRole", "Service", service, conditions)
            }
            Trust::GitHub(workflows) => {
                let provider = workflows.provider();
                ("sts:AssumeRoleWithWebIdentity", "Federated", provider, workflows.conditions(scope))
            }
        };
        let mut statement = vec![
            ("Action".into(), Term::text(action)),
            ("Effect".into(), Term::text("Allow")),
            ("Principal".into(), Term::Object(vec![(kind.into(), principal.into_term())])),
        ];
        if !conditions.is_empty() {
            statement.push(("Condition".into(), tests(&conditions)));
        }
        grants::document(vec![Term::Object(statement)])
    }
}

fn own_account(service: &Value<String>, scope: &mut Scope<'_>) -> Vec<Condition> {
    let asks = matches!(service.known(), Known::Is(name) if NAME_THEIR_ACCOUNT.contains(&name));
    if !asks {
        return Vec::new();
    }
    let values = vec![account::current(scope).into()];
    vec![Condition { operator: "StringEquals", key: "aws:SourceAccount", values }]
}
