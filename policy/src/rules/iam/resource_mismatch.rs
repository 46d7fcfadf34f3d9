//! Actions whose statement names no resource that they work on.

use crate::iam::actions::{self, Action, Scope};
use crate::iam::catalogue::Service;
use crate::iam::resource::{may_be, shape};
use crate::iam::{PolicyKind, Statement};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM024",
    name: "resource-mismatch",
    summary: "an action's statement names no resource of a kind that the action works on",
    rationale: "The resource of a request is of the kind that its action works on: `s3:GetObject` is asked for objects, \
                `s3:ListBucket` for buckets. A statement without a resource of that kind neither allows nor denies the action.",
    remedy: "name a resource of the action's kind",
    sources: &[
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\", \"s3:ListBucket\", \"s3:Put*\"], \"Resource\": [\"arn:aws:s3:::b\", \"arn:aws:s3:::b/*\"]}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = [{Effect = \"Allow\", Action = \"s3:GetObject\", Resource = [\"${aws_s3_bucket.b.arn}/*\"]}, {Effect = \"Allow\", Action = [\"s3:GetObject\"], Resource = var.arn}, {Effect = \"Allow\", Action = [\"sqs:SendMessage\"], Resource = module.q.arn}]})}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\", \"sqs:SendMessage\"], \"Resource\": \"arn:aws:s3:::b\"}, {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b/*\"}]}"}}}}"#,
            at: &[r#"\"s3:GetObject\""#, r#"\"sqs:SendMessage\""#, r#"\"s3:ListBucket\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = {Effect = \"Allow\", Action = [\"s3:GetObject\"], Resource = [aws_s3_bucket.b.arn]}})}"}}}}"#,
            at: &[r#"\"s3:GetObject\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements().filter(|(policy, _)| policy.kind != PolicyKind::Trust) {
        let Some(shapes) = shapes(statement) else {
            continue;
        };
        for text in statement.actions() {
            let Some((service, found)) = text.literal().and_then(actions::of_service) else {
                continue; // another rule's, or known only later
            };
            let limitable = found.iter().any(|action| action.scope() == Scope::Resource);
            if limitable && found.iter().all(|action| misses(service, action, &shapes)) {
                let (what, instead) = said(text.as_str(), service, &found);
                judgement.report(Finding::new(&RULE, text.span(), &policy.address, what).instead(instead));
            }
        }
    }
}

/// What the resources of a statement may be; nothing if they are known only later or negated.
fn shapes(statement: &Statement) -> Option<Vec<String>> {
    let Known::Is(entries) = &statement.resource else {
        return None;
    };
    (!entries.texts.is_empty()).then(|| entries.texts.iter().map(shape).collect())
}

/// Whether no resource is of a kind that an action works on. Of actions that only CloudFormation's linter knows, and of kinds
/// without a form, not all is known.
fn misses(service: &Service, action: &Action, shapes: &[String]) -> bool {
    if action.level.is_none() {
        return false;
    }
    // What may be everything is something of every kind.
    if shapes.iter().any(|shape| shape.starts_with('*')) {
        return false;
    }
    let mut forms = action.targets.iter().map(|target| service.resource_type(target.resource_type));
    forms.all(|known| known.is_some_and(|known| !shapes.iter().any(|shape| may_be(shape, known.arn))))
}

fn said(written: &str, service: &Service, found: &[&Action]) -> (String, String) {
    let targets = found.iter().flat_map(|action| &action.targets);
    let mut forms: Vec<&str> =
        targets.filter_map(|target| Some(service.resource_type(target.resource_type)?.arn)).collect();
    forms.sort_by_key(|form| form.len());
    forms.dedup();
    let shown: Vec<String> = forms.iter().take(3).map(|form| format!("`{form}`")).collect();
    let what = format!("no resource of this statement is one that `{written}` works on");
    let on_objects = forms.iter().any(|form| form.ends_with(":s3:::${BucketName}/${ObjectName}"));
    let instead = if on_objects {
        "for the objects of a bucket write its ARN with `/*` behind it: `arn:aws:s3:::bucket/*`".to_owned()
    } else {
        format!("name a resource of the form {}", shown.join(" or "))
    };
    (what, instead)
}
