//! What App Runner runs: a repository it builds, or an image.

use synth_aws::apprunner::{
    ServiceSourceConfiguration, ServiceSourceConfigurationAuthenticationConfiguration as Authentication,
    ServiceSourceConfigurationCodeRepository as CodeRepository,
    ServiceSourceConfigurationCodeRepositoryCodeConfiguration as CodeConfiguration,
    ServiceSourceConfigurationCodeRepositoryCodeConfigurationCodeConfigurationValues as CodeValues,
    ServiceSourceConfigurationCodeRepositorySourceCodeVersion as CodeVersion,
    ServiceSourceConfigurationImageRepository as ImageRepository,
    ServiceSourceConfigurationImageRepositoryImageConfiguration as ImageConfiguration,
};
use synth_core::{Of, Problem, Scope, Value};

use super::connection::ConnectionHandle;
use super::environment::Environment;
use crate::ecr::{self, RepositoryHandle};
use crate::iam::{Role, RoleHandle};

/// Where a service's code comes from.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    schemars(rename = "AppRunnerSource")
)]
pub enum Source {
    /// A GitHub repository, built by App Runner with one of its managed runtimes. It has no `Dockerfile`s:
    /// for those, build the image, push it to ECR and use `Ecr`.
    #[cfg_attr(feature = "documents", serde(rename = "github"))]
    GitHub(GitHub),
    /// An image in a repository of the same app.
    #[cfg_attr(feature = "documents", serde(rename = "repository"))]
    Repository(Image),
    /// An image in any other repository of Amazon ECR.
    #[cfg_attr(feature = "documents", serde(rename = "ecr"))]
    Ecr(Ecr),
}

/// A GitHub repository.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "AppRunnerGitHub")
)]
pub struct GitHub {
    /// The connection to GitHub.
    pub connection: Of<ConnectionHandle>,
    /// Owner and name: `acme/shop`.
    pub repository: Value<String>,
    /// The branch to run.
    pub branch: Value<String>,
    /// The runtime that builds and runs the code.
    pub runtime: Runtime,
    /// Builds the code: `npm ci`.
    pub build_command: Value<String>,
    /// Starts the service: `node server.js`.
    pub start_command: Value<String>,
    /// The port that the service listens on.
    pub port: u16,
}

/// App Runner's managed runtimes (AWS App Runner API Reference, "CodeConfigurationValues": Runtime).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(rename_all = "SCREAMING_SNAKE_CASE"),
    schemars(
        rename = "AppRunnerRuntime",
        extend(
            "x-help" = "App Runner builds a repository with one of these managed runtimes. It does not build a Dockerfile: build the image, push it to ECR, and use the source `ecr`",
            "x-see" = "AWS App Runner API Reference, \"CodeConfigurationValues\": Runtime"
        )
    )
)]
#[expect(missing_docs, reason = "each is named as AWS names it")]
pub enum Runtime {
    #[cfg_attr(feature = "documents", serde(rename = "PYTHON_3"))]
    Python3,
    #[cfg_attr(feature = "documents", serde(rename = "PYTHON_311"))]
    Python311,
    #[cfg_attr(feature = "documents", serde(rename = "NODEJS_18"))]
    NodeJs18,
    #[cfg_attr(feature = "documents", serde(rename = "NODEJS_22"))]
    NodeJs22,
    #[cfg_attr(feature = "documents", serde(rename = "CORRETTO_8"))]
    Corretto8,
    #[cfg_attr(feature = "documents", serde(rename = "CORRETTO_11"))]
    Corretto11,
    #[cfg_attr(feature = "documents", serde(rename = "GO_1"))]
    Go1,
    #[cfg_attr(feature = "documents", serde(rename = "DOTNET_6"))]
    DotNet6,
    #[cfg_attr(feature = "documents", serde(rename = "PHP_81"))]
    Php81,
    #[cfg_attr(feature = "documents", serde(rename = "RUBY_31"))]
    Ruby31,
}

impl Runtime {
    fn name(self) -> &'static str {
        match self {
            Runtime::Python3 => "PYTHON_3",
            Runtime::Python311 => "PYTHON_311",
            Runtime::NodeJs18 => "NODEJS_18",
            Runtime::NodeJs22 => "NODEJS_22",
            Runtime::Corretto8 => "CORRETTO_8",
            Runtime::Corretto11 => "CORRETTO_11",
            Runtime::Go1 => "GO_1",
            Runtime::DotNet6 => "DOTNET_6",
            Runtime::Php81 => "PHP_81",
            Runtime::Ruby31 => "RUBY_31",
        }
    }
}

/// An image in a repository of the same app.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "AppRunnerImage")
)]
pub struct Image {
    /// The repository: what App Runner may pull from.
    #[cfg_attr(feature = "documents", serde(rename = "name"))]
    pub repository: Of<RepositoryHandle>,
    /// The image's tag. App Runner deploys by itself only what a tag is moved to.
    pub tag: Value<String>,
    /// The port that the service listens on.
    pub port: u16,
}

/// An image in a private repository of Amazon ECR.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields),
    schemars(rename = "AppRunnerEcr")
)]
pub struct Ecr {
    /// The image with its tag: `123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:v7`.
    pub image: Value<String>,
    /// The ARN of the repository that holds it: what App Runner may pull from.
    pub repository_arn: Value<String>,
    /// The port that the service listens on.
    pub port: u16,
}

/// What a source needs besides itself.
pub(super) struct Setting {
    /// What the role that pulls images is called.
    pub(super) access_role_name: Value<String>,
    pub(super) auto_deploy: bool,
    pub(super) environment: Environment,
}

impl Source {
    /// The source as an argument of the service, and the role that may pull its image; a repository of GitHub is read
    /// through its connection and needs none.
    pub(super) fn block(
        self,
        setting: Setting,
        scope: &mut Scope<'_>,
    ) -> (ServiceSourceConfiguration, Option<RoleHandle>) {
        let Setting { access_role_name, auto_deploy, environment } = setting;
        let source = ServiceSourceConfiguration::new().auto_deployments_enabled(auto_deploy);
        let image = match self {
            Source::GitHub(github) => {
                let connection: Value<String> = github.connection.export::<String>("arn").into();
                let source =
                    source.authentication_configuration(Authentication::new().connection_arn(connection));
                return (source.code_repository(github.block(environment)), None);
            }
            Source::Repository(image) => {
                if auto_deploy {
                    refuse_immutable(&image.repository, scope);
                }
                image.located()
            }
            Source::Ecr(image) => image,
        };
        let role = access_role(access_role_name, &image, scope);
        scope.export("access_role_arn", role.arn());
        let source = source
            .authentication_configuration(Authentication::new().access_role_arn(role.arn()))
            .image_repository(image.block(environment));
        (source, Some(role))
    }
}

fn access_role(name: Value<String>, image: &Ecr, scope: &mut Scope<'_>) -> RoleHandle {
    let role = Role::of_service(name, "build.apprunner.amazonaws.com")
        .description("Lets App Runner pull the service's image");
    let role = scope.add("access", role);
    scope.grant_all(ecr::pull(image.repository_arn.clone(), &role));
    role
}

/// What follows a tag has nothing to follow where tags never move.
fn refuse_immutable(repository: &Of<RepositoryHandle>, scope: &mut Scope<'_>) {
    if ecr::tags_are_immutable(scope, repository) {
        scope.refuse(
            Problem::new("a new image is never deployed by itself: tags of its repository never move")
                .at("/auto_deploy")
                .help("let the repository have mutable tags, or deploy each image by its own tag without `auto_deploy`")
                .source("AWS App Runner Developer Guide, \"Deploying a new application version to App Runner\": automatic deployment"),
        );
    }
}

impl Image {
    /// The image as it is anywhere.
    fn located(self) -> Ecr {
        let image = self.repository.export::<String>("url") + ":" + self.tag;
        Ecr { image, repository_arn: self.repository.export::<String>("arn").into(), port: self.port }
    }
}

impl GitHub {
    fn block(self, environment: Environment) -> CodeRepository {
        let mut values = CodeValues::new()
            .runtime(self.runtime.name())
            .build_command(self.build_command)
            .start_command(self.start_command)
            .port(self.port.to_string());
        let (variables, secrets) = environment.into_maps();
        if let Some(variables) = variables {
            values = values.runtime_environment_variables(variables);
        }
        if let Some(secrets) = secrets {
            values = values.runtime_environment_secrets(secrets);
        }
        CodeRepository::new()
            .repository_url(Value::from("https://github.com/") + self.repository)
            .source_code_version(CodeVersion::new().type_("BRANCH").value(self.branch))
            .code_configuration(
                CodeConfiguration::new().configuration_source("API").code_configuration_values(values),
            )
    }
}

impl Ecr {
    fn block(self, environment: Environment) -> ImageRepository {
        let mut configuration = ImageConfiguration::new().port(self.port.to_string());
        let (variables, secrets) = environment.into_maps();
        if let Some(variables) = variables {
            configuration = configuration.runtime_environment_variables(variables);
        }
        if let Some(secrets) = secrets {
            configuration = configuration.runtime_environment_secrets(secrets);
        }
        ImageRepository::new()
            .image_identifier(self.image)
            .image_repository_type("ECR")
            .image_configuration(configuration)
    }
}
