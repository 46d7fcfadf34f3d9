//! Trust and resource policies that admit anyone.

use crate::access::{self, NewAccess};
use crate::iam::PolicyKind::{Resource, Trust};
use crate::iam::{self, Effect, Policy, Principal, Statement};
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
                continue;
            }
            match access::public(&access::Policy::of(&alone(policy, statement))) {
                NewAccess::None => {}
                NewAccess::Found(_) => {
                    let message = "every AWS account is a principal of this statement, and no condition keeps strangers out";
                    judgement.report(Finding::new(&RULE, principal.id.span(), &policy.address, message));
                }
                // What each unknown value names is nothing of a stranger's.
                NewAccess::Undecided(_) if names_things(statement) => {}
                NewAccess::Undecided(reasons) => {
                    let reasons: Vec<String> = reasons.into_iter().collect();
                    let why = format!("whether anyone is admitted is not known: {}", reasons.join("; "));
                    judgement.undecided(principal.id.span(), why);
                }
            }
        }
    }
    permissions(subject, judgement);
}

/// Whether every value of its conditions that is known only later names one thing.
fn names_things(statement: &Statement) -> bool {
    let conditions = statement.condition.known().into_iter().flatten();
    let mut holes =
        conditions.flat_map(|condition| &condition.values).flat_map(|value| value.holes()).peekable();
    holes.peek().is_some() && holes.all(iam::names_one_thing)
}

/// What a statement allows, as far as the policy does not deny it.
fn alone(policy: &Policy, statement: &Statement) -> Policy {
    let denials = policy.statements.iter().filter(|other| other.effect == Known::Is(Effect::Deny));
    Policy { statements: denials.chain([statement]).cloned().collect(), ..policy.clone() }
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
