//! `secretsmanager:Get*`, `s3:P*`: a wildcard that takes in more than its name says.

use crate::iam::PolicyKind::Identity;
use crate::iam::catalogue::Level;
use crate::iam::grant::{Concern, Entry, Grant, Named, Reach, Width, list, tally};
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
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"kms:Decrypt\", \"kms:GenerateDataKey*\"], \"Resource\": \"${aws_kms_key.k.arn}\"}}"}}}}"#,
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

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, _, grant) in subject.grants(&[Identity]) {
        for entry in grant.entries.iter().filter(|entry| is_unknown(entry, grant)) {
            let why = "the service of this action is not in the catalogue of actions";
            judgement.undecided(entry.text.span(), why);
        }
        for entry in grant.entries.iter().filter(|entry| is_judged_here(entry, grant)) {
            if let Some(message) = hidden(entry) {
                let finding = Finding::new(&RULE, entry.text.span(), &policy.address, message);
                judgement.report(finding);
            }
        }
    }
}

/// Patterns that AWS's own guide writes for users of a key, and whose actions are one power (KMS developer guide, "Allows key
/// users to use the KMS key").
const DOCUMENTED: &[&str] = &["kms:GenerateDataKey*", "kms:ReEncrypt*"];

/// What is worse than a pattern, on every resource, is another rule's.
fn is_judged_here(entry: &Entry, grant: &Grant) -> bool {
    if DOCUMENTED.iter().any(|pattern| pattern.eq_ignore_ascii_case(entry.text.as_str())) {
        return false;
    }
    let is_elsewhere = matches!(grant.reach, Reach::Every(_)) && entry.concern().is_some();
    entry.width == Width::Pattern && !is_elsewhere
}

/// On every resource another rule says so.
fn is_unknown(entry: &Entry, grant: &Grant) -> bool {
    let is_pattern = entry.text.literal().is_some_and(pattern::is_wild);
    entry.width == Width::Unknown && is_pattern && matches!(grant.reach, Reach::Some)
}

fn hidden(entry: &Entry) -> Option<String> {
    let text = entry.text.as_str();
    let means = format!("`{text}` means {}", tally(&entry.actions));
    let of_level = |level: Level| -> Vec<Named> {
        entry.actions.iter().filter(|named| named.action.level == Some(level)).copied().collect()
    };
    let returning: Vec<Named> = [Concern::Credentials, Concern::Secrets]
        .into_iter()
        .flat_map(|concern| entry.of_concern(concern).copied())
        .collect();
    let (permissions, writing) = (of_level(Level::Permissions), of_level(Level::Write));
    if let [first, ..] = permissions.as_slice() {
        return Some(format!("{means}; `{}` changes permissions", first.name()));
    }
    if !returning.is_empty() {
        return Some(format!("{means}; secrets or credentials come from {}", list(&returning)));
    }
    (!writing.is_empty()).then_some(means)
}
