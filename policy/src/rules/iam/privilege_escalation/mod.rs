//! Principals that can give themselves more than they were given.

mod administrator;
mod holder;
mod judge;
mod ways;

use crate::rules::{Bad, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    id: "IAM060",
    name: "privilege-escalation",
    summary: "a principal may do what gives it more permissions than it was given",
    rationale: "Some actions, alone or together, let their holder write its own policies, take over other users or \
                roles, or run code as a role that it could not assume: all that it was denied is then one call away. \
                The policies of a principal count together, and so do denials, its permissions boundary and the \
                groups of a user.",
    remedy: "take out one of the actions; or name in `Resource` what each may be used on, pass roles only to one \
             service (`iam:PassedToService`), and change permissions only within a boundary \
             (`iam:PermissionsBoundary`)",
    sources: &[
        "https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/",
        "https://pathfinding.cloud/paths",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"arn:aws:iam::111122223333:role/task\"}, {\"Effect\": \"Allow\", \"Action\": [\"lambda:CreateFunction\", \"lambda:InvokeFunction\"], \"Resource\": \"*\"}]}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"iam:PassedToService\": \"glue.amazonaws.com\"}}}, {\"Effect\": \"Allow\", \"Action\": [\"lambda:CreateFunction\", \"lambda:InvokeFunction\"], \"Resource\": \"*\"}]}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"iam:CreateAccessKey\", \"Resource\": \"arn:aws:iam::111122223333:user/${aws:username}\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"iam:AttachRolePolicy\", \"iam:PutRolePolicy\"], \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"iam:PermissionsBoundary\": \"arn:aws:iam::111122223333:policy/limit\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"admin": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}}"}}, "aws_iam_role_policy_attachment": {"admin": {"role": "${aws_iam_role.admin.name}", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}}, "aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = [{Effect = \"Allow\", Action = \"iam:PassRole\", Resource = aws_iam_role.admin.arn, Condition = {StringEquals = {\"iam:PassedToService\" = \"lambda.amazonaws.com\"}}}, {Effect = \"Allow\", Action = [\"lambda:CreateFunction\", \"lambda:InvokeFunction\"], Resource = \"arn:aws:lambda:us-east-2:111122223333:function:app-*\"}]})}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"iam:CreatePolicyVersion\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"iam:CreatePolicyVersion\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role_policy": {"a": {"role": "ci", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"*\"}}"}, "b": {"role": "ci", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ec2:*\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"iam:PassRole\""#, r#"\"ec2:*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role_policy": {"own": {"role": "${aws_iam_role.ci.id}", "policy": "${jsonencode({Statement = {Effect = \"Allow\", Action = \"iam:PutRolePolicy\", Resource = aws_iam_role.ci.arn}})}"}}, "aws_iam_role": {"ci": {"name": "ci", "assume_role_policy": null}}}}"#,
            at: &[r#"\"iam:PutRolePolicy\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"admin": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"lambda.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}}"}}, "aws_iam_role_policy_attachment": {"admin": {"role": "${aws_iam_role.admin.name}", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}}, "aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = [{Effect = \"Allow\", Action = \"iam:PassRole\", Resource = aws_iam_role.admin.arn, Condition = {StringEquals = {\"iam:PassedToService\" = \"lambda.amazonaws.com\"}}}, {Effect = \"Allow\", Action = [\"lambda:CreateFunction\", \"lambda:InvokeFunction\"], Resource = \"arn:aws:lambda:us-east-2:111122223333:function:app-*\"}]})}"}}}}"#,
            at: &[r#"\"iam:PassRole\""#],
        },
    ],
    check: judge::check,
};

/// Whether an action alone is a way to more permissions.
pub(in crate::rules) fn is_way(action: &str) -> bool {
    ways::all().any(|way| matches!(way.steps, [step] if step.action() == action))
}
