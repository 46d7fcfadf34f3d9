//! ARNs that name nothing.

use std::sync::LazyLock;

use regex::Regex;

use crate::iam::arn::Arn;
use crate::iam::catalogue::{ResourceType, service, services};
use crate::iam::is_account;
use crate::iam::pattern;
use crate::iam::resource::{may_be, shape};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::source::Span;
use crate::text::{HOLE, Text};

pub(crate) static RULE: Rule = Rule {
    id: "IAM023",
    name: "malformed-arn",
    summary: "a resource is no ARN, or one that no resource has",
    rationale: "AWS refuses a resource that is no ARN. One with a part that its service does not have, or without one that it \
                has, matches nothing: the statement grants or denies nothing.",
    remedy: "write `arn:partition:service:region:account:resource` with the parts that the service's ARNs have",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": [\"*\", \"arn:aws:*\", \"arn:aws:s3:::b/*\", \"arn:aws-cn:sqs:cn-north-1:111122223333:q\", \"arn:aws:iam::aws:policy/ReadOnlyAccess\", \"arn:*:sqs:*:*:q\"]}}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = {Effect = \"Deny\", Action = \"*\", Resource = [var.arn, \"${aws_s3_bucket.b.arn}/*\", \"arn:${var.partition}:sqs:${var.region}:${var.account}:q\", \"arn:aws:sqs:${var.place}:q\"]}})}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:assets/*\"}}"}}}}"#,
            at: &[r#"\"arn:aws:s3:assets/*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": [\"bucket/*\", \"arn:aws:s3:::\", \"arn:aws:s3::b\", \"arn:amazon:s3:::b\", \"arn:aws:S3:::b\", \"arn:aws:queue:us-east-2:111122223333:q\"]}}"}}}}"#,
            at: &[r#"\"bucket/*\""#, r#"\"arn:aws:s3:::\""#, r#"\"arn:aws:s3::b\""#, "amazon", "S3", "queue"],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": [\"arn:aws:sqs:useast2:111122223333:q\", \"arn:aws:sqs:us-east-2:1111-2222-3333:q\", \"arn:aws:sqs:::q\", \"arn:aws:s3:us-east-2:111122223333:b\"]}}"}}}}"#,
            at: &["useast2", "1111-2222-3333", r#"\"arn:aws:sqs:::q\""#, "us-east-2"],
        },
    ],
    check,
};

/// AWS's partitions (AWS General Reference, "Amazon Resource Names"; botocore, `partitions.json`).
const PARTITIONS: &[&str] =
    &["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/// Words that stand where the account does (IAM user guide, "IAM identifiers"; CloudFront developer guide, "Origin access
/// identity"; Service Authorization Reference).
const OWNERS: &[&str] = &["aws", "aws-managed", "aws-marketplace", "amazon", "cloudfront", "offering"];

static REGION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("^[a-z]{2,}(-[a-z]+)+-[0-9]+$").ok());

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements() {
        for text in statement.named_resources() {
            if let Some((span, what, instead)) = wrong(text) {
                judgement.report(Finding::new(&RULE, span, &policy.address, what).instead(instead));
            }
        }
    }
}

type Fault = (Span, String, String);

/// The first thing that is wrong with a resource.
fn wrong(text: &Text) -> Option<Fault> {
    let written = text.as_str();
    // A star is every resource; what is known only later, and a policy variable, may be an ARN.
    if written == "*" || written.starts_with(HOLE) || written.starts_with("${") {
        return None;
    }
    let whole = |what: String, instead: &str| Some((text.span(), what, instead.to_owned()));
    if !written.starts_with("arn:") {
        let known =
            text.literal().map_or_else(|| "this resource".to_owned(), |written| format!("`{written}`"));
        return whole(format!("{known} is no ARN"), "write `*`, or an ARN, such as `arn:aws:s3:::bucket/*`");
    }
    let Some(arn) = Arn::of(text) else {
        // `arn:aws:*` reaches over the other parts, and so may what is known only later.
        let short = text.literal().filter(|written| !reaches_over_parts(written))?;
        let instead = "write all six parts: `arn:partition:service:region:account:resource`; those of a service without regions or \
                       accounts are empty, and their colons stay";
        return whole(format!("`{short}` has fewer than six parts"), instead);
    };
    if arn.resource.is_empty() {
        return whole(
            format!("`{written}` names no resource"),
            "write what it is, or `*` for every resource",
        );
    }
    part(text, &arn).or_else(|| parts_of_service(text, &arn))
}

/// Whether the star at the end of an ARN may stand for parts that it does not have: what stands before it may begin a partition,
/// a service, a region or an account.
fn reaches_over_parts(written: &str) -> bool {
    let last = written.strip_suffix('*').and_then(|rest| rest.rsplit(':').next());
    last.is_some_and(|last| {
        last.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'*' | b'?')
        })
    })
}

/// A part that is wrong by itself.
fn part(text: &Text, arn: &Arn) -> Option<Fault> {
    let fault = |range: &std::ops::Range<usize>, what: String, instead: String| {
        Some((text.span_of(range.clone()), what, instead))
    };
    let known = |range: &std::ops::Range<usize>| {
        let part = text.as_str().get(range.clone())?;
        // A value that is known only later may have colons, which shift the parts behind it.
        (!text.has_hole(0..range.end) && !part.is_empty() && !pattern::is_wild(part) && !part.contains("${"))
            .then_some(part)
    };
    let partition = 4..arn.service.start.saturating_sub(1);
    if let Some(name) = known(&partition)
        && !PARTITIONS.contains(&name)
    {
        return fault(
            &partition,
            format!("there is no partition `{name}`"),
            "write `aws`, `aws-cn` or `aws-us-gov`".into(),
        );
    }
    if let Some(name) = known(&arn.service) {
        let lower = name.to_ascii_lowercase();
        if name != lower {
            return fault(
                &arn.service,
                format!("the service of an ARN is in small letters, not `{name}`"),
                format!("write `{lower}`"),
            );
        }
        if !is_service(name) {
            let instead = "take the form of the ARN from the Service Authorization Reference".to_owned();
            return fault(&arn.service, format!("no ARN has the service `{name}`"), instead);
        }
    }
    if let Some(name) = known(&arn.region)
        && REGION.as_ref().is_some_and(|region| !region.is_match(name))
    {
        return fault(&arn.region, format!("`{name}` is no region"), "write one such as `us-east-2`".into());
    }
    if let Some(name) = known(&arn.account)
        && !OWNERS.contains(&name)
        && !is_account(name)
    {
        return fault(
            &arn.account,
            format!("`{name}` is no account"),
            "write the twelve digits of an account".into(),
        );
    }
    None
}

/// Services have other names in some ARNs than before their actions.
fn is_service(name: &str) -> bool {
    let in_arns =
        || services().flat_map(|service| &service.resource_types).any(|known| service_of(known) == name);
    service(name).is_some() || in_arns()
}

fn service_of(known: &ResourceType) -> &str {
    known.arn.split(':').nth(2).unwrap_or_default()
}

/// A region or account that the service's ARNs do not have, or have.
fn parts_of_service(text: &Text, arn: &Arn) -> Option<Fault> {
    let written = text.as_str();
    let name = written.get(arn.service.clone()).filter(|_| !text.has_hole(0..arn.account.end))?;
    let (region, account) = (written.get(arn.region.clone())?, written.get(arn.account.clone())?);
    let has = |index: usize, known: &ResourceType| {
        known.arn.split(':').nth(index).is_some_and(|part| !part.is_empty())
    };
    let of_service: Vec<&ResourceType> =
        service(name)?.resource_types.iter().filter(|known| service_of(known) == name).collect();
    let some = |index: usize, wanted: bool| of_service.iter().any(|known| has(index, known) == wanted);
    let is_said = |part: &str| !part.is_empty() && part != "*";
    // Most services have ARNs of one kind, and most ARNs their parts: then the forms need not be compared.
    let may_be_wrong = (is_said(region) && some(3, false))
        || (is_said(account) && some(4, false))
        || (region.is_empty() && some(3, true));
    if !may_be_wrong {
        return None;
    }
    let resource = shape(&text.slice(arn.resource.clone()));
    let is_of =
        |known: &&ResourceType| known.arn.splitn(6, ':').nth(5).is_some_and(|form| may_be(&resource, form));
    let types: Vec<&ResourceType> = of_service.into_iter().filter(is_of).collect();
    let all = |index: usize| !types.is_empty() && types.iter().all(|known| has(index, known));
    let none = |index: usize| !types.is_empty() && types.iter().all(|known| !has(index, known));
    let form = types.iter().map(|known| known.arn).min_by_key(|form| form.len()).unwrap_or_default();
    let instead = format!("write it in the form `{form}`");
    if none(3) && is_said(region) {
        let what = format!("ARNs of this kind have no region: `{region}` matches nothing");
        return Some((text.span_of(arn.region.clone()), what, instead));
    }
    if none(4) && is_said(account) {
        let what = format!("ARNs of this kind have no account: `{account}` matches nothing");
        return Some((text.span_of(arn.account.clone()), what, instead));
    }
    // AWS's own resources are in every region, and in no account.
    if all(3) && region.is_empty() {
        return Some((
            text.span(),
            "this ARN has no region, and those of its kind have one".to_owned(),
            instead,
        ));
    }
    None
}
