//! ARNs with `*` for account or region.

use crate::iam::PolicyKind::Identity;
use crate::iam::arn::Arn;
use crate::iam::pattern;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::text::Text;

pub(crate) static RULE: Rule = Rule {
    id: "IAM008",
    name: "wildcard-account-or-region",
    summary: "an ARN in an Allow statement has a wildcard for its account or region, or for all of its resource",
    rationale: "The statement reaches the same kind of resource everywhere: in other regions, in every account that \
                shares with this one, or all of a type such as every secret.",
    remedy: "write the account and region, or refer to the resource's own `arn`",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::bucket/*\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"secretsmanager:GetSecretValue\", \"Resource\": \"arn:aws:secretsmanager:us-east-2:${data.aws_caller_identity.me.account_id}:secret:app/token-??????\"}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"secretsmanager:GetSecretValue\", \"Resource\": \"arn:aws:secretsmanager:*:*:secret:*\"}}"}}}}"#,
            at: &[r#"\"arn:aws:secretsmanager:*:*:secret:*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"secretsmanager:GetSecretValue\", \"Resource\": \"arn:aws:secretsmanager:us-east-2:111122223333:secret:*\"}}"}}}}"#,
            at: &[r#"\"arn:aws:secretsmanager:us-east-2:111122223333:secret:*\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Identity]) {
        for resource in statement.resources() {
            let wild = wild_parts(resource);
            if !wild.is_empty() {
                let message = format!("this ARN reaches {}", wild.join(" and "));
                judgement.report(Finding::new(&RULE, resource.span(), &policy.address, message));
            }
        }
    }
}

fn wild_parts(text: &Text) -> Vec<&'static str> {
    let Some(arn) = Arn::of(text) else {
        return Vec::new();
    };
    let part = |range| text.as_str().get(range).unwrap_or_default();
    let mut wild = Vec::new();
    if part(arn.region) == "*" {
        wild.push("every region");
    }
    if pattern::is_wild(part(arn.account)) {
        wild.push("every account");
    }
    let resource = part(arn.resource);
    // `type/*`, `type:*` or `*`: nothing is left that names one resource.
    let name = resource.split_once([':', '/']).map_or(resource, |(_, name)| name);
    let is_bucket_content = part(arn.service) == "s3" && resource != "*";
    if matches!(name, "*" | "*:*" | "*/*") && !is_bucket_content {
        wild.push("every resource of its type");
    }
    wild
}
