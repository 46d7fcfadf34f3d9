//! What a policy says twice.

mod statements;

use std::collections::BTreeSet;

use crate::access::{Comparison, Measure, Operator};
use crate::iam::{Condition, Entries, pattern};
use crate::known::Known;
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::text::Text;

pub(crate) static RULE: Rule = Rule {
    id: "IAM029",
    name: "redundant-entry",
    summary: "an action, a resource, a value or a statement is in the policy already",
    rationale: "Nothing changes without it. A reader takes an entry beside a wider one for a limit that it is not, and an author \
                who changes one of two equal statements changes nothing.",
    remedy: "remove it, or the wider entry if the narrower one is meant",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Suggestion,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sns:Publish\", \"Resource\": \"arn:aws:sns:us-east-2:111122223333:news\"}, {\"Effect\": \"Allow\", \"Action\": \"sns:*\", \"Resource\": \"*\"}]}"}}}}"#,
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "${jsonencode({Version = \"2012-10-17\", Statement = [{Effect = \"Deny\", Action = [\"s3:Get*\", \"s3:*Object\", var.a, var.b], Resource = [\"arn:aws:s3:::b\", \"arn:aws:s3:::b/*\", \"arn:aws:s3:::B\", aws_s3_bucket.a.arn, aws_s3_bucket.b.arn]}, {Effect = \"Deny\", Action = \"sqs:*\", Resource = \"*\"}, {Effect = \"Allow\", Action = \"sqs:*\", Resource = \"*\"}]})}"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": [\"s3:Get*\", \"s3:getobject\", \"sqs:SendMessage\", \"sqs:sendmessage\"], \"Resource\": [\"arn:aws:s3:::b*\", \"arn:aws:s3:::b/*\"], \"Condition\": {\"StringEquals\": {\"aws:PrincipalTag/team\": [\"red\", \"red\"]}, \"NumericLessThan\": {\"aws:MultiFactorAuthAge\": [\"2700\", \"3600\"]}}}}"}}}}"#,
            at: &[
                r#"\"s3:getobject\""#,
                r#"\"sqs:sendmessage\""#,
                r#"\"arn:aws:s3:::b/*\""#,
                r#"\"red\""#,
                r#"\"2700\""#,
            ],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"A\", \"Effect\": \"Deny\", \"Action\": [\"sqs:A*\", \"sqs:S*\"], \"Resource\": \"*\"}, {\"Sid\": \"B\", \"Effect\": \"Deny\", \"Action\": [\"sqs:S*\", \"sqs:A*\"], \"Resource\": [\"*\"]}]}"}}}}"#,
            at: &["{"],
        },
        Bad {
            document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\": [\"sqs:SendMessage\", \"sns:Publish\"], \"Resource\": \"*\"}, {\"Effect\": \"Deny\", \"Action\": \"sns:publish\", \"Resource\": \"arn:aws:sns:us-east-2:111122223333:news\"}, {\"Effect\": \"Deny\", \"Action\": \"sns:Publish\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"aws:SecureTransport\": \"false\"}}}]}"}}}}"#,
            at: &["{"],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for policy in &subject.policies {
        let mut report = |text: &Text, what: String| {
            judgement.report(Finding::new(&RULE, text.span(), &policy.address, what));
        };
        for statement in &policy.statements {
            for actions in [&statement.action, &statement.not_action] {
                repeated(actions, action_covers, str::to_ascii_lowercase, &mut report);
            }
            for resources in [&statement.resource, &statement.not_resource] {
                repeated(resources, resource_covers, str::to_owned, &mut report);
            }
            for condition in statement.condition.known().into_iter().flatten() {
                repeated_values(condition, &mut report);
            }
        }
        statements::repeated(&policy.statements, &mut report);
    }
}

/// Reports the entries that another one covers; of two equal ones the later. `same` says which ones are equal.
fn repeated(
    entries: &Known<Entries>,
    covers: impl Fn(&str, &str) -> bool,
    same: impl Fn(&str) -> String,
    report: &mut impl FnMut(&Text, String),
) {
    let Some(entries) = entries.known() else {
        return;
    };
    let known: Vec<(&Text, &str)> =
        entries.texts.iter().filter_map(|text| Some((text, text.literal()?))).collect();
    // Only these cover others: statements may have a thousand actions, and a few patterns.
    let wild: Vec<&str> =
        known.iter().map(|(_, written)| *written).filter(|text| pattern::is_wild(text)).collect();
    let mut seen = BTreeSet::new();
    for (text, written) in known {
        let wider = wild.iter().find(|wider| covers(wider, written) && !covers(written, wider));
        if !seen.insert(same(written)) {
            report(text, format!("`{written}` is in the list already"));
        } else if let Some(wider) = wider {
            report(text, format!("`{written}` is in `{wider}` already"));
        }
    }
}

/// Whether a pattern matches all that another does. A star of the other stands for several characters, which `?` does not
/// match.
fn pattern_covers(wider: &str, narrower: &str) -> bool {
    let many = "\u{2}".repeat(9);
    wider == narrower
        || (pattern::is_wild(wider)
            && pattern::matches(wider, &narrower.replace('*', &many).replace('?', "\u{2}")))
}

/// The same without case.
fn action_covers(wider: &str, narrower: &str) -> bool {
    // Most pairs differ before the first wildcard, which costs nothing to see.
    let literal = wider.split(['*', '?']).next().unwrap_or_default();
    let same_start = narrower.get(..literal.len()).is_some_and(|start| start.eq_ignore_ascii_case(literal));
    same_start && pattern_covers(&wider.to_ascii_lowercase(), &narrower.to_ascii_lowercase())
}

/// The same with case.
fn resource_covers(wider: &str, narrower: &str) -> bool {
    let literal = wider.split(['*', '?']).next().unwrap_or_default();
    narrower.starts_with(literal)
        && wider.split(['*', '?']).all(|part| narrower.contains(part))
        && pattern_covers(wider, narrower)
}

fn repeated_values(condition: &Condition, report: &mut impl FnMut(&Text, String)) {
    let known: Vec<(&Text, &str)> =
        condition.values.iter().filter_map(|text| Some((text, text.literal()?))).collect();
    let mut seen = Vec::new();
    for (text, written) in &known {
        if seen.contains(written) {
            report(text, format!("`{written}` is in the list already"));
        }
        seen.push(written);
    }
    let operator = Operator::named(&condition.operator);
    let Some(Comparison::Measure(kind, _)) = operator.map(|operator| operator.comparison) else {
        return;
    };
    bounds(condition, kind, &known, report);
}

/// Of several bounds in one direction one counts.
fn bounds(
    condition: &Condition,
    kind: Measure,
    known: &[(&Text, &str)],
    report: &mut impl FnMut(&Text, String),
) {
    let operator = condition.operator.to_ascii_lowercase();
    let measured: Vec<(&Text, i128)> =
        known.iter().filter_map(|(text, written)| Some((*text, kind.read(written)?))).collect();
    let extreme = if operator.contains("lessthan") {
        measured.iter().max_by_key(|(_, value)| *value)
    } else if operator.contains("greaterthan") {
        measured.iter().min_by_key(|(_, value)| *value)
    } else {
        None
    };
    let Some((widest, bound)) = extreme else {
        return;
    };
    for (text, _) in measured.iter().filter(|(_, value)| value != bound) {
        report(text, format!("`{}` is within `{}` already", text.as_str(), widest.as_str()));
    }
}
