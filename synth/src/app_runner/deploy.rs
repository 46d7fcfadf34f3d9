//! Who may deploy a service, and change it.

use synth_core::{Grant, Of, Ref};

use super::handle::ServiceHandle;
use crate::iam::{self, Principal};

/// What deploys also sees: the service, and the operations on it.
const LOOK: [&str; 2] = ["apprunner:DescribeService", "apprunner:ListOperations"];

/// Lets a principal start a deployment of the image that the service's tag names.
pub(crate) fn grant_deploy(service: &Of<ServiceHandle>, principal: &impl Principal) -> Grant {
    let actions = LOOK.into_iter().chain(["apprunner:StartDeployment"]);
    Grant::new(principal.principal(), actions, [service.export::<String>("arn")])
}

/// Lets a principal update a service that runs an image. An update names both roles again, which must be passed (AWS App
/// Runner Developer Guide, "How App Runner works with IAM": App Runner user permissions).
pub(crate) fn grant_update(service: &Of<ServiceHandle>, principal: &impl Principal) -> [Grant; 3] {
    let actions = LOOK.into_iter().chain(["apprunner:UpdateService"]);
    let role = |attribute: &str| -> Ref<String> { service.export(attribute) };
    [
        Grant::new(principal.principal(), actions, [service.export::<String>("arn")]),
        iam::grant_pass_role(role("role_arn"), "tasks.apprunner.amazonaws.com", principal),
        iam::grant_pass_role(role("access_role_arn"), "build.apprunner.amazonaws.com", principal),
    ]
}
