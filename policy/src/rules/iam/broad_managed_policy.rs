//! AWS managed policies that grant far more than one application needs.

use crate::iam::{self, Managed, Purpose};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM009",
    name: "broad-managed-policy",
    summary: "a broad AWS managed policy is attached",
    rationale: "AWS's managed policies cover every resource of the account, since they cannot know yours; the ones \
                reported here also let their holder change or delete them.",
    remedy: "attach a policy of your own that names the actions and the ARNs",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}}}}"#,
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "${aws_iam_policy.own.arn}"}}}}"#,
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
    ],
    check,
};

/// Broad policies whose names do not end in `FullAccess` (AWS managed policy reference).
const BROAD: &[&str] = &[
    "AdministratorAccess",
    "AmazonEC2ContainerRegistryPowerUser",
    "AWSAppRunnerFullAccess",
    "DatabaseAdministrator",
    "NetworkAdministrator",
    "PowerUserAccess",
    "SecretsManagerReadWrite",
    "SystemAdministrator",
];

fn check(subject: &Subject, judgement: &mut Judgement) {
    let granting = iam::attachments(&subject.blocks).into_iter();
    for attachment in granting.filter(|attachment| attachment.purpose == Purpose::Grant) {
        let arn = match &attachment.policy {
            Known::Is(Managed::Arn(arn)) => arn.literal(),
            Known::Later(_) => None,
            // Judged where it is declared.
            Known::Is(Managed::Declared(_)) | Known::Absent => continue,
        };
        match arn {
            Some(arn) => {
                if let Some(name) = broad(arn) {
                    let message = format!("the managed policy `{name}` is attached");
                    judgement.report(Finding::new(&RULE, attachment.span, attachment.address, message));
                }
            }
            None => judgement.undecided(attachment.span, "which policy is attached is known only later"),
        }
    }
}

fn broad(arn: &str) -> Option<&str> {
    let (_, path) = arn.split_once(":iam::aws:policy/")?;
    let name = path.rsplit('/').next()?;
    (name.ends_with("FullAccess") || BROAD.contains(&name)).then_some(name)
}
