//! What policies of organizations do not take.

use crate::iam::{Effect, Policy, PolicyKind, Statement};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "IAM032",
    name: "invalid-organization-policy",
    summary: "a service or resource control policy has an element that its kind does not take",
    rationale: "AWS Organizations refuses principals in service control policies; in resource control policies it takes `Deny` \
                for the principal `*` only, and no `NotAction`.",
    remedy: "write what the kind of policy takes",
    sources: &[
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html",
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_organizations_policy": {"s": {"content": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"}}"}, "r": {"type": "RESOURCE_CONTROL_POLICY", "content": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}"}, "u": {"type": "${var.type}", "content": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_organizations_policy": {"s": {"type": "SERVICE_CONTROL_POLICY", "content": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}"}, "r": {"type": "RESOURCE_CONTROL_POLICY", "content": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\"}, {\"Effect\": \"Deny\", \"Principal\": {\"AWS\": \"111122223333\"}, \"NotAction\": \"s3:*\", \"Resource\": \"*\"}]}"}}}}"#,
        at: &["{", "{", r#"\"111122223333\""#, r#"\"NotAction\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in
        subject.statements().filter(|(policy, _)| policy.kind == PolicyKind::Organization)
    {
        let block = subject.blocks.iter().find(|block| block.address() == policy.address);
        let faults = match block.map(|block| block.argument("type")) {
            Some(Known::Is(kind)) if kind.literal() == Some("RESOURCE_CONTROL_POLICY") => {
                of_resources(statement)
            }
            // hashicorp/aws takes one without a type for a service control policy.
            Some(Known::Absent) => of_services(statement),
            Some(Known::Is(kind)) if kind.literal() == Some("SERVICE_CONTROL_POLICY") => {
                of_services(statement)
            }
            Some(Known::Is(_) | Known::Later(_)) | None => Vec::new(),
        };
        report(policy, faults, judgement);
    }
}

type Fault = (Span, &'static str, &'static str);

fn report(policy: &Policy, faults: Vec<Fault>, judgement: &mut Judgement) {
    for (span, what, instead) in faults {
        judgement.report(Finding::new(&RULE, span, &policy.address, what).instead(instead));
    }
}

fn of_services(statement: &Statement) -> Vec<Fault> {
    let none = matches!((&statement.principal, &statement.not_principal), (Known::Absent, Known::Absent));
    let what = "a service control policy has no principals";
    let instead = "remove the principal; compare `aws:PrincipalArn` in a condition where it is meant";
    if none { Vec::new() } else { vec![(statement.span.opening(), what, instead)] }
}

fn of_resources(statement: &Statement) -> Vec<Fault> {
    let mut faults = Vec::new();
    if statement.effect == Known::Is(Effect::Allow) {
        let what = "a resource control policy only denies";
        faults.push((statement.span.opening(), what, "write `\"Effect\": \"Deny\"`"));
    }
    if let Known::Is(entries) = &statement.not_action {
        faults.push((
            entries.span,
            "a resource control policy has no `NotAction`",
            "list the actions in `Action`",
        ));
    }
    let named = statement.named_principals();
    faults.extend(named.filter(|principal| principal.id.literal().is_some_and(|id| id != "*")).map(
        |principal| {
            let instead = "write `\"Principal\": \"*\"`, and compare `aws:PrincipalArn` in a condition";
            (principal.id.span(), "the principal of a resource control policy is `*`", instead)
        },
    ));
    faults
}
