//! A role of AWS IAM, and what it is granted.

use synth_aws::iam;
use synth_core::{Construct, Handle, NodeId, Of, Place, Ref, THIS, Value};

use super::github::Workflows;
use super::permissions::Permissions;
use super::trust::Trust;
use super::{Principal, grants, name};

/// A role that somebody can assume. Its permissions are the grants that name it.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields)
)]
pub struct Role {
    /// The role's name.
    name: Value<String>,
    /// What the role is for.
    #[cfg_attr(feature = "documents", serde(default))]
    description: Option<Value<String>>,
    /// Who can assume it.
    trust: Trust,
    /// What whoever assumes it may do.
    #[cfg_attr(feature = "documents", serde(default))]
    may: Permissions,
}

impl Role {
    /// A role that `service` can assume: `tasks.apprunner.amazonaws.com`. Where the service says for which account it
    /// acts, it must be the stack's own.
    pub fn of_service(name: impl Into<Value<String>>, service: impl Into<Value<String>>) -> Self {
        Role::trusting(name.into(), Trust::Service(service.into()))
    }

    /// A role that workflows of a repository on GitHub can assume.
    pub fn of_github(name: impl Into<Value<String>>, workflows: Workflows) -> Self {
        Role::trusting(name.into(), Trust::GitHub(workflows))
    }

    fn trusting(name: Value<String>, trust: Trust) -> Self {
        Role { name, description: None, trust, may: Permissions::default() }
    }

    /// What the role is for.
    #[must_use]
    pub fn description(mut self, description: impl Into<Value<String>>) -> Self {
        self.description = Some(description.into());
        self
    }
}

impl Construct for Role {
    type Handle = RoleHandle;

    fn build(self, place: Place<'_, '_>) -> RoleHandle {
        let mut scope = place.construct(RoleHandle::KIND);
        name::check(&mut scope, "a role's", &self.name);
        let trust = self.trust.document(&mut scope);
        let mut role = iam::Role::new().name(self.name).assume_role_policy(trust);
        if let Some(description) = self.description {
            role = role.description(description);
        }
        let role = scope.add(THIS, role);
        scope.export("arn", role.arn());
        scope.export("name", role.name());
        scope.once("grants", grants::write);
        let role = RoleHandle(scope.node());
        self.may.grant(&role, &mut scope);
        role
    }
}

/// A role of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleHandle(NodeId);

impl Handle for RoleHandle {
    const KIND: &'static str = "role";

    fn node(self) -> NodeId {
        self.0
    }
}

impl Principal for RoleHandle {
    fn principal(&self) -> NodeId {
        self.0
    }
}

impl RoleHandle {
    /// The role's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The role's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }
}
