//! Groups whose members need no second factor.

use crate::iam::{Identity, Statement};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM051",
    name: "group-without-mfa",
    summary: "a group grants access without asking for a second factor",
    rationale: "Members of groups are people with passwords and keys. Where no policy of the group tests for a second \
                factor, one stolen password is enough for all that the group may do.",
    remedy: "add a statement that denies what is not self-service while `aws:MultiFactorAuthPresent` is false",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html",
    ],
    severity: Severity::Suggestion,
    good: &[
        r#"{"resource": {"aws_iam_group": {"g": {"name": "g"}}}}"#,
        r#"{"resource": {"aws_iam_group": {"g": {"name": "g"}}, "aws_iam_group_policy": {"p": {"group": "g", "policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"ec2:Describe*\", \"Resource\": \"*\"}, {\"Effect\": \"Deny\", \"NotAction\": \"iam:ListMFADevices\", \"Resource\": \"*\", \"Condition\": {\"BoolIfExists\": {\"aws:MultiFactorAuthPresent\": \"false\"}}}]}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_group": {"g": {"name": "g"}}, "aws_iam_group_policy": {"p": {"group": "${aws_iam_group.g.name}", "policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ec2:Describe*\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#""g""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_group": {"g": {"name": "g"}}, "aws_iam_group_policy_attachment": {"a": {"group": "g", "policy_arn": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}}}}"#,
            at: &[r#""g""#],
        },
    ],
    check,
};

/// The keys that say whether, and how long ago, a second factor was used.
const KEYS: [&str; 2] = ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for block in subject.blocks.iter().filter(|block| block.is_resource("aws_iam_group")) {
        let address = block.address();
        let Some(group) = subject.identities.iter().find(|identity| identity.address == address) else {
            continue; // it has no policies
        };
        if !statements(group).any(Statement::allows) {
            continue; // it grants nothing that is known; what is not known is reported where it is read
        }
        let later = statements(group).find_map(|statement| match &statement.condition {
            Known::Later(later) => Some(later),
            Known::Is(_) | Known::Absent => None,
        });
        if statements(group).any(asks) {
            continue; // a second factor decides
        }
        match later {
            Some(later) => {
                judgement.undecided(later.span, "whether this asks for a second factor is known only later");
            }
            None => {
                let message = "members of this group need no second factor for what it grants";
                judgement.report(Finding::new(&RULE, block.span, address, message));
            }
        }
    }
}

fn statements(group: &Identity) -> impl Iterator<Item = &Statement> {
    group.grants.iter().flat_map(|policy| &policy.statements)
}

fn asks(statement: &Statement) -> bool {
    KEYS.iter().any(|key| statement.conditions_on(key).next().is_some())
}
