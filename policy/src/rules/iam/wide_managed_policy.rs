//! AWS managed policies that read data, or change much.

use crate::iam::grant::Managed;
use crate::rules::breadth::report_managed;
use crate::rules::{Bad, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM046",
    name: "wide-managed-policy",
    summary: "an AWS managed policy is attached that reads the data of every resource, or changes them",
    rationale: "AWS's managed policies cover every resource of the account, since they cannot know yours. What the \
                document of this one allows is judged, not its name.",
    remedy: "attach a policy of your own that names the actions and the ARNs",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"}}}}"#,
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"}}}}"#,
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:${data.aws_partition.p.partition}:iam::aws:policy/AmazonS3ReadOnlyAccess"}}}}"#,
            at: &[r#""arn:${data.aws_partition.p.partition}:iam::aws:policy/AmazonS3ReadOnlyAccess""#],
        },
        Bad {
            document: r#"{"resource": {"aws_ssoadmin_managed_policy_attachment": {"a": {"managed_policy_arn": "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser"}}}}"#,
            at: &[r#""arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    report_managed(&RULE, wide, subject, judgement);
}

fn wide(comes_to: &Managed) -> Option<&str> {
    match comes_to {
        Managed::Reaches(what) => Some(what),
        _ => None,
    }
}
