//! `Action: "*"`.

use super::is_account_delegation;
use crate::iam::PolicyKind::{Identity, Resource};
use crate::iam::grant::Width;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM002",
    name: "every-action",
    summary: "an Allow statement grants every action of every service",
    rationale: "Whoever holds this policy is an administrator of what it covers: it can read every secret, delete \
                every resource and give itself any other permission.",
    remedy: "name the services and actions that are called",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_role_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}]}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_role_policy": {"p": {"policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"*\"], \"Resource\": \"*\"}]}"}}}}"#,
            at: &[r#"\"*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": null, "inline_policy": [{"policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*:*\", \"Resource\": \"*\"}]}"}]}}}}"#,
            at: &[r#"\"*:*\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement, grant) in subject.grants(&[Identity, Resource]) {
        if is_account_delegation(statement) {
            continue; // the account's own policies decide
        }
        for entry in &grant.entries {
            if entry.width == Width::EveryAction {
                let message = "this statement allows every action of every service";
                judgement.report(Finding::new(&RULE, entry.text.span(), &policy.address, message));
            } else if entry.text.literal().is_none() && entry.text.only_hole().is_none() {
                judgement.undecided(entry.text.span(), "which action this is, is known only later");
            }
        }
    }
}
