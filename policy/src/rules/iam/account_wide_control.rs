//! Resources that a whole account may do everything with.

use std::collections::BTreeSet;

use crate::iam::PolicyKind::Resource;
use crate::iam::arn::Arn;
use crate::iam::grant::{Concern, Entry, Grant, Width};
use crate::iam::{self, Policy, Principal, Statement};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::text::Text;

pub(crate) static RULE: Rule = Rule {
    id: "IAM072",
    name: "account-wide-control",
    summary: "another account may do everything with a resource, or change who may use it",
    rationale: "The account's `root` means everybody there whom its administrators let, now and later. With every action of the \
                service they delete the resource, and with those that change permissions they admit others: it is theirs then, \
                as much as yours.",
    remedy: "name the actions that the account needs, and the roles there that need them; or test `aws:PrincipalArn`, within an \
             organization `aws:PrincipalOrgID`. Your own account needs no such statement: its policies decide already",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_s3_bucket_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": [\"s3:GetObject\", \"s3:ListBucket\"], \"Resource\": [\"arn:aws:s3:::b\", \"arn:aws:s3:::b/*\"]}}"}}}}"#,
        r#"{"resource": {"aws_kms_key": {"k": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}}"}}}}"#,
        r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"sqs:*\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:q\"}}"}}}}"#,
        r#"{"resource": {"aws_s3_bucket_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::b/*\", \"Condition\": {\"ArnEquals\": {\"aws:PrincipalArn\": \"arn:aws:iam::111122223333:role/backup\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_s3_bucket_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"s3:*\", \"Resource\": [\"arn:aws:s3:::b\", \"arn:aws:s3:::b/*\"]}}"}}}}"#,
            at: &[r#"\"arn:aws:iam::111122223333:root\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_s3_bucket_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": [\"111122223333\"]}, \"Action\": [\"s3:GetObject\", \"s3:PutBucketPolicy\"], \"Resource\": [\"arn:aws:s3:::b\", \"arn:aws:s3:::b/*\"]}}"}}}}"#,
            at: &[r#"\"111122223333\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_kms_key": {"k": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}, {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}]}"}}}}"#,
            at: &[r#"\"arn:aws:iam::111122223333:root\""#],
        },
        Bad {
            document: r#"{"provider": {"aws": {"allowed_account_ids": ["444455556666"]}}, "resource": {"aws_kms_key": {"k": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"arn:aws:iam::111122223333:root\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    let declared = iam::own_accounts(&subject.blocks);
    for (policy, statement, grant) in subject.grants(&[Resource]) {
        let Some(what) = control(grant) else {
            continue; // it uses the resource, and no more
        };
        let own: BTreeSet<&str> = declared.iter().copied().chain(named(policy)).collect();
        let principals = statement.principal.known().into_iter().flatten();
        for principal in principals.filter(|principal| is_foreign(principal, &own, policy)) {
            if let Known::Later(later) = &statement.condition {
                judgement
                    .undecided(later.span, "whether this condition narrows the account is known only later");
            } else if !statement.narrows_accounts() {
                let message = format!(
                    "everybody in this account whom its administrators let may {what}, and change who else may"
                );
                judgement.report(Finding::new(&RULE, principal.id.span(), &policy.address, message));
            }
        }
    }
}

/// What a statement allows that makes its principal the master of the resource.
fn control(grant: &Grant) -> Option<String> {
    let masters = |entry: &&Entry| {
        matches!(entry.width, Width::EveryAction | Width::WholeService)
            || entry.concern() == Some(Concern::Permissions)
    };
    let entry = grant.entries.iter().find(masters)?;
    Some(format!("do `{}`", entry.text.as_str()))
}

/// The accounts of the resources that a policy names: a resource's policy is about that one, in its own account.
fn named(policy: &Policy) -> impl Iterator<Item = &str> {
    let resources = policy.statements.iter().flat_map(Statement::resources);
    resources.filter_map(|text| Some(account_of(text)?).filter(|account| !account.is_empty()))
}

fn account_of(text: &Text) -> Option<&str> {
    text.as_str().get(Arn::of(text)?.account)
}

/// Whether a principal is an account as a whole, and another one than that of the resource.
fn is_foreign(principal: &Principal, own: &BTreeSet<&str>, policy: &Policy) -> bool {
    let Some(account) = principal.whole_account() else {
        return false; // somebody of an account, or one whose number comes later: mostly one's own
    };
    // The policy of a key hands control to its own account, which it mostly names by its number (KMS developer guide, "Default
    // key policy"). It does so once.
    let is_key = policy.carrier.starts_with("aws_kms_");
    let others = policy.statements.iter().flat_map(Statement::named_principals);
    let is_other = |other: &Principal| other.kind == "AWS" && other.id.as_str().ends_with(":root");
    let mut others = others.filter(|other| is_other(other) && other.whole_account() != Some(account));
    !own.contains(account) && (!is_key || !own.is_empty() || others.next().is_some())
}
