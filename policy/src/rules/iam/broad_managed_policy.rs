//! AWS managed policies that administer services, permissions or everything.

use crate::iam::grant::Managed;
use crate::rules::breadth::report_managed;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM009",
    name: "broad-managed-policy",
    summary: "an AWS managed policy is attached that allows all of a service, or to change permissions",
    rationale: "AWS's managed policies cover every resource of the account, since they cannot know yours. What the \
                document of this one allows is judged, not its name.",
    remedy: "attach a policy of your own that names the actions and the ARNs",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}}}}"#,
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "${aws_iam_policy.own.arn}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"permissions_boundary": "arn:aws:iam::aws:policy/PowerUserAccess"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}}}}"#,
            at: &[r#""arn:aws:iam::aws:policy/AdministratorAccess""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"managed_policy_arns": ["arn:aws:iam::aws:policy/AmazonS3FullAccess"]}}}}"#,
            at: &[r#""arn:aws:iam::aws:policy/AmazonS3FullAccess""#],
        },
        Bad {
            document: r#"{"data": {"aws_iam_policy": {"p": {"name": "PowerUserAccess"}}}, "resource": {"aws_iam_group_policy_attachment": {"a": {"group": "g", "policy_arn": "${data.aws_iam_policy.p.arn}"}}}}"#,
            at: &["data.aws_iam_policy.p.arn"],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"for_each": "${toset([\"AmazonSQSFullAccess\", \"AmazonEC2ContainerRegistryPullOnly\"])}", "role": "r", "policy_arn": "arn:aws:iam::aws:policy/${each.value}"}}}}"#,
            at: &["AmazonSQSFullAccess"],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_managed(&RULE, wide, subject, judgement);
}

fn wide(comes_to: &Managed) -> Option<&str> {
    match comes_to {
        Managed::Administers(what) => Some(what),
        _ => None,
    }
}
