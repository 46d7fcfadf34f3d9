//! `iam:CreateServiceLinkedRole` for every service.

use crate::iam::PolicyKind::Identity;
use crate::iam::{Statement, pattern};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::text::HOLE;

pub(crate) static RULE: Rule = Rule {
    id: "IAM034",
    name: "any-service-linked-role",
    summary: "iam:CreateServiceLinkedRole is allowed for every service",
    rationale: "A service-linked role lets its service act in the account. Who may create any of them may let in services that \
                nobody uses.",
    remedy: "name the role's ARN, `arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*`, or compare `iam:AWSServiceName`",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html#service-linked-role-permissions",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"iam:CreateServiceLinkedRole\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"iam:AWSServiceName\": \"ecs.amazonaws.com\"}}}, {\"Effect\": \"Allow\", \"Action\": \"iam:CreateServiceLinkedRole\", \"Resource\": \"arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*\"}]}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"iam:CreateServiceLinkedRole\", \"ecs:CreateCluster\"], \"Resource\": \"*\"}, {\"Effect\": \"Allow\", \"Action\": \"iam:Create*\", \"NotResource\": \"arn:aws:iam::111122223333:role/a\"}]}"}}}}"#,
        at: &[r#"\"iam:CreateServiceLinkedRole\""#, r#"\"iam:Create*\""#],
    }],
    check,
};

const ACTION: &str = "iam:CreateServiceLinkedRole";

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.allowing(&[Identity]) {
        // Every action of a service is another rule's.
        let creating = statement.actions().find(|text| {
            text.literal().is_some_and(|written| {
                !written.ends_with(":*") && written != "*" && pattern::matches(written, ACTION)
            })
        });
        let Some(text) = creating.filter(|_| is_for_any(statement)) else {
            continue;
        };
        match &statement.condition {
            Known::Later(later) => {
                judgement.undecided(later.span, "whether this condition names a service is known only later")
            }
            Known::Is(_) if statement.conditions_on("iam:AWSServiceName").next().is_some() => {}
            Known::Is(_) | Known::Absent => {
                let what = "this allows to create the role of every service";
                judgement.report(Finding::new(&RULE, text.span(), &policy.address, what));
            }
        }
    }
}

/// Whether the roles of all services are among its resources.
fn is_for_any(statement: &Statement) -> bool {
    const ROLES: [&str; 2] = [
        "arn:aws:iam::111122223333:role/aws-service-role/a.amazonaws.com/A",
        "arn:aws:iam::111122223333:role/aws-service-role/b.amazonaws.com/B",
    ];
    let all = |written: &str| ROLES.iter().all(|role| pattern::matches(written, role));
    // Of accounts and partitions that are known only later no role is left out.
    let named = statement.resources().any(|text| {
        let written = text.as_str();
        (written.starts_with("arn:") || text.literal().is_some()) && all(&written.replace(HOLE, "*"))
    });
    named || matches!(statement.not_resource, Known::Is(_))
}
