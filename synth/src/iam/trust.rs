//! Who may assume a role.

use synth_core::{Condition, Known, Ref, Scope, Term, Value};

use super::grants;
use super::statement::tests;

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
pub(super) enum Trust {
    /// An AWS service.
    Service(Value<String>),
}

impl Trust {
    /// The policy, with the tests that the service supports.
    pub(super) fn document(self, scope: &mut Scope<'_>) -> Value<String> {
        let Trust::Service(service) = self;
        let conditions = own_account(&service, scope);
        let mut statement = vec![
            ("Action".into(), Term::text("sts:AssumeRole")),
            ("Effect".into(), Term::text("Allow")),
            ("Principal".into(), Term::Object(vec![("Service".into(), service.into_term())])),
        ];
        if !conditions.is_empty() {
            statement.push(("Condition".into(), tests(conditions)));
        }
        grants::document(vec![Term::Object(statement)])
    }
}

fn own_account(service: &Value<String>, scope: &mut Scope<'_>) -> Vec<Condition> {
    let asks = matches!(service.known(), Known::Is(name) if NAME_THEIR_ACCOUNT.contains(&name));
    if !asks {
        return Vec::new();
    }
    let values = vec![account(scope).into()];
    vec![Condition { operator: "StringEquals", key: "aws:SourceAccount", values }]
}

/// The account that the stack is applied to.
fn account(scope: &mut Scope<'_>) -> Ref<String> {
    Ref::attribute(scope.shared("current", synth_aws::sts::data::CallerIdentity::new()), "account_id")
}
