//! `secretsmanager:Get*`, `s3:P*`: a wildcard that takes in more than its name says.

use crate::iam::PolicyKind::Identity;
use crate::iam::actions::{self, Action, Level};
use crate::iam::pattern;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM012",
    name: "hidden-access",
    summary: "an action pattern takes in actions that write, change permissions or return secrets",
    rationale: "A pattern grants whatever AWS has given a matching name, now and later. `secretsmanager:Get*` returns \
                the secrets themselves; `s3:Put*` includes `s3:PutBucketPolicy`, which makes a bucket public.",
    remedy: "name the actions that are called",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"ec2:Describe*\", \"ecr:DescribeImages\"], \"Resource\": \"*\"}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"secretsmanager:Get*\", \"Resource\": \"arn:aws:secretsmanager:us-east-2:111122223333:secret:a\"}}"}}}}"#,
            at: &[r#"\"secretsmanager:Get*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:Put*\", \"Resource\": \"arn:aws:s3:::bucket\"}}"}}}}"#,
            at: &[r#"\"s3:Put*\""#],
        },
    ],
    check,
};

/// Reading actions that hand out credentials or secret values (Service Authorization Reference;
/// the list follows the actions whose response is itself a secret).
const REVEALING: &[&str] = &[
    "cognito-identity:GetCredentialsForIdentity",
    "ec2:GetPasswordData",
    "redshift:GetClusterCredentials",
    "secretsmanager:BatchGetSecretValue",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "sso:GetRoleCredentials",
    "sts:GetFederationToken",
    "sts:GetSessionToken",
];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Identity]) {
        for action in statement.actions() {
            let Some(text) = action.literal() else {
                continue; // the reader has reported the unknown part
            };
            if !pattern::is_wild(text) || matches!(text.split_once(':'), None | Some((_, "*"))) {
                continue;
            }
            match actions::matching(text) {
                None => judgement.undecided(
                    action.span(),
                    "the service of this action is not in the catalogue of actions",
                ),
                Some(found) => {
                    if let Some(message) = hidden(text, &found) {
                        judgement.report(Finding::new(&RULE, action.span(), &policy.address, message));
                    }
                }
            }
        }
    }
}

fn hidden(text: &str, found: &[&Action]) -> Option<String> {
    let count = found.len();
    let harm = found.iter().filter(|action| action.level >= Some(Level::Write)).count();
    if let Some(worst) = found.iter().find(|action| action.level == Some(Level::Permissions)) {
        return Some(format!(
            "`{text}` is {count} actions, {harm} of which write; `{}` changes permissions",
            worst.name
        ));
    }
    if let Some(first) = found.iter().find(|action| action.level == Some(Level::Write)) {
        return Some(format!("`{text}` is {count} actions, {harm} of which write, such as `{}`", first.name));
    }
    let revealing = REVEALING.iter().find(|name| pattern::matches(text, name))?;
    Some(format!("`{text}` is {count} actions; `{revealing}` returns a secret"))
}
