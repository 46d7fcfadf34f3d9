//! Policies of people, rather than of their groups.

use std::collections::BTreeSet;

use crate::iam::{Principals, holders};
use crate::known::Known;
use crate::node::Value;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::terraform::Block;

pub(crate) static RULE: Rule = Rule {
    id: "IAM064",
    name: "policy-on-user",
    summary: "a managed policy is attached to a user, or a policy is written into one who signs in with a password",
    rationale: "What users may do is then spread over the users: nobody sees it together, and who leaves a team keeps \
                it.",
    remedy: "attach the policy to a group, or to a role that people assume",
    sources: &["https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-2"],
    severity: Severity::Suggestion,
    good: &[
        r#"{"resource": {"aws_iam_group_policy_attachment": {"a": {"group": "g", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}}}"#,
        r#"{"resource": {"aws_iam_user": {"machine": {"name": "m"}}, "aws_iam_user_policy": {"p": {"user": "m", "policy": "{\"Version\": \"2012-10-17\", \"Statement\": []}"}}}}"#,
        r#"{"resource": {"aws_iam_policy_attachment": {"a": {"name": "a", "roles": ["r"], "users": [], "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_user_login_profile": {"l": {"user": "u"}}, "aws_iam_user_policy": {"p": {"user": "u", "policy": "{\"Version\": \"2012-10-17\", \"Statement\": []}"}}}}"#,
            at: &[r#""p""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy_attachment": {"a": {"name": "a", "users": ["u"], "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}}}"#,
            at: &[r#""a""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    let profiles = subject.blocks.iter().filter(|block| block.is_resource("aws_iam_user_login_profile"));
    let principals = Principals::of(&subject.blocks);
    let people: BTreeSet<String> = profiles.flat_map(|block| holders(block, &principals)).collect();
    for block in &subject.blocks {
        let is_a_persons = block.is_resource("aws_iam_user_policy_attachment")
            || block.is_resource("aws_iam_policy_attachment") && names_users(block, judgement)
            || block.is_resource("aws_iam_user_policy")
                && holders(block, &principals).iter().any(|holder| people.contains(holder));
        if is_a_persons {
            let message = "this policy is a user's own";
            judgement.report(Finding::new(&RULE, block.span, block.address(), message));
        }
    }
}

fn names_users(block: &Block, judgement: &mut Judgement) -> bool {
    match block.argument("users") {
        Known::Absent => false,
        Known::Is(node) => !matches!(&node.value, Value::List(users) if users.is_empty()),
        Known::Later(later) => {
            judgement.undecided(later.span, "which users this is attached to is known only later");
            false
        }
    }
}
