//! ARNs with `*` for account or region.

use crate::iam::PolicyKind::Identity;
use crate::iam::grant::{Grant, Named, picks_resources};
use crate::iam::wide::{self, Wide};
use crate::rules::breadth::PICKS_LATER;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

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
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ec2:DeleteTags\", \"Resource\": \"arn:aws:ec2:*:*:instance/*\", \"Condition\": {\"StringEquals\": {\"aws:ResourceTag/team\": \"shop\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"iam:CreateServiceLinkedRole\", \"Resource\": \"arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ec2:RunInstances\", \"Resource\": [\"arn:aws:ec2:us-east-2:111122223333:instance/*\", \"arn:aws:ec2:us-east-2::image/*\"]}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::bucket/*\"}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"secretsmanager:GetSecretValue\", \"Resource\": \"arn:aws:secretsmanager:us-east-2:${data.aws_caller_identity.me.account_id}:secret:app/token-??????\"}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::*/*\"}}"}}}}"#,
            at: &[r#"\"arn:aws:s3:::*/*\""#],
        },
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
    for (policy, statement, grant) in subject.grants(&[Identity]) {
        for resource in statement.resources() {
            let wide = wide::parts(resource, &actions(grant));
            if wide.is_empty() {
                continue; // it names something
            }
            match picks_resources(statement) {
                Err(later) => {
                    judgement.undecided(later.span, PICKS_LATER);
                }
                Ok(true) => {}
                Ok(false) => {
                    let parts: Vec<String> = wide.iter().map(Wide::to_string).collect();
                    let message = format!("this ARN reaches {}", parts.join(" and "));
                    judgement.report(Finding::new(&RULE, resource.span(), &policy.address, message));
                }
            }
        }
    }
}

fn actions(grant: &Grant) -> Vec<Named> {
    grant.entries.iter().flat_map(|entry| &entry.actions).copied().collect()
}
