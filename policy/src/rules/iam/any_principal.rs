//! Trust and resource policies that admit anyone.

use crate::iam::PolicyKind::{Resource, Trust};
use crate::iam::{Condition, Principal, Statement};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM005",
    name: "any-principal",
    summary: "anyone may assume the role or use the resource",
    rationale: "`*` means every AWS account there is, and for many resources callers without an account. Only a \
                condition on who calls or from where takes that back.",
    remedy: "name the accounts, roles or services, or add a condition such as `aws:PrincipalOrgID`, `aws:SourceArn` \
             or `aws:SourceAccount`",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"Condition\": {\"ArnEquals\": {\"aws:SourceArn\": \"arn:aws:sns:us-east-2:111122223333:t\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"lambda.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}}"}}}}"#,
        r#"{"resource": {"aws_s3_bucket_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"aws:SecureTransport\": \"false\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\"}}"}}}}"#,
            at: &[r#"\"*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_lambda_permission": {"p": {"action": "lambda:InvokeFunction", "function_name": "f", "principal": "*"}}}}"#,
            at: &[r#""*""#],
        },
        Bad {
            document: r#"{"resource": {"aws_s3_bucket_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\", \"Condition\": {\"IpAddress\": {\"aws:SourceIp\": \"0.0.0.0/0\"}}}}"}}}}"#,
            at: &[r#"\"*\""#],
        },
    ],
    check,
};

/// Condition keys that say who calls or from where (S3 user guide, "The meaning of public"; IAM
/// user guide, "AWS global condition context keys"), in lower case.
const RESTRICTING: &[&str] = &[
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "aws:username",
    "aws:vpcsourceip",
    "elasticfilesystem:accesspointarn",
    "kms:calleraccount",
    "lambda:eventsourcetoken",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "sns:endpoint",
    "sts:externalid",
];

const INSTEAD: &str =
    "name the account or service in `principal`, or set `source_arn`, `source_account` or `principal_org_id`";

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Resource, Trust]) {
        let Known::Is(principals) = &statement.principal else {
            continue; // a later one is reported by the reader; an absent one admits nobody
        };
        for principal in principals.iter().filter(|principal| is_anyone(principal)) {
            if let Known::Later(later) = &statement.condition {
                judgement.undecided(later.span, "whether this condition restricts `*` is known only later");
            } else if !is_restricted(statement) {
                let message =
                    "every AWS account is a principal of this statement, and no condition says who calls";
                judgement.report(Finding::new(&RULE, principal.id.span(), &policy.address, message));
            }
        }
    }
    permissions(subject, judgement);
}

/// `aws_lambda_permission` says the same without a document.
fn permissions(subject: &Subject, judgement: &mut Judgement) {
    for block in &subject.blocks {
        if !block.is_resource("aws_lambda_permission") {
            continue;
        }
        let restricted = ["source_account", "source_arn", "principal_org_id"]
            .iter()
            .any(|argument| !matches!(block.argument(argument), Known::Absent));
        match block.argument("principal") {
            Known::Is(principal) if principal.literal() == Some("*") && !restricted => {
                let message = "every AWS account may invoke this function";
                let finding = Finding::new(&RULE, principal.span, block.address(), message);
                judgement.report(finding.instead(INSTEAD));
            }
            Known::Later(later) if !restricted => {
                judgement.undecided(later.span, "who may invoke this function is known only later");
            }
            Known::Is(_) | Known::Later(_) | Known::Absent => {}
        }
    }
}

fn is_anyone(principal: &Principal) -> bool {
    matches!(principal.kind.as_str(), "*" | "AWS") && principal.id.literal() == Some("*")
}

fn is_restricted(statement: &Statement) -> bool {
    let conditions = statement.condition.known().into_iter().flatten();
    conditions.into_iter().any(restricts)
}

/// A positive test of a restricting key for something narrower than everything.
fn restricts(condition: &Condition) -> bool {
    let operator = condition.operator.to_ascii_lowercase();
    let key = condition.key.to_ascii_lowercase();
    // An operator on a set or with IfExists also holds where the key is absent.
    let positive = !operator.contains("not")
        && !operator.contains("ifexists")
        && operator != "null"
        && !operator.starts_with("forallvalues");
    let whole = |value: &str| matches!(value, "*" | "0.0.0.0/0" | "::/0" | "arn:aws:*" | "");
    positive
        && (RESTRICTING.contains(&key.as_str()) || key.starts_with("aws:principaltag/"))
        && !condition.values.is_empty()
        && !condition.values.iter().any(|value| value.literal().is_some_and(whole))
}
