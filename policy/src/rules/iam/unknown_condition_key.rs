//! Condition keys that do not exist.

use command_line::nearest;

use super::condition_key;
use crate::iam::Statement;
use crate::iam::catalogue::{global_condition_key, global_condition_keys, service};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM016",
    name: "unknown-condition-key",
    summary: "a condition tests a key that AWS does not have",
    rationale: "A key that does not exist is in no request: a condition on it never holds, so that an Allow grants nothing \
                and a Deny protects nothing; negated or with `IfExists` it always holds.",
    remedy: "take global keys from the IAM user guide, those of services from the Service Authorization Reference",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ],
    severity: Severity::Error,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"StringEquals\": {\"S3:Prefix\": \"a\", \"aws:principaltag/team\": \"red\", \"aws:ResourceAccount\": \"111122223333\"}}}}"}}}}"#,
        r#"{"resource": {"aws_iam_role": {"r": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"Federated\": \"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-2.amazonaws.com/id/A1\"}, \"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringEquals\": {\"oidc.eks.us-east-2.amazonaws.com/id/A1:sub\": \"system:serviceaccount:a:b\", \"SAML:aud\": \"https://signin.aws.amazon.com/saml\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"arn:aws:s3:::b\", \"Condition\": {\"StringEquals\": {\"s3:prefixes\": \"a\", \"aws:PrincipalOrg\": \"o-1\", \"SourceAccount\": \"111122223333\", \"s4:prefix\": \"a\"}}}}"}}}}"#,
            at: &[
                r#"\"s3:prefixes\""#,
                r#"\"aws:PrincipalOrg\""#,
                r#"\"SourceAccount\""#,
                r#"\"s4:prefix\""#,
            ],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"ec2:*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:ResourceTag\": \"red\"}, \"ArnLike\": {\"aws:ARN\": \"arn:aws:iam::111122223333:role/r\"}}}}"}}}}"#,
            at: &[r#"\"aws:ResourceTag\""#, r#"\"aws:ARN\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement, condition) in subject.conditions() {
        if let Some((what, instead)) = wrong(&condition.key, statement) {
            judgement.report(Finding::new(&RULE, condition.key_span, &policy.address, what).instead(instead));
        }
    }
}

/// What is wrong with a key, and what to write.
fn wrong(key: &str, statement: &Statement) -> Option<(String, String)> {
    if condition_key(key, statement).is_some() {
        return None;
    }
    let Some((prefix, name)) = key.split_once(':') else {
        let what = format!("`{key}` is no condition key: a key is `service:key`");
        let global = format!("aws:{key}");
        let instead = nearest(&global, global_condition_keys().map(|known| known.name));
        return Some((what, meant(instead)));
    };
    // Keys of identity providers begin with their host, or with a reference to it; those of SAML are the provider's assertions.
    if prefix.contains(['.', '$']) || prefix.eq_ignore_ascii_case("saml") {
        return None;
    }
    if prefix.eq_ignore_ascii_case("aws") {
        return Some(wrong_global(key, name));
    }
    let Some(service) = service(prefix) else {
        return Some((
            format!("there is no service `{prefix}`, and so no condition key `{key}`"),
            meant(None),
        ));
    };
    let without_tag = format!("{key}/tag");
    if service.condition_key(&without_tag).is_some() {
        return Some(lacks_tag(key));
    }
    let known = service.condition_keys.iter().map(|known| known.name);
    Some((format!("`{prefix}` has no condition key `{key}`"), meant(nearest(key, known))))
}

fn wrong_global(key: &str, name: &str) -> (String, String) {
    // Gone for long (Access Analyzer, "Unsupported global condition key").
    if name.eq_ignore_ascii_case("arn") {
        let what = format!("`{key}` is not supported");
        return (
            what,
            "write `aws:PrincipalArn` for who calls, `aws:SourceArn` for what a service calls for".to_owned(),
        );
    }
    if global_condition_key(&format!("{key}/tag")).is_some()
        || (name.ends_with('/') && global_condition_key(&format!("{key}tag")).is_some())
    {
        return lacks_tag(key);
    }
    let instead = nearest(key, global_condition_keys().map(|known| known.name));
    (format!("there is no global condition key `{key}`"), meant(instead))
}

fn lacks_tag(key: &str) -> (String, String) {
    let bare = key.trim_end_matches('/');
    (format!("`{key}` names no tag"), format!("write which tag, such as `{bare}/team`"))
}

fn meant(known: Option<&str>) -> String {
    match known {
        Some(known) => format!("did you mean `{known}`?"),
        None => RULE.remedy.to_owned(),
    }
}
