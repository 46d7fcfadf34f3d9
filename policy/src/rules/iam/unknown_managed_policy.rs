//! ARNs of managed policies that AWS does not have.

use crate::iam::catalogue::managed_policies;
use crate::iam::{Managed, Purpose};
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

/// Names that are less alike are not suggested.
const ALIKE: f64 = 0.75;

const LATER: &str = "which policy is attached is known only later";

fn check(subject: &Subject, judgement: &mut Judgement) {
    for attachment in &subject.attachments {
        let known = match &attachment.policy {
            Known::Is(policy @ Managed::Arn(arn)) => policy.of_aws().ok_or(match arn.literal() {
                Some(_) => "what this policy allows is not in the configuration",
                None => LATER,
            }),
            Known::Later(_) => Err(LATER),
            // Judged where it is declared.
            Known::Is(Managed::Declared(_)) | Known::Absent => continue,
        };
        let policy = match known {
            Ok(policy) => policy,
            Err(why) => {
                // What only limits grants nothing.
                if attachment.purpose == Purpose::Grant {
                    judgement.undecided(attachment.span, why);
                }
                continue;
            }
        };
        if subject.managed(attachment).is_none() {
            let name = policy.rsplit('/').next().unwrap_or_default();
            let message = format!("AWS has no managed policy `{name}` of this path");
            let finding = Finding::new(&RULE, attachment.span, attachment.address.as_str(), message);
            judgement.report(match nearest(name) {
                Some(arn) => finding.instead(format!("`{arn}`, if that is meant")),
                None => finding,
            });
        }
    }
}

/// The ARN of the policy whose name is most like this one.
fn nearest(name: &str) -> Option<String> {
    let likeness = |other: &str| strsim::normalized_damerau_levenshtein(name, other);
    let alike = managed_policies().map(|policy| (likeness(policy.name), policy));
    let (likeness, policy) = alike.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (likeness >= ALIKE).then(|| policy.arn())
}
