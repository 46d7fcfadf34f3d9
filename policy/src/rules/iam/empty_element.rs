//! Elements that list nothing.

use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM031",
    name: "empty-element",
    summary: "an element of a statement lists nothing",
    rationale: "A statement without actions, resources or principals has no effect, and a condition on no value never holds, or \
                always does. What fills the list elsewhere may be missing here.",
    remedy: "say what is meant, or remove the statement",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = [{Effect = \"Deny\", Action = var.actions, Resource = [for b in var.buckets : b.arn]}]})}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\": [], \"Resource\": []}, {\"Effect\": \"Deny\", \"Action\": \"sqs:*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:PrincipalTag/team\": []}}}, {\"Effect\": \"Deny\", \"Action\": \"sns:*\", \"Resource\": \"*\", \"Condition\": {}}]}"}}}}"#,
            at: &[r#"\"Action\""#, r#"\"Resource\""#, r#"\"aws:PrincipalTag/team\""#, "{"],
        },
        Bad {
            document: r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": {\"AWS\": []}, \"Action\": \"sqs:*\", \"Resource\": \"*\"}}"}}}}"#,
            at: &["{"],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements() {
        let mut report = |span, what: String| {
            judgement.report(Finding::new(&RULE, span, &policy.address, what));
        };
        let lists = [
            ("Action", &statement.action),
            ("NotAction", &statement.not_action),
            ("Resource", &statement.resource),
            ("NotResource", &statement.not_resource),
        ];
        for (name, element) in lists {
            if let Known::Is(entries) = element
                && entries.texts.is_empty()
            {
                report(entries.span, format!("`{name}` lists nothing"));
            }
        }
        for (name, principals) in
            [("Principal", &statement.principal), ("NotPrincipal", &statement.not_principal)]
        {
            if principals.known().is_some_and(Vec::is_empty) {
                report(statement.span.opening(), format!("`{name}` names nobody"));
            }
        }
        if statement.condition.known().is_some_and(Vec::is_empty) {
            report(statement.span.opening(), "`Condition` has no condition".to_owned());
        }
        for condition in statement.condition.known().into_iter().flatten() {
            if condition.values.is_empty() {
                report(condition.key_span, format!("`{}` is compared with nothing", condition.key));
            }
        }
    }
}
