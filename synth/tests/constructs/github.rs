//! Roles that workflows on GitHub assume.

use serde_json::json;
use synth::iam::{GitHubProvider, Role, Workflows};
use synth::{Scope, Variable};

use super::{document, problems};

fn trust(provider: GitHubProvider, narrow: impl FnOnce(Workflows) -> Workflows) -> String {
    let document = document(|stack| {
        let github = stack.add("github", provider);
        let workflows = narrow(Workflows::of(github, "acme/shop"));
        stack.add("deploy", Role::of_github("deploy", workflows));
    });
    document["resource"]["aws_iam_role"]["deploy"]["assume_role_policy"].as_str().unwrap().to_owned()
}

#[test]
fn a_workflow_is_trusted_for_its_branch_and_for_aws_alone() {
    let trust = trust(GitHubProvider::New, |workflows| workflows.branch("main"));
    assert_eq!(
        trust,
        "${jsonencode({\"Statement\" = [{\"Action\" = \"sts:AssumeRoleWithWebIdentity\", \
         \"Condition\" = {\"StringEquals\" = {\
         \"token.actions.githubusercontent.com:aud\" = [\"sts.amazonaws.com\"], \
         \"token.actions.githubusercontent.com:sub\" = [\"repo:acme/shop:ref:refs/heads/main\"]}}, \
         \"Effect\" = \"Allow\", \
         \"Principal\" = {\"Federated\" = aws_iam_openid_connect_provider.github.arn}}], \
         \"Version\" = \"2012-10-17\"})}"
    );
}

#[test]
fn tags_are_a_pattern_and_what_stands_beside_them_is_exact_all_the_same() {
    let trust =
        trust(GitHubProvider::New, |workflows| workflows.branch("main").tags("v*").environment("production"));
    assert!(
        trust.contains(
            "\"StringLike\" = {\"token.actions.githubusercontent.com:sub\" = [\"repo:acme/shop:ref:refs/heads/main\", \
             \"repo:acme/shop:ref:refs/tags/v*\", \"repo:acme/shop:environment:production\"]}"
        ),
        "{trust}"
    );
}

#[test]
fn the_accounts_one_provider_may_be_there_already() {
    let trust = trust(GitHubProvider::Existing, |workflows| workflows.environment("staging"));
    assert!(trust.contains("data.aws_iam_openid_connect_provider.github.arn"), "{trust}");
}

#[test]
fn a_provider_trusts_tokens_for_aws() {
    let document = document(|stack| {
        stack.add("github", GitHubProvider::New);
    });
    assert_eq!(
        document["resource"]["aws_iam_openid_connect_provider"]["github"],
        json!({ "client_id_list": ["sts.amazonaws.com"], "url": "https://token.actions.githubusercontent.com" })
    );
}

#[test]
fn what_lets_in_more_than_it_names_is_refused() {
    let refused = |repository: &'static str, narrow: fn(Workflows) -> Workflows| {
        let build = move |stack: &mut Scope<'_>| {
            let github = stack.add("github", GitHubProvider::New);
            stack.add("deploy", Role::of_github("deploy", narrow(Workflows::of(github, repository))));
        };
        problems(build).into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(refused("acme/*", |workflows| workflows.branch("main")), "`acme/*` is no repository");
    assert_eq!(refused("acme", |workflows| workflows.branch("main")), "`acme` is no repository");
    assert_eq!(
        refused("acme/shop", |workflows| workflows),
        "no workflow of the repository may assume the role"
    );
    let wide = "would let more workflows in than those of one name";
    assert_eq!(refused("acme/shop", |workflows| workflows.branch("*")), format!("`*` {wide}"));
    assert_eq!(refused("acme/shop", |workflows| workflows.environment("prod*")), format!("`prod*` {wide}"));
    assert_eq!(refused("acme/shop", |workflows| workflows.environment("")), format!("`` {wide}"));
    assert_eq!(refused("acme/shop", |workflows| workflows.tags("*")), "`*` would let every tag in");
}

#[test]
fn a_repository_may_be_known_later() {
    let document = document(|stack| {
        let repository = stack.add("repository", Variable::<String>::new());
        let github = stack.add("github", GitHubProvider::New);
        stack.add("deploy", Role::of_github("deploy", Workflows::of(github, &repository).branch("main")));
    });
    let trust = document["resource"]["aws_iam_role"]["deploy"]["assume_role_policy"].as_str().unwrap();
    assert!(trust.contains("\"repo:${var.repository}:ref:refs/heads/main\""), "{trust}");
}
