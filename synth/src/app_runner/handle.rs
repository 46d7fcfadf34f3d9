//! What others refer to of a service.

use synth_core::{Grant, Handle, NodeId, Of, Ref};

use super::deploy;
use crate::iam::{Principal, RoleHandle};

/// An App Runner service of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceHandle {
    pub(super) node: NodeId,
    pub(super) role: RoleHandle,
}

impl Handle for ServiceHandle {
    const KIND: &'static str = "app_runner_service";

    fn node(self) -> NodeId {
        self.node
    }
}

impl Principal for ServiceHandle {
    fn principal(&self) -> NodeId {
        self.role.principal()
    }
}

impl ServiceHandle {
    /// The service's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The service's id, a part of its ARN.
    pub fn id(self) -> Ref<String> {
        Of::Handle(self).export("id")
    }

    /// The service's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }

    /// The domain that App Runner gave the service, without a scheme.
    pub fn domain(self) -> Ref<String> {
        Of::Handle(self).export("domain")
    }

    /// Where the service answers: `https://` and the domain.
    pub fn url(self) -> Ref<String> {
        Of::Handle(self).export("url")
    }

    /// Lets a principal deploy the image again that the service's tag names, and see how that goes.
    #[must_use = "a grant exists only after `scope.grant(…)`"]
    pub fn grant_deploy(self, principal: &impl Principal) -> Grant {
        deploy::grant_deploy(&self.into(), principal)
    }

    /// Lets a principal change the service, to another image for example, with the two roles it has, and see how that
    /// goes. The service runs an image.
    #[must_use = "a grant exists only after `scope.grant_all(…)`"]
    pub fn grant_update(self, principal: &impl Principal) -> [Grant; 3] {
        deploy::grant_update(&self.into(), principal)
    }

    /// The role that the instances act as.
    pub fn instance_role(self) -> RoleHandle {
        self.role
    }
}
