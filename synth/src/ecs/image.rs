//! The images that containers run, and what it takes to pull them.

use synth_core::{Grant, Known, Problem, Resources, Scope, Term, Value};

use crate::iam::{Principal as _, RoleHandle};
use crate::secret::{SecretHandle, SecretKey, ValueFrom};

/// An image with its tag or digest, and who may pull it.
#[derive(Clone, Debug)]
pub struct Image(Source);

#[derive(Clone, Debug)]
enum Source {
    Public(Value<String>),
    Private(Value<String>, RegistryLogin),
    Ecr(Value<String>, Value<String>),
}

/// A name and a password for a registry other than Amazon ECR, as two keys of one secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistryLogin {
    username: SecretKey,
    password: SecretKey,
}

impl RegistryLogin {
    /// Of the keys `username` and `password`, which is what ECS looks for (Amazon ECS Developer Guide, "Using non-AWS
    /// container images in Amazon ECS").
    pub fn new(username: SecretKey, password: SecretKey) -> Self {
        RegistryLogin { username, password }
    }

    fn check(self, scope: &mut Scope<'_>) {
        if (self.username.name, self.password.name) != ("username", "password")
            || self.secret() != self.password.secret
        {
            scope.refuse(
                Problem::new("ECS finds no login for the registry in these keys")
                    .at("/image/login")
                    .help("make them `username` and `password` of one secret")
                    .source("Amazon ECS Developer Guide, \"Using non-AWS container images in Amazon ECS\""),
            );
        }
    }

    fn secret(self) -> SecretHandle {
        self.username.secret
    }
}

impl Image {
    /// An image that anybody may pull: `temporalio/auto-setup:1.24.2`.
    pub fn public(image: impl Into<Value<String>>) -> Self {
        Image(Source::Public(image.into()))
    }

    /// An image of a registry that wants a login: `ghcr.io/acme/shop:v7`.
    pub fn private(image: impl Into<Value<String>>, login: RegistryLogin) -> Self {
        Image(Source::Private(image.into(), login))
    }

    /// An image in a private repository of Amazon ECR, by the repository's ARN.
    pub fn ecr(image: impl Into<Value<String>>, repository_arn: impl Into<Value<String>>) -> Self {
        Image(Source::Ecr(image.into(), repository_arn.into()))
    }

    pub(super) fn name(&self) -> &Value<String> {
        match &self.0 {
            Source::Public(image) | Source::Private(image, _) | Source::Ecr(image, _) => image,
        }
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        if let Source::Private(_, login) = &self.0 {
            login.check(scope);
        }
        if let (Source::Public(_), Known::Is(image)) = (&self.0, self.name().known())
            && image.split('/').next().is_some_and(|host| host.contains(".dkr.ecr."))
        {
            scope.refuse(
                Problem::new(format!("nobody may pull `{image}` without permission"))
                    .at("/image")
                    .help("write `Image::ecr(image, repository_arn)`: the task's execution role then may"),
            );
        }
    }

    /// The secret with the login, where the registry wants one.
    pub(super) fn login(&self) -> Option<SecretHandle> {
        match &self.0 {
            Source::Private(_, login) => Some(login.secret()),
            Source::Public(_) | Source::Ecr(..) => None,
        }
    }

    /// What a container's definition says of the login.
    pub(super) fn credentials(&self) -> Option<Term> {
        let secret = self.login()?.arn().into_term();
        Some(Term::Object(vec![("credentialsParameter".into(), secret)]))
    }

    /// What the execution role needs to pull the image. `ecr:GetAuthorizationToken` has no resource level (Service
    /// Authorization Reference, "Amazon Elastic Container Registry").
    pub(super) fn pull(&self, role: RoleHandle) -> Vec<Grant> {
        match &self.0 {
            Source::Public(_) => Vec::new(),
            Source::Private(_, login) => vec![ValueFrom::from(login.secret()).grant_read(&role)],
            Source::Ecr(_, repository) => {
                let pull =
                    ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
                let every = Resources::every("Service Authorization Reference: it has no resource level");
                vec![
                    Grant::new(role.principal(), pull, [repository.clone()]),
                    Grant::new(role.principal(), ["ecr:GetAuthorizationToken"], every),
                ]
            }
        }
    }
}
