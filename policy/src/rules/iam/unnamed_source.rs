//! Resource policies that let a service act for anyone.

use crate::iam::PolicyKind::Resource;
use crate::iam::Statement;
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::terraform::Block;
use crate::text::Text;

pub(crate) static RULE: Rule = Rule {
    id: "IAM065",
    name: "service-without-source",
    summary: "a service may use the resource on behalf of anyone",
    rationale: "A service acts for every account that asks it. Without a condition on the source, somebody else's bucket, \
                topic or rule makes the service write to this resource or call it: the confused deputy.",
    remedy: "test `aws:SourceArn` for the resource that sends, or `aws:SourceAccount` for its account",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention",
        "https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"sns.amazonaws.com\"}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"Condition\": {\"ArnEquals\": {\"aws:SourceArn\": \"arn:aws:sns:us-east-2:111122223333:t\"}}}}"}}}}"#,
        r#"{"resource": {"aws_lambda_permission": {"p": {"action": "lambda:InvokeFunction", "function_name": "f", "principal": "s3.amazonaws.com", "source_arn": "${aws_s3_bucket.b.arn}"}}}}"#,
        r#"{"resource": {"aws_kms_key": {"k": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"logs.us-east-1.amazonaws.com\"}, \"Action\": \"kms:Decrypt\", \"Resource\": \"*\", \"Condition\": {\"ArnLike\": {\"kms:EncryptionContext:aws:logs:arn\": \"arn:aws:logs:us-east-1:111122223333:*\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"sns.amazonaws.com\"}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"sns.amazonaws.com\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_lambda_permission": {"p": {"action": "lambda:InvokeFunction", "function_name": "f", "principal": "events.amazonaws.com"}}}}"#,
            at: &[r#""events.amazonaws.com""#],
        },
        Bad {
            document: r#"{"resource": {"aws_sns_topic_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"s3.amazonaws.com\"}, \"Action\": \"sns:Publish\", \"Resource\": \"*\", \"Condition\": {\"ArnLike\": {\"aws:SourceArn\": \"arn:aws:s3:*:*:*\"}}}}"}}}}"#,
            at: &[r#"\"s3.amazonaws.com\""#],
        },
    ],
    check,
};

/// The services whose policies take conditions on the source, by the prefix of their actions: each one's guide shows them
/// ("Cross-service confused deputy prevention", or the examples of its resource policies).
const SERVICES: &[&str] = &["kms", "lambda", "s3", "secretsmanager", "sns", "sqs"];

/// The services that AWS's guide lets in without (Elastic Load Balancing user guide, "Access logs for your Application Load
/// Balancer").
const WITHOUT: &[&str] = &["logdelivery.elasticloadbalancing.amazonaws.com"];

const MESSAGE: &str = "this service may use the resource on behalf of any account";

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Resource]) {
        if !statement.actions().any(takes_sources) {
            continue;
        }
        let principals = statement.principal.known().into_iter().flatten();
        for service in
            principals.filter(|principal| principal.kind == "Service" && needs_source(&principal.id))
        {
            if let Known::Later(later) = &statement.condition {
                judgement
                    .undecided(later.span, "whether this condition names the source is known only later");
            } else if !is_limited(statement) {
                judgement.report(Finding::new(&RULE, service.id.span(), &policy.address, MESSAGE));
            }
        }
    }
    let permissions = subject.blocks.iter().filter(|block| block.is_resource("aws_lambda_permission"));
    permissions.for_each(|block| permission(block, judgement));
}

fn takes_sources(action: &Text) -> bool {
    let service = action.as_str().split(':').next().unwrap_or_default();
    service == "*" || SERVICES.iter().any(|known| known.eq_ignore_ascii_case(service))
}

fn needs_source(service: &Text) -> bool {
    !WITHOUT.contains(&service.as_str())
}

/// A grant that AWS asks for on behalf of its own resources is limited to them (KMS developer guide,
/// "kms:GrantIsForAWSResource").
fn is_limited(statement: &Statement) -> bool {
    statement.names_source() || statement.conditions_on("kms:GrantIsForAWSResource").next().is_some()
}

/// `aws_lambda_permission` says the same without a document.
fn permission(block: &Block, judgement: &mut Judgement) {
    let sources = ["source_arn", "source_account", "principal_org_id", "event_source_token"];
    let is_limited = sources.iter().any(|argument| match block.argument(argument) {
        Known::Absent => false,
        Known::Is(node) => node.literal() != Some(""),
        Known::Later(_) => true,
    });
    match block.argument("principal") {
        Known::Is(node) if !is_limited => {
            // An account or `*` is no service.
            if node.literal().is_some_and(|text| text.ends_with(".amazonaws.com")) {
                let finding = Finding::new(&RULE, node.span, block.address(), MESSAGE);
                judgement.report(finding.instead("set `source_arn`, or `source_account`"));
            }
        }
        // One that is known only later is reported by the rule on anyone.
        Known::Is(_) | Known::Later(_) | Known::Absent => {}
    }
}
