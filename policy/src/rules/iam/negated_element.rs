//! `NotAction`, `NotResource`, `NotPrincipal` in an Allow.

use crate::iam::PolicyKind::{Identity, Resource, Trust};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM004",
    name: "negated-element",
    summary: "an Allow statement grants everything but what it lists",
    rationale: "With Allow, `NotAction`, `NotResource` and `NotPrincipal` grant all that is not named, including what \
                AWS adds later; they read like a restriction and are the opposite.",
    remedy: "list what is allowed in `Action`, `Resource` or `Principal`; use the negated elements with Deny only",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html"],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"NotAction\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"NotPrincipal\": {\"AWS\": \"111122223333\"}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"111122223333\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Identity, Resource, Trust]) {
        let negated = [("NotAction", &statement.not_action), ("NotResource", &statement.not_resource)];
        let mut found = Vec::new();
        for (name, element) in negated {
            if let Known::Is(entries) = element {
                found.push((name, entries.span));
            }
        }
        if let Known::Is(principals) = &statement.not_principal
            && let Some(first) = principals.first()
        {
            found.push(("NotPrincipal", first.id.span()));
        }
        for (name, span) in found {
            let message = format!("`{name}` in an Allow statement grants everything it does not list");
            judgement.report(Finding::new(&RULE, span, &policy.address, message));
        }
    }
}
