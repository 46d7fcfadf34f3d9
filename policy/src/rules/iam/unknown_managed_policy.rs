//! ARNs of managed policies that AWS does not have.

use command_line::nearest;

use crate::iam::Purpose;
use crate::iam::catalogue::{managed_policies, managed_policy};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM047",
    name: "unknown-managed-policy",
    summary: "an AWS managed policy is attached that AWS does not have",
    rationale: "The name is wrong, its path is missing, or AWS has withdrawn the policy: a new attachment is refused, and \
                what an old one allows nobody maintains.",
    remedy: "take the ARN from AWS's list of managed policies",
    sources: &[
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-deprecated.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}}}}"#,
        r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::111122223333:policy/own"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_role_policy_attachment": {"a": {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole"}}}}"#,
            at: &[r#""arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"permissions_boundary": "arn:aws:iam::aws:policy/AmazonS3ReadonlyAcess"}}}}"#,
            at: &[r#""arn:aws:iam::aws:policy/AmazonS3ReadonlyAcess""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for attachment in &subject.attachments {
        let policy = match &attachment.policy {
            Known::Is(policy) => policy.of_aws(),
            Known::Later(_) => {
                // What only limits grants nothing.
                if attachment.purpose == Purpose::Grant {
                    judgement.undecided(attachment.span, "which policy is attached is known only later");
                }
                continue;
            }
            Known::Absent => continue,
        };
        let Some(policy) = policy else {
            continue; // declared here, or of the account, which is undecided where identities are judged
        };
        if subject.managed(attachment).is_none() {
            let name = policy.rsplit('/').next().unwrap_or_default();
            let message = format!("AWS has no managed policy `{name}` of this path");
            let finding = Finding::new(&RULE, attachment.span, attachment.address.as_str(), message);
            let meant = nearest(name, managed_policies().map(|policy| policy.name)).and_then(managed_policy);
            judgement.report(match meant {
                Some(policy) => finding.instead(format!("`{}`, if that is meant", policy.arn())),
                None => finding,
            });
        }
    }
}
