//! A user of AWS IAM, and what it is granted.

use synth_aws::iam;
use synth_core::{Construct, Handle, NodeId, Of, Place, Ref, THIS, Value};

use super::permissions::Permissions;
use super::{Principal, grants, name};

/// A user without credentials: access keys are made outside of Terraform, whose state would hold them. Where the
/// caller can, let it assume a role instead: keys of a user never expire.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields)
)]
pub struct User {
    /// The user's name.
    name: Value<String>,
    /// What the user may do.
    #[cfg_attr(feature = "documents", serde(default))]
    may: Permissions,
}

impl User {
    /// A user of that name.
    pub fn new(name: impl Into<Value<String>>) -> Self {
        User { name: name.into(), may: Permissions::default() }
    }
}

impl Construct for User {
    type Handle = UserHandle;

    fn build(self, place: Place<'_, '_>) -> UserHandle {
        let mut scope = place.construct(UserHandle::KIND);
        name::check(&mut scope, "a user's", &self.name);
        let user = scope.add(THIS, iam::User::new().name(self.name));
        scope.export("arn", user.arn());
        scope.export("name", user.name());
        scope.once("grants", grants::write);
        let user = UserHandle(scope.node());
        self.may.grant(&user, &mut scope);
        user
    }
}

/// A user of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserHandle(NodeId);

impl Handle for UserHandle {
    const KIND: &'static str = "user";

    fn node(self) -> NodeId {
        self.0
    }
}

impl Principal for UserHandle {
    fn principal(&self) -> NodeId {
        self.0
    }
}

impl UserHandle {
    /// The user's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The user's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }
}
