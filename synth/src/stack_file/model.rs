//! What a stack file holds.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use synth_core::{Number, S3Backend, Value};

use super::terraform::Terraform;
use crate::{Alarm, LogGroup, Parameter, ParameterTree, Role, Secret, User, app_runner, ecr, iam};

/// One stack.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StackFile {
    /// The stack's name.
    pub(super) stack: String,
    /// Where the state is kept; beside the configuration where it is not given.
    #[serde(default)]
    pub(super) backend: Option<Backend>,
    /// The AWS provider's configuration.
    #[serde(default)]
    pub(super) provider: Option<Provider>,
    /// Values that are given when the stack is applied, by name.
    #[serde(default)]
    pub(super) variables: BTreeMap<String, Variable>,
    /// What the stack is made of, by name.
    #[serde(default)]
    pub(super) constructs: BTreeMap<String, Construct>,
    /// Values that the stack shows when it is applied, by name.
    #[serde(default)]
    pub(super) outputs: BTreeMap<String, Output>,
    /// Objects that had another address before, by that address: `aws_iam_role.old: aws_iam_role.new`.
    #[serde(default)]
    pub(super) moved: BTreeMap<String, String>,
    /// Addresses that were taken out of the stack, and what becomes of the objects.
    #[serde(default)]
    pub(super) removed: BTreeMap<String, Removal>,
    /// What else the stack is made of, in Terraform's own words.
    #[serde(default)]
    pub(super) terraform: Terraform,
    /// Why a literal below `terraform` may stand where a secret belongs, by its place there:
    /// `/resource/aws_db_instance/main/password`.
    #[serde(default)]
    pub(super) plaintext_in_state: BTreeMap<String, String>,
}

/// What becomes of an object that the stack forgets.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Removal {
    /// It stays, and Terraform no longer manages it.
    Forget,
    /// It is destroyed.
    Destroy,
}

/// Where the state is kept.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) enum Backend {
    /// A bucket in Amazon S3.
    #[serde(rename = "s3")]
    S3(S3Backend),
}

/// The AWS provider's configuration. Credentials come from the environment.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Provider {
    /// The region.
    pub(super) region: Value<String>,
    /// Tags of every resource.
    #[serde(default)]
    pub(super) default_tags: BTreeMap<String, Value<String>>,
}

/// A variable, by its type.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Variable {
    /// A text.
    String(TextVariable),
    /// A number.
    Number(NumberVariable),
    /// A boolean.
    Bool(BoolVariable),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TextVariable {
    /// What the variable is for.
    pub(super) description: String,
    /// The value where none is given. A sensitive or ephemeral variable has none.
    #[serde(default)]
    pub(super) default: Option<String>,
    /// The accepted values.
    #[serde(default)]
    pub(super) one_of: Vec<String>,
    /// A regular expression (RE2) that the value must match.
    #[serde(default)]
    pub(super) pattern: Option<Pattern>,
    /// Hide the value in plans and logs; the state still holds it.
    #[serde(default)]
    pub(super) sensitive: bool,
    /// Hide the value and keep it in neither plan nor state.
    #[serde(default)]
    pub(super) ephemeral: bool,
}

/// A regular expression, and what it means.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Pattern {
    /// The regular expression (RE2).
    pub(super) matches: String,
    /// What is accepted, for whoever gives another value.
    pub(super) message: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberVariable {
    /// What the variable is for.
    pub(super) description: String,
    /// The value where none is given.
    #[serde(default)]
    pub(super) default: Option<f64>,
    /// The accepted values.
    #[serde(default)]
    pub(super) one_of: Vec<f64>,
    /// Accept whole numbers of a range.
    #[serde(default)]
    pub(super) whole: Option<Range>,
}

/// Both bounds are accepted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Range {
    /// The least value.
    pub(super) from: i64,
    /// The most.
    pub(super) to: i64,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BoolVariable {
    /// What the variable is for.
    pub(super) description: String,
    /// The value where none is given.
    #[serde(default)]
    pub(super) default: Option<bool>,
}

/// A construct, by its kind.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Construct {
    /// An alarm on a metric.
    Alarm(Alarm),
    /// App Runner's connection to GitHub.
    AppRunnerConnection(app_runner::Connection),
    /// A web service on App Runner.
    AppRunnerService(Box<app_runner::Service>),
    /// A repository of images.
    EcrRepository(ecr::Repository),
    /// A repository of images that is managed elsewhere.
    ExistingEcrRepository(ecr::ExistingRepository),
    /// GitHub as an identity provider: made here, or the one that the account has.
    GithubProvider(iam::GitHubProvider),
    /// A log group.
    LogGroup(LogGroup),
    /// A parameter of Systems Manager.
    Parameter(Parameter),
    /// The parameters under a path.
    ParameterTree(ParameterTree),
    /// A role.
    Role(Role),
    /// A secret of Secrets Manager.
    Secret(Secret),
    /// A user.
    User(User),
}

/// An output.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Output {
    /// What the output is.
    pub(super) description: String,
    /// The value.
    pub(super) value: Value<String>,
}

/// Numbers as Terraform has them.
pub(super) fn number(number: f64) -> Value<Number> {
    number.into()
}
