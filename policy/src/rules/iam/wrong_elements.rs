//! Elements that a statement lacks, or may not have.

use crate::iam::PolicyKind::{Boundary, Identity, Resource, Trust};
use crate::iam::{Entries, Policy, Principal, Statement};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "IAM014",
    name: "wrong-elements",
    summary: "a statement lacks an element, or has one that its kind of policy does not take",
    rationale: "AWS refuses a statement without an action, an identity policy without resources or with a principal, a \
                resource policy without a principal, a trust policy with resources, and an element beside its opposite.",
    remedy: "give the statement the elements that its kind of policy takes",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"NotAction\": \"iam:*\", \"NotResource\": \"arn:aws:s3:::b\"}}"}}}}"#,
        r#"{"resource": {"aws_ecr_repository_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"ecr:BatchGetImage\"}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Resource\": \"*\"}, {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\"}]}"}}}}"#,
            at: &["{", "{"],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"sqs:SendMessage\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"111122223333\""#, r#"\"NotAction\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_sqs_queue_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}}"}}}}"#,
            at: &["{"],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"lambda.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}}"}}}}"#,
            at: &[r#"\"Resource\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements() {
        let mut report = |span: Span, what: &str, instead: &str| {
            judgement.report(Finding::new(&RULE, span, &policy.address, what).instead(instead));
        };
        for (span, what, instead) in lacking(policy, statement) {
            report(span, what, instead);
        }
        for (span, what, instead) in opposites(statement).into_iter().chain(misplaced(policy, statement)) {
            report(span, what, instead);
        }
    }
}

type Fault = (Span, &'static str, &'static str);

/// What is not there; the opening brace stands for the statement.
fn lacking(policy: &Policy, statement: &Statement) -> Vec<Fault> {
    let opening = statement.span.opening();
    let absent = |one: bool, other: bool| !one && !other;
    let mut faults = Vec::new();
    if absent(is_there(&statement.action), is_there(&statement.not_action)) {
        faults.push((
            opening,
            "this statement has no `Action`",
            "add `Action` with the actions that are called",
        ));
    }
    let takes_resources = matches!(policy.kind, Identity | Boundary);
    if takes_resources && absent(is_there(&statement.resource), is_there(&statement.not_resource)) {
        let what = "this statement has no `Resource`";
        faults.push((opening, what, "add `Resource` with the ARNs that the actions are for"));
    }
    let takes_principals = matches!(policy.kind, Resource | Trust);
    if takes_principals && absent(is_there(&statement.principal), is_there(&statement.not_principal)) {
        let what = "this statement has no `Principal`: it says for nobody what they may do";
        faults.push((opening, what, "add `Principal`, such as `{\"Service\": \"lambda.amazonaws.com\"}`"));
    }
    faults
}

/// Elements beside their opposites.
fn opposites(statement: &Statement) -> Vec<Fault> {
    let mut faults = Vec::new();
    if is_there(&statement.action) && is_there(&statement.not_action) {
        let what = "a statement has `Action` or `NotAction`, not both";
        faults.push((place(&statement.not_action, statement), what, "keep `Action`"));
    }
    if is_there(&statement.resource) && is_there(&statement.not_resource) {
        let what = "a statement has `Resource` or `NotResource`, not both";
        faults.push((place(&statement.not_resource, statement), what, "keep `Resource`"));
    }
    if is_there(&statement.principal) && is_there(&statement.not_principal) {
        let what = "a statement has `Principal` or `NotPrincipal`, not both";
        faults.push((named(&statement.not_principal, statement), what, "keep `Principal`"));
    }
    faults
}

/// Elements that the kind of policy does not take.
fn misplaced(policy: &Policy, statement: &Statement) -> Vec<Fault> {
    let mut faults = Vec::new();
    if matches!(policy.kind, Identity | Boundary) {
        for principals in
            [&statement.principal, &statement.not_principal].into_iter().filter(|one| is_there(one))
        {
            let what = "an identity policy has no principal: it is for whoever it is attached to";
            let instead = "remove the principal, or put the statement in the policy of the resource";
            faults.push((named(principals, statement), what, instead));
        }
    }
    if policy.kind == Trust {
        for entries in [&statement.resource, &statement.not_resource].into_iter().filter(|one| is_there(one))
        {
            let what = "a trust policy has no resource: it is about its role";
            faults.push((place(entries, statement), what, "remove the element"));
        }
        if is_there(&statement.not_principal) {
            let what = "a trust policy has no `NotPrincipal`";
            let instead = "name who may assume the role in `Principal`";
            faults.push((named(&statement.not_principal, statement), what, instead));
        }
    }
    faults
}

/// An element whose value is known only later is there.
fn is_there<T>(element: &Known<T>) -> bool {
    !matches!(element, Known::Absent)
}

fn place(entries: &Known<Entries>, statement: &Statement) -> Span {
    match entries {
        Known::Is(entries) => entries.span,
        Known::Later(later) => later.span,
        Known::Absent => statement.span.opening(),
    }
}

fn named(principals: &Known<Vec<Principal>>, statement: &Statement) -> Span {
    match principals {
        Known::Is(principals) => {
            principals.first().map_or(statement.span.opening(), |principal| principal.id.span())
        }
        Known::Later(later) => later.span,
        Known::Absent => statement.span.opening(),
    }
}
