//! Actions that only `*` allows, beside ARNs.

use crate::iam::PolicyKind::{Boundary, Identity};
use crate::iam::actions::{self, Scope};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM038",
    name: "action-without-resource-level",
    summary: "an action that cannot be limited to resources stands in a statement with ARNs",
    rationale: "A request for an action without a resource level is a request for `*`, which no ARN matches: the statement \
                neither allows nor denies it.",
    remedy: "put the action in a statement of its own with `\"Resource\": \"*\"`",
    sources: &[
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:ListAllMyBuckets\", \"ecr:GetAuthorizationToken\"], \"Resource\": \"*\"}, {\"Effect\": \"Allow\", \"Action\": [\"s3:List*\", \"logs:DescribeLogGroups\"], \"Resource\": \"arn:aws:s3:::b\"}]}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = {Effect = \"Allow\", Action = [\"ecr:GetAuthorizationToken\"], Resource = var.resources}})}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"ecr:GetAuthorizationToken\", \"ecr:BatchGetImage\"], \"Resource\": \"arn:aws:ecr:us-east-2:111122223333:repository/r\"}}"}}}}"#,
        at: &[r#"\"ecr:GetAuthorizationToken\""#],
    }],
    check,
};

/// Has a resource, whatever the reference says: it is denied "on resource: arn:aws:logs:…:log-group::log-stream:" (AWS re:Post,
/// "DescribeLogGroups").
const WITH_RESOURCE: &[&str] = &["logs:DescribeLogGroups"];

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in
        subject.statements().filter(|(policy, _)| matches!(policy.kind, Identity | Boundary))
    {
        let Known::Is(resources) = &statement.resource else {
            continue; // negated, or known only later
        };
        // What begins with something that is known only later, or with a star, may be `*`.
        let only_arns = resources.texts.iter().all(|text| text.as_str().starts_with("arn:"));
        if resources.texts.is_empty() || !only_arns {
            continue;
        }
        for text in statement.actions() {
            let Some((_, found)) = text.literal().and_then(actions::of_service) else {
                continue; // another rule's, or known only later
            };
            let unlimited = !found.is_empty()
                && found.iter().all(|action| action.level.is_some() && action.scope() == Scope::Any);
            if unlimited && !WITH_RESOURCE.iter().any(|name| name.eq_ignore_ascii_case(text.as_str())) {
                let what =
                    format!("`{}` has no resource level, and no ARN allows or denies it", text.as_str());
                judgement.report(Finding::new(&RULE, text.span(), &policy.address, what));
            }
        }
    }
}
