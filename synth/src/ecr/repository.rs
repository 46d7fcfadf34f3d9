//! A private repository of Amazon ECR.

use synth_aws::ecr::{self, RepositoryImageScanningConfiguration};
use synth_core::{
    Construct, Grant, Handle, NodeId, Of, Place, Problem, Ref, Resources, Scope, THIS, Term, Value,
};

use super::expiry::Expiry;
use super::name;
use crate::iam::Principal;
use crate::limit::Preconditions;

/// A private repository of images: scanned when they are pushed, with tags that never move.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "EcrRepository")
)]
pub struct Repository {
    /// The repository's name, in lower case, with `/` to group: `shop/api`.
    name: Value<String>,
    /// Whether a tag may be moved to another image.
    #[cfg_attr(feature = "documents", serde(default))]
    mutable_tags: bool,
    /// Days after which images that no tag names any more are deleted.
    #[cfg_attr(feature = "documents", serde(default = "two_weeks"))]
    untagged_days: u32,
    /// Images that are kept; older ones are deleted, also those that are still run. All are kept where it is not given.
    #[cfg_attr(feature = "documents", serde(default))]
    keep_images: Option<u32>,
    /// Whether the repository's images are deleted with it; else one with images cannot be destroyed.
    #[cfg_attr(feature = "documents", serde(default))]
    delete_with_images: bool,
}

fn two_weeks() -> u32 {
    14
}

impl Repository {
    /// A repository of that name.
    pub fn new(name: impl Into<Value<String>>) -> Self {
        Repository {
            name: name.into(),
            mutable_tags: false,
            untagged_days: two_weeks(),
            keep_images: None,
            delete_with_images: false,
        }
    }

    /// A repository that is there already, and not managed here.
    pub fn existing(name: impl Into<Value<String>>) -> ExistingRepository {
        ExistingRepository { name: name.into() }
    }

    /// Lets tags be moved to other images: what follows a tag, such as App Runner's automatic deployment, needs that.
    #[must_use]
    pub fn mutable_tags(mut self) -> Self {
        self.mutable_tags = true;
        self
    }

    /// Days after which images that no tag names any more are deleted; 14 where it is not said.
    #[must_use]
    pub fn untagged_days(mut self, days: u32) -> Self {
        self.untagged_days = days;
        self
    }

    /// Keeps a number of images; older ones are deleted, also those that are still run.
    #[must_use]
    pub fn keep_images(mut self, images: u32) -> Self {
        self.keep_images = Some(images);
        self
    }

    /// Deletes the images with the repository; else one with images cannot be destroyed.
    #[must_use]
    pub fn delete_with_images(mut self) -> Self {
        self.delete_with_images = true;
        self
    }

    fn check(&self, scope: &mut Scope<'_>) -> Preconditions {
        let counts = [("untagged_days", Some(self.untagged_days)), ("keep_images", self.keep_images)];
        for (property, _) in counts.into_iter().filter(|(_, count)| *count == Some(0)) {
            scope.refuse(
                Problem::new("a rule of a repository's lifecycle cannot count to 0")
                    .at(format!("/{property}"))
                    .help("write 1 or more")
                    .source(
                        "Amazon ECR User Guide, \"Lifecycle policy properties in Amazon ECR\": countNumber",
                    ),
            );
        }
        name::check(&self.name, scope)
    }
}

impl Construct for Repository {
    type Handle = RepositoryHandle;

    fn build(self, place: Place<'_, '_>) -> RepositoryHandle {
        let mut scope = place.construct(RepositoryHandle::KIND);
        let conditions = self.check(&mut scope);
        let mut repository = ecr::Repository::new()
            .name(self.name)
            .image_tag_mutability(if self.mutable_tags { "MUTABLE" } else { IMMUTABLE })
            .image_scanning_configuration(RepositoryImageScanningConfiguration::new().scan_on_push(true));
        if self.delete_with_images {
            repository = repository.force_delete(true);
        }
        let repository = scope.add(THIS, conditions.on(repository));
        let expiry = Expiry { untagged_days: self.untagged_days, keep_images: self.keep_images };
        let lifecycle = ecr::LifecyclePolicy::new().repository(repository.name()).policy(expiry.document());
        scope.add(THIS, lifecycle);
        scope.export("arn", repository.arn());
        scope.export("name", repository.name());
        scope.export("url", repository.repository_url());
        RepositoryHandle(scope.node())
    }
}

/// A repository that is managed elsewhere, by its name.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "ExistingEcrRepository")
)]
pub struct ExistingRepository {
    /// The repository's name.
    name: Value<String>,
}

impl Construct for ExistingRepository {
    type Handle = RepositoryHandle;

    fn build(self, place: Place<'_, '_>) -> RepositoryHandle {
        let mut scope = place.construct(RepositoryHandle::KIND);
        let conditions = name::check(&self.name, &mut scope);
        let repository = ecr::data::Repository::new().name(self.name);
        let repository = scope.add(THIS, conditions.on(repository));
        scope.export("arn", repository.arn());
        scope.export("name", repository.name());
        scope.export("url", repository.repository_url());
        RepositoryHandle(scope.node())
    }
}

/// What the argument `image_tag_mutability` is called where tags never move.
const IMMUTABLE: &str = "IMMUTABLE";

/// Whether a repository is known to refuse that a tag is moved.
pub(crate) fn tags_are_immutable(scope: &Scope<'_>, repository: &Of<RepositoryHandle>) -> bool {
    let tree = scope.look();
    let repository = tree.find(scope.node(), repository).map(RepositoryHandle);
    let mutability = repository
        .and_then(|repository| tree.argument(repository, "aws_ecr_repository", "image_tag_mutability"));
    mutability == Some(&Term::text(IMMUTABLE))
}

/// A repository of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepositoryHandle(NodeId);

impl Handle for RepositoryHandle {
    const KIND: &'static str = "ecr_repository";

    fn node(self) -> NodeId {
        self.0
    }
}

impl RepositoryHandle {
    /// The repository's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The repository's name.
    pub fn name(self) -> Ref<String> {
        Of::Handle(self).export("name")
    }

    /// Where images are pushed to and pulled from, without a scheme: an image is this, `:` and a tag.
    pub fn url(self) -> Ref<String> {
        Of::Handle(self).export("url")
    }

    /// Lets a principal pull images.
    #[must_use = "a grant exists only after `scope.grant_all(…)`"]
    pub fn grant_pull(self, principal: &impl Principal) -> [Grant; 2] {
        pull(self.arn().into(), principal)
    }

    /// Lets a principal push images.
    #[must_use = "a grant exists only after `scope.grant_all(…)`"]
    pub fn grant_push(self, principal: &impl Principal) -> [Grant; 2] {
        grant_push(&self.into(), principal)
    }
}

/// Lets a principal pull images from the repository of an ARN: AWS's managed policy
/// `AWSAppRunnerServicePolicyForECRAccess`, limited to the one repository.
pub(crate) fn pull(repository: Value<String>, principal: &impl Principal) -> [Grant; 2] {
    let actions = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
    ];
    [Grant::new(principal.principal(), actions, [repository]), log_in(principal)]
}

/// Lets a principal push images (Amazon ECR User Guide, "IAM permissions for pushing an image to an Amazon ECR private
/// repository").
pub(crate) fn grant_push(repository: &Of<RepositoryHandle>, principal: &impl Principal) -> [Grant; 2] {
    let actions = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
    ];
    let repository = repository.export::<String>("arn");
    [Grant::new(principal.principal(), actions, [repository]), log_in(principal)]
}

fn log_in(principal: &impl Principal) -> Grant {
    let every = Resources::every(
        "it has no resource level: Service Authorization Reference, \"Amazon Elastic Container Registry\"",
    );
    Grant::new(principal.principal(), ["ecr:GetAuthorizationToken"], every)
}
