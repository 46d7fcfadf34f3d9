//! `${aws:username}` and its kin.

use command_line::nearest;

use super::condition_key;
use crate::access::{Comparison, Operator};
use crate::iam::catalogue::global_condition_keys;
use crate::iam::{Policy, Statement};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::text::Text;

pub(crate) static RULE: Rule = Rule {
    id: "IAM027",
    name: "ineffective-policy-variable",
    summary: "a policy variable is misspelled, or stands where there are none",
    rationale: "A variable that IAM does not replace is plain text, or has no value: the statement matches nothing that was \
                meant. Variables are for `Resource` and for conditions on texts and ARNs, in policies of version `2012-10-17`.",
    remedy: "write `${aws:username}`, `${aws:PrincipalTag/team}` or `${key, 'default'}`, in a policy of version `2012-10-17`",
    sources: &["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"],
    severity: Severity::Error,
    good: &[
        r#"{"data": {"aws_iam_policy_document": {"d": {"statement": {"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::b/&{aws:username}/*"]}}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": [\"arn:aws:s3:::b/$${aws:username}/*\", \"arn:aws:s3:::b/$${aws:PrincipalTag/team, 'none'}/$${*}\"], \"Condition\": {\"StringEquals\": {\"s3:ExistingObjectTag/a\": \"$${www.amazon.com:user_id}\"}}}}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:$${aws:username}\", \"Resource\": [\"arn:aws:s3:::b/$${aws:usrname}/*\", \"arn:aws:s3:::b/$${aws:username\", \"arn:aws:s3:::b/$${}/*\", \"arn:aws:s3:::b/$${aws:username, none}/*\", \"arn:aws:s3:::b/$${ aws:username}/*\", \"arn:aws:s3:::b/{aws:username}/*\"], \"Condition\": {\"NumericEquals\": {\"s3:max-keys\": \"$${aws:username}\"}}}}"}}}}"#,
            at: &[
                r#"\"s3:$${aws:username}\""#,
                r#"\"arn:aws:s3:::b/$${aws:usrname}/*\""#,
                r#"\"arn:aws:s3:::b/$${aws:username\""#,
                r#"\"arn:aws:s3:::b/$${}/*\""#,
                r#"\"arn:aws:s3:::b/$${aws:username, none}/*\""#,
                r#"\"arn:aws:s3:::b/$${ aws:username}/*\""#,
                r#"\"arn:aws:s3:::b/{aws:username}/*\""#,
                r#"\"$${aws:username}\""#,
            ],
        },
        Bad {
            document: r#"{"data": {"aws_iam_policy_document": {"d": {"statement": {"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::b/&{aws:usrname}/*"]}}}}}"#,
            at: &[r#""arn:aws:s3:::b/&{aws:usrname}/*""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::b/&{aws:username}/*\"}}"}}}}"#,
            at: &[r#"\"arn:aws:s3:::b/&{aws:username}/*\""#],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2008-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::b/$${aws:username}/*\"}}"}}}}"#,
            at: &[r#"\"arn:aws:s3:::b/$${aws:username}/*\""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, statement) in subject.statements() {
        let mut report = |text: &Text, fault: Option<(String, String)>| {
            if let Some((what, instead)) = fault {
                judgement.report(Finding::new(&RULE, text.span(), &policy.address, what).instead(instead));
            }
        };
        let principals = statement.named_principals().map(|principal| &principal.id);
        for text in statement.named_actions().chain(principals) {
            report(text, misplaced(text));
        }
        for text in statement.named_resources() {
            report(text, wrong(text, policy, statement));
        }
        for condition in statement.condition.known().into_iter().flatten() {
            let compares_texts = Operator::named(&condition.operator)
                .is_none_or(|operator| matches!(operator.comparison, Comparison::Text(_)));
            for text in &condition.values {
                let fault = if compares_texts {
                    wrong(text, policy, statement)
                } else {
                    not_compared(text, &condition.operator)
                };
                report(text, fault);
            }
        }
    }
}

fn misplaced(text: &Text) -> Option<(String, String)> {
    text.as_str().contains("${").then(|| {
        let what = "a policy variable is plain text here".to_owned();
        (what, "write out what it should be: variables are for `Resource` and `Condition`".to_owned())
    })
}

fn not_compared(text: &Text, operator: &str) -> Option<(String, String)> {
    text.as_str().contains("${").then(|| {
        let what = format!("`{operator}` does not replace policy variables");
        (what, "compare it with `String…` or `Arn…`, or write out the value".to_owned())
    })
}

/// The first thing that is wrong with the variables of a text.
fn wrong(text: &Text, policy: &Policy, statement: &Statement) -> Option<(String, String)> {
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("${") {
        if let Some(fault) = without_dollar(before) {
            return Some(fault);
        }
        let Some((variable, behind)) = after.split_once('}') else {
            return Some((
                "a policy variable has no closing brace".to_owned(),
                "write `}` behind it".to_owned(),
            ));
        };
        if is_of_2008(policy) {
            let what = format!("in the language of 2008 `${{{variable}}}` is plain text");
            return Some((what, "write `\"Version\": \"2012-10-17\"`".to_owned()));
        }
        // Such a character is written so where it is meant.
        if !matches!(variable, "*" | "?" | "$")
            && let Some(fault) = misspelled(variable, policy, statement)
        {
            return Some(fault);
        }
        rest = behind;
    }
    without_dollar(rest)
}

/// `{aws:…}`, and the `&{aws:…}` that means something in `aws_iam_policy_document` alone.
fn without_dollar(text: &str) -> Option<(String, String)> {
    let (_, after) = text.split_once("{aws:")?;
    let (name, _) = after.split_once('}')?;
    Some((format!("`{{aws:{name}}}` is plain text"), format!("write `${{aws:{name}}}`")))
}

fn is_of_2008(policy: &Policy) -> bool {
    match &policy.version {
        Known::Absent => true,
        Known::Is(version) => version.literal().is_some_and(|version| version != "2012-10-17"),
        Known::Later(_) => false,
    }
}

fn misspelled(variable: &str, policy: &Policy, statement: &Statement) -> Option<(String, String)> {
    let (name, default) = match variable.split_once(',') {
        Some((name, default)) => (name, Some(default.trim())),
        None => (variable, None),
    };
    if name.trim().is_empty() {
        return Some(("a policy variable has no name".to_owned(), RULE.remedy.to_owned()));
    }
    if name.contains(char::is_whitespace) {
        let instead = format!("write `${{{}}}`", name.split_whitespace().collect::<String>());
        return Some((format!("the name of the policy variable `{name}` has a space"), instead));
    }
    let quoted = |default: &str| default.len() >= 2 && default.starts_with('\'') && default.ends_with('\'');
    if let Some(default) = default.filter(|default| !quoted(default)) {
        let instead = format!("write `${{{name}, '{}'}}`", default.trim_matches(['\'', '"']));
        return Some(("the default of a policy variable is in single quotes".to_owned(), instead));
    }
    // Keys of identity providers begin with their host; those of SAML are the provider's assertions.
    let of_provider = name
        .split_once(':')
        .is_some_and(|(prefix, _)| prefix.contains('.') || prefix.eq_ignore_ascii_case("saml"));
    // AWS IoT Core developer guide, "AWS IoT Core policy variables": these are in policies of devices alone.
    let of_device = policy.carrier == "aws_iot_policy" && name.starts_with("iot:");
    if of_provider || of_device || condition_key(name, statement).is_some() {
        return None;
    }
    let instead = match nearest(name, global_condition_keys().map(|known| known.name)) {
        Some(known) => format!("did you mean `${{{known}}}`?"),
        None => RULE.remedy.to_owned(),
    };
    Some((format!("there is no policy variable `{name}`"), instead))
}
