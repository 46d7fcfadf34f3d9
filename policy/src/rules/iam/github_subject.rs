//! Roles that GitHub Actions may assume.

use crate::iam::PolicyKind::Trust;
use crate::iam::{Condition, Trusted, trusted};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::text::Text;

pub(crate) static RULE: Rule = Rule {
    id: "IAM007",
    name: "wide-github-subject",
    summary: "a role trusts GitHub Actions without saying which branch, tag or environment of which repository",
    rationale: "GitHub's token proves only that some workflow ran. Without a condition on the subject every \
                repository on GitHub can assume the role; with `repo:owner/name:*` every branch and pull request can.",
    remedy: "test `token.actions.githubusercontent.com:sub` with StringEquals for \
             `repo:owner/name:ref:refs/heads/main` or `repo:owner/name:environment:production`",
    sources: &[
        "https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringEquals\": {\"token.actions.githubusercontent.com:aud\": \"sts.amazonaws.com\", \"token.actions.githubusercontent.com:sub\": \"repo:o/r:ref:refs/heads/main\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringLike\": {\"token.actions.githubusercontent.com:sub\": \"repo:o/r:ref:refs/tags/v*\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringLike\": {\"token.actions.githubusercontent.com:sub\": \"repo:o/*:job_workflow_ref:o/deploy/.github/workflows/deploy.yml@refs/heads/main\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringLike\": {\"token.actions.githubusercontent.com:sub\": \"repo:o/r:*\"}}}}"}}}}"#,
            at: &[r#"\"repo:o/r:*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringEquals\": {\"token.actions.githubusercontent.com:aud\": \"sts.amazonaws.com\"}}}}"}}}}"#,
            at: &[r#"\"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringEquals\": {\"token.actions.githubusercontent.com:sub\": \"repo:o/r:pull_request\"}}}}"}}}}"#,
            at: &[r#"\"repo:o/r:pull_request\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_openid_connect_provider": {"g": {"url": "https://token.actions.githubusercontent.com"}}, "aws_iam_role": {"r": {"assume_role_policy": "${jsonencode({Statement = [{Effect = \"Allow\", Principal = {Federated = aws_iam_openid_connect_provider.g.arn}, Action = \"sts:AssumeRoleWithWebIdentity\"}]})}"}}}}"#,
            at: &["aws_iam_openid_connect_provider.g.arn"],
        },
    ],
    check,
};

const PROVIDER: &str = "token.actions.githubusercontent.com";
const SUBJECT: &str = "token.actions.githubusercontent.com:sub";

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Trust]) {
        let mut trusted = trusted(statement, &subject.blocks).into_iter();
        let is_github =
            |trusted: &Trusted| trusted.address.as_ref().is_some_and(|address| address.contains(PROVIDER));
        let Some(Trusted { provider, .. }) = trusted.find(is_github) else {
            continue; // not a trust in GitHub
        };
        if let Known::Later(later) = &statement.condition {
            judgement
                .undecided(later.span, "which GitHub subjects this condition admits is known only later");
            continue;
        }
        let tests: Vec<&Condition> = statement.conditions_on(SUBJECT).filter(|test| test.demands()).collect();
        if tests.is_empty() {
            let message = "every workflow on GitHub may assume this role: no condition tests its subject";
            judgement.report(Finding::new(&RULE, provider.span(), &policy.address, message));
        }
        // Conditions are joined by AND: one narrow test is enough.
        if tests.iter().any(|test| test.values.iter().all(|value| wideness(test, value).is_none())) {
            continue;
        }
        for (test, value) in tests.iter().flat_map(|test| test.values.iter().map(move |value| (test, value)))
        {
            if let Some(who) = wideness(test, value) {
                let message = format!("{who} may assume this role");
                judgement.report(Finding::new(&RULE, value.span(), &policy.address, message));
            }
        }
    }
}

/// Whom a subject pattern admits beyond one branch, tag pattern or environment of one repository.
fn wideness(test: &Condition, value: &Text) -> Option<&'static str> {
    // The subject of every pull request is the same, whoever opened it and whatever it changes (GitHub, "OpenID
    // Connect reference").
    if value.as_str().ends_with(":pull_request") {
        return Some("every pull request of the repository");
    }
    if !test.operator.to_ascii_lowercase().contains("like") {
        return None;
    }
    let pattern = value.as_str();
    let Some(rest) = pattern.strip_prefix("repo:") else {
        return pattern.contains(['*', '?']).then_some("every workflow on GitHub that this pattern admits");
    };
    let (repository, reference) = rest.split_once(':').unwrap_or((rest, ""));
    if names_workflow(reference) {
        None
    } else if repository.starts_with(['*', '?']) {
        Some("every repository on GitHub")
    } else if repository.contains(['*', '?']) {
        Some("every repository that this pattern admits")
    } else if matches!(reference, "*" | "ref:*" | "ref:refs/*" | "ref:refs/heads/*") {
        Some("every branch of the repository")
    } else {
        None
    }
}

/// Whether a subject says which reusable workflow runs, whoever calls it (GitHub, "Using OpenID Connect with reusable
/// workflows"): what that does is its author's to say.
fn names_workflow(reference: &str) -> bool {
    let workflow = reference.split_once("job_workflow_ref:").and_then(|(_, of)| of.split_once('@'));
    workflow.is_some_and(|(path, _)| !path.is_empty() && !path.contains(['*', '?']))
}
