//! GitHub as an identity provider: workflows assume roles without keys that never expire.

use synth_aws::iam;
use synth_core::{Condition, Construct, Handle, Known, NodeId, Of, Place, Problem, Ref, Scope, THIS, Value};

/// What GitHub's tokens are issued by.
const ISSUER: &str = "token.actions.githubusercontent.com";
/// Whom tokens for AWS are meant for, as GitHub's action asks for them (GitHub, "Configuring OpenID Connect in Amazon Web
/// Services").
const AUDIENCE: &str = "sts.amazonaws.com";
const PAGE: &str = "GitHub, \"OpenID Connect reference\": Example subject claims";

/// GitHub as an identity provider of the account, which has one at most.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(rename_all = "snake_case")
)]
pub enum GitHubProvider {
    /// The provider is made here.
    New,
    /// The account has it already, managed elsewhere.
    Existing,
}

impl Construct for GitHubProvider {
    type Handle = GitHubProviderHandle;

    fn build(self, place: Place<'_, '_>) -> GitHubProviderHandle {
        let mut scope = place.construct(GitHubProviderHandle::KIND);
        let url = format!("https://{ISSUER}");
        let arn = match self {
            // AWS trusts GitHub's certificates by itself: no thumbprints (IAM User Guide, "Obtain the thumbprint for an
            // OpenID Connect identity provider").
            GitHubProvider::New => {
                let provider = iam::OpenidConnectProvider::new().url(url).client_id_list([AUDIENCE]);
                scope.add(THIS, provider).arn()
            }
            GitHubProvider::Existing => {
                scope.add(THIS, iam::data::OpenidConnectProvider::new().url(url)).arn()
            }
        };
        scope.export("arn", arn);
        GitHubProviderHandle(scope.node())
    }
}

/// GitHub as an identity provider of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GitHubProviderHandle(NodeId);

impl Handle for GitHubProviderHandle {
    const KIND: &'static str = "github_provider";

    fn node(self) -> NodeId {
        self.0
    }
}

impl GitHubProviderHandle {
    /// The provider's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }
}

/// Which workflows of a repository may assume a role: those that run for one of these. Without any, none may.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "documents",
    derive(serde::Deserialize, schemars::JsonSchema),
    serde(deny_unknown_fields)
)]
pub struct Workflows {
    /// GitHub as an identity provider.
    provider: Of<GitHubProviderHandle>,
    /// Owner and name: `acme/shop`.
    repository: Value<String>,
    /// Branches: `main`.
    #[cfg_attr(feature = "documents", serde(default))]
    branches: Vec<Value<String>>,
    /// Tags, with `*` for any text: `v*`.
    #[cfg_attr(feature = "documents", serde(default))]
    tags: Vec<Value<String>>,
    /// Environments of GitHub, which may have their own rules: `production`. A job that names one runs for it, and not for
    /// its branch.
    #[cfg_attr(feature = "documents", serde(default))]
    environments: Vec<Value<String>>,
}

impl Workflows {
    /// Workflows of a repository, by owner and name: `acme/shop`.
    pub fn of(provider: impl Into<Of<GitHubProviderHandle>>, repository: impl Into<Value<String>>) -> Self {
        let (provider, repository) = (provider.into(), repository.into());
        Workflows { provider, repository, branches: Vec::new(), tags: Vec::new(), environments: Vec::new() }
    }

    /// Those that run for a branch.
    #[must_use]
    pub fn branch(mut self, branch: impl Into<Value<String>>) -> Self {
        self.branches.push(branch.into());
        self
    }

    /// Those that run for a tag, with `*` for any text: `v*`.
    #[must_use]
    pub fn tags(mut self, pattern: impl Into<Value<String>>) -> Self {
        self.tags.push(pattern.into());
        self
    }

    /// Those whose job names an environment of GitHub, which may have rules of its own.
    #[must_use]
    pub fn environment(mut self, environment: impl Into<Value<String>>) -> Self {
        self.environments.push(environment.into());
        self
    }

    /// The provider's ARN.
    pub(super) fn provider(&self) -> Value<String> {
        self.provider.export::<String>("arn").into()
    }

    /// The tests of a token: for AWS, and of one of the workflows.
    pub(super) fn conditions(self, scope: &mut Scope<'_>) -> Vec<Condition> {
        self.check(scope);
        // One test of the subject holds all that may be: two tests of one key would both have to hold. Without a tag there
        // is no pattern, and no need for a test that knows them.
        let operator = if self.tags.is_empty() { "StringEquals" } else { "StringLike" };
        let of = |kind: &str, values: Vec<Value<String>>| {
            let repository = Value::from("repo:") + &self.repository + kind;
            values.into_iter().map(move |value| repository.clone() + value).collect::<Vec<_>>()
        };
        let subjects = of(":ref:refs/heads/", self.branches)
            .into_iter()
            .chain(of(":ref:refs/tags/", self.tags))
            .chain(of(":environment:", self.environments))
            .collect();
        vec![
            Condition {
                operator: "StringEquals",
                key: "token.actions.githubusercontent.com:aud",
                values: vec![AUDIENCE.into()],
            },
            Condition { operator, key: "token.actions.githubusercontent.com:sub", values: subjects },
        ]
    }

    fn check(&self, scope: &mut Scope<'_>) {
        let mut refuse = |property: String, message: String, help: &str| {
            scope
                .refuse(Problem::new(message).at(format!("/trust/github{property}")).help(help).source(PAGE));
        };
        if let Known::Is(name) = self.repository.known()
            && !is_repository(name)
        {
            refuse(
                "/repository".to_owned(),
                format!("`{name}` is no repository"),
                "write owner/name, such as acme/shop",
            );
        }
        if self.branches.is_empty() && self.tags.is_empty() && self.environments.is_empty() {
            let message = "no workflow of the repository may assume the role".to_owned();
            refuse(String::new(), message, "name a branch, tags or an environment");
        }
        for (property, values) in [("branches", &self.branches), ("environments", &self.environments)] {
            for (at, value) in values.iter().enumerate() {
                if let Known::Is(text) = value.known()
                    && (text.is_empty() || text.contains(['*', '?', ':']))
                {
                    let message = format!("`{text}` would let more workflows in than those of one name");
                    refuse(format!("/{property}/{at}"), message, "name each one");
                }
            }
        }
        for (at, value) in self.tags.iter().enumerate() {
            if let Known::Is(text) = value.known()
                && (text.trim_matches(['*', '?']).is_empty() || text.contains(':'))
            {
                let message = format!("`{text}` would let every tag in");
                refuse(format!("/tags/{at}"), message, "begin the pattern as the tags begin: `v*`");
            }
        }
    }
}

fn is_repository(name: &str) -> bool {
    let legal = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    name.split_once('/').is_some_and(|(owner, name)| legal(owner) && legal(name))
}
