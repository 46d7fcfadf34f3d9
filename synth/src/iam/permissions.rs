//! What principals of a stack file may do: in a program, grants say it.

use synth_core::{Of, Scope};

use super::Principal;
use crate::app_runner::{self, ServiceHandle};
use crate::ecr::{self, RepositoryHandle};
use crate::log_group::{self, LogGroupHandle};
use crate::secret::{self, SecretHandle};

/// What a role or user may do with others of the stack, by their names.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields, default)
)]
pub(super) struct Permissions {
    /// Repositories of images that it may push to.
    push_to: Vec<Of<RepositoryHandle>>,
    /// App Runner services that it may update, to another image for example, with the roles they have.
    update: Vec<Of<ServiceHandle>>,
    /// App Runner services of which it may start a deployment.
    deploy: Vec<Of<ServiceHandle>>,
    /// Secrets of which it may read the values.
    read: Vec<Of<SecretHandle>>,
    /// Log groups in which it may make streams and write to them.
    write_logs_to: Vec<Of<LogGroupHandle>>,
}

impl Permissions {
    pub(super) fn grant(&self, to: &impl Principal, scope: &mut Scope<'_>) {
        for repository in &self.push_to {
            scope.grant_all(ecr::grant_push(repository, to));
        }
        for service in &self.update {
            scope.grant_all(app_runner::grant_update(service, to));
        }
        for service in &self.deploy {
            scope.grant(app_runner::grant_deploy(service, to));
        }
        for secret in &self.read {
            scope.grant(secret::grant_read(secret, to));
        }
        for group in &self.write_logs_to {
            scope.grant(log_group::grant_write(group, to));
        }
    }
}
